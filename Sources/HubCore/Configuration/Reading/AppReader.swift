import AdapterKit

/// Reads what stands under `apps:`.
struct AppReader {
    /// The apps that could be read.
    private(set) var apps: [String: AppConfiguration] = [:]
    /// All that are declared: a channel that names one that could not be read is not wrong for that.
    private(set) var names: Set<String> = []

    init(_ place: ConfigurationPlace?) {
        for (name, app) in place?.named() ?? [] {
            names.insert(name)
            apps[name] = Self.read(name, app)
        }
    }

    private static func read(_ name: String, _ place: ConfigurationPlace) -> AppConfiguration? {
        guard let manifest = AdapterReader.manifest(place, kinds: [.channel, .identity]) else { return nil }
        let reader = SettingsReader(manifest.settings)
        let elsewhere = reader.keys([.own]).map { ($0, "belongs to each channel, not to the app that they share") }
        let known = ["adapter"] + reader.keys([.app])
        guard known.count > 1 else {
            place.report("the adapter \(manifest.name) has nothing that an app could share", at: place.origin)
            return nil
        }
        guard let fields = place.fields(known, misplaced: Dictionary(uniqueKeysWithValues: elsewhere)) else {
            return nil
        }
        return AppConfiguration(
            name: name, adapter: manifest.name, settings: reader.read(fields, of: place, scopes: [.app]))
    }
}
