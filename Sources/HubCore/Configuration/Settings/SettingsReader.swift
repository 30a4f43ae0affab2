public import AdapterKit

/// Reads the settings of one adapter after its schema, and says in words what the schema asks for.
public struct SettingsReader: Sendable {
    /// One setting in words, for `comfile adapters show` and the reference.
    public struct Description: Sendable, Equatable {
        /// The key in tenants.yaml.
        public var key: String
        /// Such as "a whole number from 1 to 60".
        public var type: String
        /// Where it stands.
        public var scope: SettingsField.Scope
        public var isRequired: Bool
        /// As it would stand in YAML.
        public var defaultValue: String?
        /// The rule that its text has to follow, such as "must be digits only".
        public var rule: String?
        public var summary: String
    }

    public let schema: SettingsSchema

    public init(_ schema: SettingsSchema) { self.schema = schema }

    /// The settings in the order of the schema.
    public var descriptions: [Description] {
        schema.fields.map { field in
            Description(
                key: field.key, type: Self.typeName(field.kind), scope: field.scope, isRequired: field.required,
                defaultValue: field.defaultValue, rule: field.format?.summary, summary: field.summary)
        }
    }

    /// The kind of a setting in words.
    public static func typeName(_ kind: SettingsField.Kind) -> String {
        switch kind {
        case .text: "a text"
        case .secret: "a secret (${env:NAME} or ${file:PATH})"
        case .secrets(let maximum): "a secret or a list of up to \(maximum) secrets (${env:NAME} or ${file:PATH})"
        case .url: "an http or https address"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .choice(let choices): "one of \(choices.joined(separator: ", "))"
        case .list: "a list of texts"
        }
    }

    /// The keys of the settings in these scopes.
    func keys(_ scopes: Set<SettingsField.Scope>) -> [String] {
        schema.fields.filter { scopes.contains($0.scope) }.map(\.key)
    }

    /// Reads the settings of these scopes, fills in defaults and reports all that is wrong.
    func read(
        _ places: [String: ConfigurationPlace], of owner: ConfigurationPlace, scopes: Set<SettingsField.Scope>
    ) -> AdapterSettings {
        var values: [String: AdapterSettings.Value] = [:]
        for field in schema.fields where scopes.contains(field.scope) {
            if let place = places[field.key] {
                values[field.key] = Self.read(place, as: field)
            } else if let text = field.defaultValue {
                // The catalogue has proved that every default is a value.
                values[field.key] = try? SettingValue.parse(text, as: field)
            } else if field.required {
                owner.missing(field.key, "is missing; \(Self.need(field))")
            }
        }
        return AdapterSettings(values)
    }

    private static func need(_ field: SettingsField) -> String {
        "it takes \(typeName(field.kind))" + (field.format.map { " that \($0.summary)" } ?? "")
    }

    private static func read(_ place: ConfigurationPlace, as field: SettingsField) -> AdapterSettings.Value? {
        switch field.kind {
        case .secret: return secrets([place], as: field)
        case .secrets(let maximum):
            guard case .sequence = place.node.content, let places = place.elements() else {
                return secrets([place], as: field)
            }
            guard (1...maximum).contains(places.count) else {
                place.report("must be a secret or a list of 1 to \(maximum)")
                return nil
            }
            return secrets(places, as: field)
        case .list:
            guard let places = place.elements() else { return nil }
            let texts = places.compactMap { $0.text()?.value }
            guard texts.count == places.count else { return nil }
            guard !texts.isEmpty || !field.required else {
                place.report("must not be empty")
                return nil
            }
            return .list(texts)
        case .integer: return value(place, place.plain(.integer, SettingValue.expectation(field.kind)), as: field)
        case .boolean: return value(place, place.plain(.boolean, SettingValue.expectation(field.kind)), as: field)
        case .text, .url, .choice: return value(place, place.text(), as: field)
        }
    }

    private static func value(
        _ place: ConfigurationPlace, _ text: ResolvedText?, as field: SettingsField
    ) -> AdapterSettings.Value? {
        guard let text else { return nil }
        do throws(SettingValue.Fault) {
            return try SettingValue.parse(text.value, as: field)
        } catch {
            place.report(error.message, suggestion: text.suggestion(among: error.choices))
            return nil
        }
    }

    private static func secrets(_ places: [ConfigurationPlace], as field: SettingsField) -> AdapterSettings.Value? {
        let secrets = places.compactMap { place -> Secret? in
            guard let secret = place.secret() else { return nil }
            if let format = field.format, !format.matches(secret.reveal()) {
                place.report(format.summary)
                return nil
            }
            return secret
        }
        return secrets.count == places.count ? .secret(secrets) : nil
    }
}
