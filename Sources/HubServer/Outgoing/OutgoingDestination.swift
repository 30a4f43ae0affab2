import AdapterKit

/// Where a call goes, read from its URL once, strictly, and written anew: no second reader sees anything else.
struct OutgoingDestination: Sendable, Equatable {
    enum Scheme: String, Sendable {
        case http, https
    }

    let scheme: Scheme
    let host: OutgoingHost
    let port: Int
    /// Path and query, beginning with `/`.
    let target: String

    /// The URL in its normal form, without fragment.
    var url: String { "\(scheme.rawValue)://\(host.urlText):\(port)\(target)" }

    init(_ url: String) throws(HTTPFailure) {
        guard url.utf8.count <= 8192 else { throw .refused(reason: "the URL is longer than 8192 bytes") }
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
            throw .refused(reason: "the URL holds a character that has to be percent-encoded")
        }
        guard let colon = url.firstIndex(of: ":"), let scheme = Scheme(rawValue: url[..<colon].lowercased()),
            url[colon...].hasPrefix("://")
        else {
            throw .refused(reason: "the URL is neither https nor http")
        }
        let rest = url[colon...].dropFirst(3)
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else { throw .refused(reason: "the URL holds a user name or password") }

        let (hostText, portText) = Self.split(authority)
        guard let host = OutgoingHost(hostText) else { throw .refused(reason: "the URL's host is malformed") }
        var port = scheme == .https ? 443 : 80
        if let portText {
            guard portText.utf8.count <= 5, portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(portText), (1...65535).contains(number)
            else { throw .refused(reason: "the URL's port is malformed") }
            port = number
        }
        let target = rest[end...].prefix { $0 != "#" }
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// Host and port of an authority; the port is nil where there is no colon.
    private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
        let afterHost = authority.hasPrefix("[") ? authority.firstIndex(of: "]") : authority.startIndex
        guard let afterHost, let colon = authority[afterHost...].firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }
}
