import AdapterKit

/// Which servers are Meta's, and so may see the access token.
struct MetaHosts: Sendable {
    /// Where Meta keeps media.
    static let mediaHost = "lookaside.fbsbx.com"

    private let graph: WebAddress?
    private let media: Set<String>

    /// - Parameter media: Host names beside Meta's own, of the `media_hosts` setting.
    init(graph address: String, media: [String] = []) {
        graph = WebAddress(address)
        self.media = Set([Self.mediaHost] + media.map { $0.lowercased() })
    }

    /// Whether the token may go there: the Graph API's own server, or one for media, and that only under TLS.
    func contain(_ address: WebAddress) -> Bool {
        if let graph, address.hasSameOrigin(as: graph) { return true }
        return address.scheme == .https && address.port == nil && media.contains(address.host)
    }
}
