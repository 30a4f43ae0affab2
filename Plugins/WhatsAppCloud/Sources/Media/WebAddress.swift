/// An absolute http or https address.
///
/// It is strict, because it decides who gets the access token: no user, no backslash, no space, and a host of plain
/// characters only.
struct WebAddress: Equatable {
    enum Scheme: String {
        case http, https
    }

    let scheme: Scheme
    /// In lower case; one of IPv6 with its brackets.
    let host: String
    /// Nil when it is the scheme's own.
    let port: Int?
    /// From the path's slash on, without a fragment.
    let rest: String

    init?(_ text: String) {
        guard text.utf8.count <= 8192, !text.unicodeScalars.contains(where: Self.isForbidden),
            let colon = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased())
        else { return nil }
        let authority = text[colon.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let (host, port) = Self.hostAndPort(authority.lowercased()) else { return nil }
        let rest = text[authority.endIndex...].prefix { $0 != "#" }
        self.scheme = scheme
        self.host = host
        self.port = port == (scheme == .https ? 443 : 80) ? nil : port
        self.rest = rest.hasPrefix("/") ? String(rest) : "/" + rest
    }

    var text: String { "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(rest)" }

    /// Whether both are one server.
    func hasSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// Where a `Location` leads from here (RFC 9110, 10.2.2): an address, or a path of this server.
    func following(_ location: String) -> WebAddress? {
        if location.hasPrefix("//") { return WebAddress("\(scheme.rawValue):\(location)") }
        if location.hasPrefix("/") {
            return WebAddress("\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(location)")
        }
        return WebAddress(location)
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0x7F || scalar == "\\" || scalar.properties.isWhitespace
    }

    private static func hostAndPort(_ authority: String) -> (String, Int?)? {
        var host = authority[...]
        var port: Int?
        let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[bracket...].firstIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
                (1...65_535).contains(number)
            else { return nil }
            host = authority[..<colon]
            port = number
        }
        let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
        let name = isLiteral ? host.dropFirst().dropLast() : host
        guard (1...253).contains(name.utf8.count), name.utf8.allSatisfy({ isHostByte($0, isLiteral: isLiteral) }) else {
            return nil
        }
        return (String(host), port)
    }

    private static func isHostByte(_ byte: UInt8, isLiteral: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): !isLiteral
        case UInt8(ascii: ":"): isLiteral
        // Names of other scripts: a browser and Meta write them in Punycode.
        default: byte >= 0x80 && !isLiteral
        }
    }
}
