import AdapterKit

/// Reads the API keys of one tenant.
enum APIKeyReader {
    static func read(_ name: String, _ place: ConfigurationPlace) -> APIKeyConfiguration? {
        guard let fields = place.fields(["key", "scopes"]) else { return nil }
        var key: Secret?
        if let keyPlace = fields["key"] {
            key = keyPlace.secret()
            if let key { check(key, at: keyPlace) }
        } else {
            place.missing("key")
        }
        var scopes: Set<APIScope>?
        if let scopesPlace = fields["scopes"] {
            scopes = self.scopes(scopesPlace)
        } else {
            place.missing("scopes", "is missing; it lists what the key may do")
        }
        guard let key, let scopes else { return nil }
        return APIKeyConfiguration(name: name, key: key, scopes: scopes)
    }

    private static func check(_ key: Secret, at place: ConfigurationPlace) {
        let value = key.reveal()
        guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            place.report("an API key has only visible ASCII characters, and no space")
            return
        }
        guard value.utf8.count >= APIKeyConfiguration.minimumLength else {
            place.report("an API key has at least \(APIKeyConfiguration.minimumLength) characters")
            return
        }
        if let owner = place.context.apiKeys[value] {
            place.report("another API key has the same value: \(owner.whereabouts)")
        } else {
            place.context.apiKeys[value] = place
        }
    }

    private static func scopes(_ place: ConfigurationPlace) -> Set<APIScope>? {
        guard let places = place.elements() else { return nil }
        guard !places.isEmpty else {
            place.report("must name at least one scope")
            return nil
        }
        let scopes = places.compactMap { place -> APIScope? in
            guard let text = place.text() else { return nil }
            guard let scope = APIScope(rawValue: text.value) else {
                let all = APIScope.allCases.map(\.rawValue)
                let suggestion = text.suggestion(among: all)
                let hint = suggestion == nil ? "; there are \(all.joined(separator: ", "))" : ""
                place.report("unknown scope \(text.shown)\(hint)", suggestion: suggestion)
                return nil
            }
            return scope
        }
        return Set(scopes)
    }
}
