import AdapterKit

/// Reads what stands under `tenants:`, in the main file or in an included one.
struct TenantReader {
    private static let keys = ["name", "api_keys", "channels", "systems", "routes", "sign_in"]

    let apps: AppReader

    func read(_ place: ConfigurationPlace) -> [TenantConfiguration] {
        place.named().compactMap { id, place in
            if let first = place.context.tenants[id] {
                place.report(
                    "there are two tenants of this id, the first in \(first.file.shown):\(first.origin.line)",
                    at: place.origin)
                return nil
            }
            place.context.tenants[id] = place
            return tenant(id, place)
        }
    }

    private func tenant(_ id: String, _ place: ConfigurationPlace) -> TenantConfiguration? {
        guard let fields = place.fields(Self.keys) else { return nil }
        let channels = fields["channels"]?.named() ?? []
        let systems = fields["systems"]?.named() ?? []
        let channelReader = ChannelReader(tenant: id, apps: apps)
        let routeReader = RouteReader(channels: Set(channels.map(\.name)), systems: Set(systems.map(\.name)))
        let connectionReader = ConnectionReader(apps: apps)
        return TenantConfiguration(
            id: id,
            name: fields["name"].flatMap(name) ?? id,
            apiKeys: fields["api_keys"]?.named().compactMap(APIKeyReader.read) ?? [],
            channels: channels.compactMap(channelReader.read),
            systems: systems.compactMap(system),
            routes: fields["routes"]?.elements()?.compactMap(routeReader.read) ?? [],
            connections: fields["sign_in"]?.named().compactMap(connectionReader.read) ?? [])
    }

    private func name(_ place: ConfigurationPlace) -> String? {
        guard let name = place.text()?.value else { return nil }
        guard name.count <= 200, !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            place.report("must have at most 200 characters, all in one line")
            return nil
        }
        return name
    }

    private func system(_ name: String, _ place: ConfigurationPlace) -> SystemConfiguration? {
        guard let manifest = AdapterReader.manifest(place, kinds: [.system]) else { return nil }
        guard let settings = settings(manifest, place) else { return nil }
        if manifest.capabilities.contains(.connection) { place.context.needsOrigin(place) }
        return SystemConfiguration(name: name, adapter: manifest.name, settings: settings)
    }

    private func settings(_ manifest: AdapterManifest, _ place: ConfigurationPlace) -> AdapterSettings? {
        let reader = SettingsReader(manifest.settings)
        guard let fields = place.fields(["adapter"] + reader.keys([.own, .app])) else { return nil }
        return reader.read(fields, of: place, scopes: [.own, .app])
    }
}
