/// Where webhooks come in.
public enum WebhookEndpoint: Sendable, Hashable, CustomStringConvertible {
    /// A provider app that tenants share.
    case app(String)
    /// A channel with secrets of its own.
    case channel(tenant: String, channel: String)

    /// The path below `/webhooks/`, which the quarantine remembers.
    public var description: String {
        switch self {
        case .app(let name): "apps/\(name)"
        case .channel(let tenant, let channel): "\(tenant)/\(channel)"
        }
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        self = parts[0] == "apps" ? .app(parts[1]) : .channel(tenant: parts[0], channel: parts[1])
    }
}

/// One tenant's channel, as a webhook is attributed to it.
struct ChannelPlace: Sendable, Hashable {
    var tenant: String
    var channel: String
}
