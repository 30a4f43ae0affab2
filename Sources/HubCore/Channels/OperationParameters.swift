import AdapterKit

/// Reads the parameters of a channel operation as its schema says.
enum OperationParameters {
    static func read(_ json: JSON, _ schema: SettingsSchema) throws(RequestProblems) -> AdapterSettings {
        let (values, problems) = ObjectReader.read(json) { reader in
            var values: [String: AdapterSettings.Value] = [:]
            for field in schema.fields {
                if let value = reader.json(field.key) {
                    values[field.key] = self.value(value, field, reader)
                } else if let text = field.defaultValue {
                    values[field.key] = self.defaultValue(text, field.kind)
                } else if field.required {
                    reader.report(field.key, "missing", "is required: \(field.summary)")
                }
            }
            return values
        }
        guard problems.isEmpty else { throw RequestProblems(problems: problems) }
        return AdapterSettings(values)
    }

    private static func defaultValue(_ text: String, _ kind: SettingsField.Kind) -> AdapterSettings.Value {
        switch kind {
        case .integer: Int(text).map { .integer($0) } ?? .text(text)
        case .boolean: .boolean(text == "true")
        default: .text(text)
        }
    }

    private static func value(
        _ json: JSON, _ field: SettingsField, _ reader: ObjectReader
    ) -> AdapterSettings.Value? {
        func wrong(_ expected: String) -> AdapterSettings.Value? {
            reader.report(field.key, "wrong_value", expected)
            return nil
        }
        switch field.kind {
        case .text, .url:
            guard let text = json.string else { return wrong("must be a string") }
            if let format = field.format, !format.matches(text) { return wrong(format.summary) }
            if case .url = field.kind, !text.hasPrefix("https://"), !text.hasPrefix("http://") {
                return wrong("must be an http or https address")
            }
            return .text(text)
        case .secret, .secrets:
            guard let text = json.string, !text.isEmpty else { return wrong("must be a string that is not empty") }
            if let format = field.format, !format.matches(text) { return wrong(format.summary) }
            return .secret([Secret(text)])
        case .integer(let range):
            guard let integer = json.integer, range.contains(Int(integer)) else {
                return wrong("must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return .integer(Int(integer))
        case .boolean:
            guard let bool = json.bool else { return wrong("must be true or false") }
            return .boolean(bool)
        case .choice(let words):
            guard let text = json.string, words.contains(text) else {
                return wrong("must be one of \(words.joined(separator: ", "))")
            }
            return .text(text)
        case .list:
            guard case .array(let elements) = json, elements.allSatisfy({ $0.string != nil }) else {
                return wrong("must be a list of strings")
            }
            return .list(elements.compactMap(\.string))
        }
    }
}
