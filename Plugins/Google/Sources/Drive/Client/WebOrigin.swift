/// The server of an absolute address: scheme, host and port.
///
/// It is strict, because it decides who gets the access token: no user, no backslash, no white space.
struct WebOrigin: Equatable {
    private let scheme: String
    private let host: String
    private let port: Int

    init?(_ address: String) {
        guard address.utf8.count <= 8192,
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            let mark = address.firstRange(of: "://")
        else { return nil }
        let scheme = address[..<mark.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let authority = address[mark.upperBound...].prefix { !"/?#".contains($0) }.lowercased()
        guard !authority.contains("@") else { return nil }
        // An address of IPv6 has colons of its own, within brackets.
        let end = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[end...].firstIndex(of: ":") {
            let digits = authority[authority.index(after: colon)...]
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let port = Int(digits)
            else { return nil }
            host = String(authority[..<colon])
            self.port = port
        } else {
            host = authority
            port = scheme == "https" ? 443 : 80
        }
        guard !host.isEmpty else { return nil }
        self.scheme = scheme
    }
}
