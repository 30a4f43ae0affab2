import AdapterKit

/// One call to Drive, without the token.
struct DriveRequest {
    /// Which of Drive's two addresses a path is below.
    enum Base {
        case drive, upload
        /// The address of an upload session, which is whole.
        case session(String)
    }

    var method = "GET"
    var base = Base.drive
    var path = ""
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var timeout: Duration = .seconds(30)
    var maximumAnswerBytes = 256 * 1024

    /// With a JSON body.
    static func json(
        _ method: String, _ path: String, _ body: JSON, base: Base = .drive, query: [(name: String, value: String)] = []
    ) -> DriveRequest {
        DriveRequest(
            method: method, base: base, path: path, query: query,
            headers: [("content-type", "application/json; charset=UTF-8")], body: body.encoded)
    }

    /// `?name=value&...`, or nothing.
    var queryText: String {
        guard !query.isEmpty else { return "" }
        return "?" + query.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined(separator: "&")
    }

    /// Everything but what RFC 3986, 2.3 leaves as it is.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
