import AdapterKit
import HubStore

/// Reads a tenant's connections to identity providers: what stands under `sign_in:`.
struct ConnectionReader {
    /// Parts of addresses below the tenant's sign-in that are the hub's own.
    private static let taken: Set<String> = ["deletions", "invitations"]

    let apps: AppReader

    func read(_ name: String, _ place: ConfigurationPlace) -> ConnectionConfiguration? {
        if Self.taken.contains(name) {
            place.report(
                "a connection cannot have this name, which stands in addresses of the hub's own", at: place.origin)
        }
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
