import AdapterKit

/// Reads the channels of one tenant.
struct ChannelReader {
    let tenant: String
    let apps: AppReader

    func read(_ name: String, _ place: ConfigurationPlace) -> ChannelConfiguration? {
        guard let manifest = AdapterReader.manifest(place, kinds: [.channel]) else { return nil }
        let reader = SettingsReader(manifest.settings)
        let shares = place.entries()?.contains { $0.key.text == "app" } ?? false
        let shared = shares ? reader.keys([.app]) : []
        let known = ["adapter", "app"] + reader.keys(shares ? [.own] : [.own, .app])
        let misplaced = Dictionary(uniqueKeysWithValues: shared.map { ($0, "stands with the app of this channel") })
        guard let fields = place.fields(known, misplaced: misplaced) else { return nil }

        let app = fields["app"].flatMap { self.app($0, adapter: manifest.name) }
        var settings = reader.read(fields, of: place, scopes: shares ? [.own] : [.own, .app])
        if let app { settings = settings.merging(app.settings) }
        let accounts = claimAccounts(manifest, settings, fields: fields, channel: place)
        return ChannelConfiguration(
            name: name, adapter: manifest.name, app: app?.name, settings: settings, accounts: accounts)
    }

    private func app(_ place: ConfigurationPlace, adapter: String) -> AppConfiguration? {
        guard let name = place.text() else { return nil }
        guard apps.names.contains(name.value) else {
            place.report("unknown app \(name.shown)", suggestion: name.suggestion(among: apps.names))
            return nil
        }
        guard let app = apps.apps[name.value] else { return nil }
        guard app.adapter == adapter else {
            place.report("the app \(app.name) is one of the adapter \(app.adapter), the channel is not")
            return nil
        }
        return app
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
