import ArgumentParser

/// `HOST:PORT` on the command line.
struct AddressOption: CustomStringConvertible {
    var host: String
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init(_ text: String) throws {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port), colon > text.startIndex
        else { throw ValidationError("an address is HOST:PORT, such as 127.0.0.1:8090") }
        self.init(host: String(text[..<colon]), port: port)
    }

    var description: String { "\(host):\(port)" }
}
