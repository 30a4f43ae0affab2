import AdapterKit

/// Checks a settings schema.
struct SettingsConformance {
    private static let secretWords = ["secret", "token", "password", "private_key", "api_key"]

    private let schema: SettingsSchema

    init(_ schema: SettingsSchema) { self.schema = schema }

    func check(into report: inout ConformanceReport) {
        for field in schema.fields {
            let key = field.key
            report.expect(Words.isName(key, separator: "_"), .settingsKeys, "'\(key)' is no snake_case word")
            report.expect(schema.fields.count { $0.key == key } == 1, .settingsKeys, "'\(key)' is declared twice")
            report.expect(!field.summary.isEmpty, .settingsKeys, "'\(key)' has no summary")
            let soundsSecret = Self.secretWords.contains { key == $0 || key.hasSuffix("_\($0)") }
            report.expect(!soundsSecret || Self.isSecret(field.kind), .settingsSecrets, "'\(key)' is no secret")
            guard let text = field.defaultValue else { continue }
            guard !Self.isSecret(field.kind) else {
                report.add(.settingsSecrets, "'\(key)' has a default")
                continue
            }
            report.expect(Self.accepts(text, field), .settingsDefaults, "'\(key)' refuses its own default")
            report.expect(!field.required, .settingsDefaults, "'\(key)' is required and has a default")
        }
    }

    static func isSecret(_ kind: SettingsField.Kind) -> Bool {
        switch kind {
        case .secret, .secrets: true
        default: false
        }
    }

    private static func accepts(_ text: String, _ field: SettingsField) -> Bool {
        switch field.kind {
        case .text: field.format?.matches(text) ?? true
        case .url: text.hasPrefix("https://") || text.hasPrefix("http://")
        case .integer(let range): Int(text).map(range.contains) ?? false
        case .boolean: text == "true" || text == "false"
        case .choice(let choices): choices.contains(text)
        case .list: true
        case .secret, .secrets: false
        }
    }
}
