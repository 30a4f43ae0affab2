import AdapterKit

/// Knows which channel each account of a provider belongs to.
///
/// An account is looked up within the endpoint that its webhook was verified for: a signature of one tenant's app can
/// never place a message with another tenant.
struct Attribution: Sendable {
    private var channels: [WebhookEndpoint: [ProviderAccount: ChannelPlace]] = [:]
    /// Parent accounts of more than one tenant: whose they are cannot be told.
    private var ambiguous: [WebhookEndpoint: Set<ProviderAccount>] = [:]

    init(_ tenants: [TenantConfiguration]) {
        for tenant in tenants {
            for channel in tenant.channels { add(channel, of: tenant.id) }
        }
    }

    func place(_ account: ProviderAccount, at endpoint: WebhookEndpoint) -> ChannelPlace? {
        channels[endpoint]?[account]
    }

    private mutating func add(_ channel: ChannelConfiguration, of tenant: String) {
        let endpoint =
            channel.app.map { WebhookEndpoint.app($0) } ?? .channel(tenant: tenant, channel: channel.name)
        let place = ChannelPlace(tenant: tenant, channel: channel.name)
        guard let accounts = channel.accounts else { return }
        channels[endpoint, default: [:]][.channel(accounts.channel)] = place
        guard let parent = accounts.parent.map({ ProviderAccount.parent($0) }),
            ambiguous[endpoint]?.contains(parent) != true
        else { return }
        switch channels[endpoint]?[parent] {
        case nil: channels[endpoint, default: [:]][parent] = place
        case .some(let other) where other.tenant != tenant:
            channels[endpoint]?[parent] = nil
            ambiguous[endpoint, default: []].insert(parent)
        // The tenant's first channel speaks for the account.
        case .some: break
        }
    }
}
