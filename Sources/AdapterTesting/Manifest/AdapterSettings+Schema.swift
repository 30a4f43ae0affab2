import AdapterKit

extension AdapterSettings {
    /// These settings with the schema's defaults, as the host fills them in.
    func completed(by schema: SettingsSchema) -> AdapterSettings {
        var defaults: [String: Value] = [:]
        for field in schema.fields {
            guard let text = field.defaultValue else { continue }
            switch field.kind {
            case .text, .url, .choice: defaults[field.key] = .text(text)
            case .integer: defaults[field.key] = Int(text).map(Value.integer)
            case .boolean: defaults[field.key] = .boolean(text == "true")
            case .list, .secret, .secrets: break
            }
        }
        return merging(AdapterSettings(defaults))
    }

    /// What a shared app gets: the settings of its scope alone.
    func ofApp(in schema: SettingsSchema) -> AdapterSettings {
        var values: [String: Value] = [:]
        for field in schema.fields where field.scope == .app { values[field.key] = self[field.key] }
        return AdapterSettings(values)
    }

    /// The texts of all secrets.
    func secretTexts(in schema: SettingsSchema) -> [String] {
        schema.fields.flatMap { secrets($0.key) }.map { $0.reveal() }
    }
}
