import AdapterKit

/// Values that the schema of an operation takes.
struct SampleParameters {
    private let schema: SettingsSchema

    init(_ schema: SettingsSchema) { self.schema = schema }

    var all: AdapterSettings { settings { _ in true } }
    var required: AdapterSettings { settings { $0.required || $0.defaultValue != nil } }

    /// The texts of the secrets among them.
    var secrets: [String] { all.secretTexts(in: schema) }

    private func settings(_ isIncluded: (SettingsField) -> Bool) -> AdapterSettings {
        var values: [String: AdapterSettings.Value] = [:]
        for field in schema.fields where isIncluded(field) { values[field.key] = Self.value(field) }
        return AdapterSettings(values)
    }

    private static func value(_ field: SettingsField) -> AdapterSettings.Value {
        switch field.kind {
        case .text: .text(text(field))
        case .secret, .secrets: .secret([Secret(text(field))])
        case .url: .text("https://hub.example/hook")
        case .integer(let range): .integer(range.lowerBound)
        case .boolean: .boolean(true)
        case .choice(let words): .text(words.first ?? "")
        case .list: .list(["https://shop.example"])
        }
    }

    /// Eight characters where the format takes them, in its own order backwards: long enough not to be found by chance, and
    /// digits from 9 down are no id of a sample.
    private static func text(_ field: SettingsField) -> String {
        guard let format = field.format else { return "conformance-\(field.key)" }
        let characters = Array(format.characters.reversed())
        guard !characters.isEmpty else { return "" }
        let count = min(max(8, format.length.lowerBound), format.length.upperBound)
        return String((0..<count).map { characters[$0 % characters.count] })
    }
}
