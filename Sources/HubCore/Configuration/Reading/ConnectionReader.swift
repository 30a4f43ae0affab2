import AdapterKit
import HubStore

/// Reads a tenant's connections to identity providers: what stands under `sign_in:`.
struct ConnectionReader {
    let apps: AppReader

    func read(_ name: String, _ place: ConfigurationPlace) -> ConnectionConfiguration? {
        guard let manifest = AdapterReader.manifest(place, kinds: [.identity]) else { return nil }
        let reader = SharedSettings(apps: apps, owner: "connection", hostKeys: ["join"])
        guard let read = reader.read(manifest, place) else { return nil }
        place.context.needsOrigin(place)
        return ConnectionConfiguration(
            name: name, adapter: manifest.name, app: read.app, settings: read.settings,
            join: read.fields["join"].flatMap(role))
    }

    private func role(_ place: ConfigurationPlace) -> PersonRole? {
        guard let text = place.text() else { return nil }
        // Nobody becomes an owner by coming first.
        let roles = PersonRole.allCases.filter { $0 < .owner }
        guard let role = roles.first(where: { $0.rawValue == text.value }) else {
            let names = roles.map(\.rawValue)
            place.report("must be \(names.joined(separator: ", "))", suggestion: text.suggestion(among: names))
            return nil
        }
        return role
    }
}
