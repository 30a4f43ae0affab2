/// The address by which browsers reach the hub: from the configuration alone, whatever a request says of itself.
public struct PublicOrigin: Sendable, Equatable {
    /// Without a slash at its end.
    public let url: String
    /// Whether cookies can be kept to https. False only for http on this machine, for trying out.
    public let isSecure: Bool

    /// Nil where browsers could not be served safely: http anywhere but on this machine, or no known address.
    public init?(publicURL: String?, listen: ListenAddress) {
        if let publicURL {
            isSecure = publicURL.lowercased().hasPrefix("https://")
            guard isSecure || Self.isLoopback(Self.host(of: publicURL)) else { return nil }
            url = publicURL
        } else {
            guard Self.isLoopback(listen.host), listen.port != 0 else { return nil }
            url = "http://\(listen)"
            isSecure = false
        }
    }

    private static func host(of url: String) -> Substring {
        let rest = url.dropFirst("http://".count)
        if rest.hasPrefix("[") { return rest.dropFirst().prefix { $0 != "]" } }
        return rest.prefix { !":/".contains($0) }
    }

    private static func isLoopback(_ host: some StringProtocol) -> Bool {
        host == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && host.allSatisfy { $0 == "." || ("0"..."9").contains($0) })
    }
}
