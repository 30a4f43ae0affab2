import AdapterKit

/// Reads the channels of one tenant.
struct ChannelReader {
    let tenant: String
    let apps: AppReader

    func read(_ name: String, _ place: ConfigurationPlace) -> ChannelConfiguration? {
        guard let manifest = AdapterReader.manifest(place, kinds: [.channel]) else { return nil }
        guard let shared = SharedSettings(apps: apps, owner: "channel").read(manifest, place) else { return nil }
        let (app, settings, fields) = (shared.app, shared.settings, shared.fields)
        let accounts = claimAccounts(manifest, settings, fields: fields, channel: place)
        return ChannelConfiguration(
            name: name, adapter: manifest.name, app: app, settings: settings, accounts: accounts)
    }

    // MARK: Accounts

    /// An account's webhooks go to the one channel, or the one tenant, that has it.
    private func claimAccounts(
        _ manifest: AdapterManifest, _ settings: AdapterSettings, fields: [String: ConfigurationPlace],
        channel: ConfigurationPlace
    ) -> ChannelAccounts? {
        guard let accounts = manifest.accounts else { return nil }
        if let key = accounts.parent, let parent = settings.text(key),
            let owner = claim(manifest.name, key, parent, for: channel), owner.tenant != tenant
        {
            (fields[key] ?? channel).report("this account belongs to another tenant: \(owner.channel.whereabouts)")
        }
        guard let account = settings.text(accounts.channel) else { return nil }
        if let owner = claim(manifest.name, accounts.channel, account, for: channel) {
            (fields[accounts.channel] ?? channel)
                .report("another channel has this account: \(owner.channel.whereabouts)")
        }
        return ChannelAccounts(channel: account, parent: accounts.parent.flatMap(settings.text))
    }

    /// Takes the account, or tells who has it.
    private func claim(
        _ adapter: String, _ setting: String, _ account: String, for channel: ConfigurationPlace
    ) -> ReadingContext.AccountOwner? {
        let claim = ReadingContext.AccountClaim(adapter: adapter, setting: setting, account: account)
        if let owner = channel.context.accounts[claim] { return owner }
        channel.context.accounts[claim] = ReadingContext.AccountOwner(tenant: tenant, channel: channel)
        return nil
    }
}
