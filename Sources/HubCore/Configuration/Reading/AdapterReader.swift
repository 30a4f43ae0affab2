import AdapterKit

/// Finds the adapter that an app, a channel, a system or a connection names.
enum AdapterReader {
    /// The manifest of the adapter under `adapter:`; nil and a report when there is none of one of these kinds.
    static func manifest(_ owner: ConfigurationPlace, kinds: [AdapterManifest.Kind]) -> AdapterManifest? {
        // Without its adapter nothing is known of the other keys, so only this one is looked at.
        guard let entries = owner.entries() else { return nil }
        guard let place = entries.first(where: { $0.key.text == "adapter" })?.place else {
            let slip = entries.first { Suggestion.nearest(to: $0.key.text, among: ["adapter"]) != nil }
            if let slip {
                slip.place.report("unknown key", at: slip.place.origin, suggestion: "adapter")
            } else {
                owner.missing("adapter")
            }
            return nil
        }
        guard let name = place.text() else { return nil }
        let catalogue = owner.context.catalogue
        guard let manifest = catalogue[name.value]?.manifest else {
            let suggestion = name.suggestion(among: kinds.flatMap(catalogue.names(of:)))
            place.report("unknown adapter \(name.shown)", suggestion: suggestion)
            return nil
        }
        guard kinds.contains(manifest.kind) else {
            let wanted = kinds.map(word).joined(separator: " or ")
            place.report("the adapter \(manifest.name) is for \(word(manifest.kind)), not for \(wanted)")
            return nil
        }
        return manifest
    }

    private static func word(_ kind: AdapterManifest.Kind) -> String {
        switch kind {
        case .channel: "a channel"
        case .system: "a business system"
        case .identity: "sign-in"
        }
    }
}
