import AdapterKit

/// Reads the settings of what may share a provider app: a channel or a connection.
struct SharedSettings {
    let apps: AppReader
    /// What it is, for errors.
    let owner: String
    /// Keys of the host beside `adapter` and `app`.
    var hostKeys: [String] = []

    func read(
        _ manifest: AdapterManifest, _ place: ConfigurationPlace
    ) -> (app: String?, settings: AdapterSettings, fields: [String: ConfigurationPlace])? {
        let reader = SettingsReader(manifest.settings)
        let shares = place.entries()?.contains { $0.key.text == "app" } ?? false
        let shared = shares ? reader.keys([.app]) : []
        let known = ["adapter", "app"] + hostKeys + reader.keys(shares ? [.own] : [.own, .app])
        let misplaced = Dictionary(uniqueKeysWithValues: shared.map { ($0, "stands with the app of this \(owner)") })
        guard let fields = place.fields(known, misplaced: misplaced) else { return nil }
        let app = fields["app"].flatMap { self.app($0, adapter: manifest.name) }
        var settings = reader.read(fields, of: place, scopes: shares ? [.own] : [.own, .app])
        if let app { settings = settings.merging(app.settings) }
        return (app?.name, settings, fields)
    }

    private func app(_ place: ConfigurationPlace, adapter: String) -> AppConfiguration? {
        guard let name = place.text() else { return nil }
        guard apps.names.contains(name.value) else {
            place.report("unknown app \(name.shown)", suggestion: name.suggestion(among: apps.names))
            return nil
        }
        guard let app = apps.apps[name.value] else { return nil }
        guard app.adapter == adapter else {
            place.report("the app \(app.name) is one of the adapter \(app.adapter), the \(owner) is not")
            return nil
        }
        return app
    }
}
