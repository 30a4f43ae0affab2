/// Checks an absolute http or https address (RFC 3986), without a user or a fragment.
enum WebAddress {
    /// What is wrong with the address, in words that do not hold it; nil when it is right.
    static func fault(_ text: String, allowsQuery: Bool = true) -> String? {
        guard text.utf8.count <= 2048 else { return "is longer than 2048 characters" }
        guard text.utf8.allSatisfy(isAllowed) else {
            return "holds a character that has to be percent-encoded in an address"
        }
        guard let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            return "must be an address that begins with http:// or https://"
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { !"/?#".contains($0) }
        if authority.contains("@") { return "must not hold a user or password" }
        if rest.contains("#") { return "must not have a fragment (#...)" }
        if !allowsQuery, rest.contains("?") { return "must not have a query (?...)" }
        return authorityFault(authority)
    }

    private static func authorityFault(_ authority: Substring) -> String? {
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return "has no valid host name" }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            guard host.contains(":"), rest.isEmpty || rest.hasPrefix(":") else { return "has no valid host name" }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard HostName.isValid(host) else { return "has no valid host name" }
        if let port {
            guard port.utf8.count <= 5, port.allSatisfy({ $0.isASCII && $0.isNumber }),
                let number = Int(port), (1...65_535).contains(number)
            else { return "has a port that is not a number from 1 to 65535" }
        }
        return nil
    }

    /// Visible ASCII without what RFC 3986 leaves out.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && !"\"<>\\^`{|}".utf8.contains(byte)
    }
}
