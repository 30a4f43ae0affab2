import AdapterKit

/// Reads the text of one setting after its schema.
enum SettingValue {
    /// Why a text is no value of a setting, in words that do not hold it.
    struct Fault: Error, Equatable {
        var message: String
        /// The values that it could have been.
        var choices: [String] = []
    }

    static func parse(_ text: String, as field: SettingsField) throws(Fault) -> AdapterSettings.Value {
        if let format = field.format, !format.matches(text) { throw Fault(message: format.summary) }
        switch field.kind {
        case .text: return .text(text)
        case .secret, .secrets: return .secret([Secret(text)])
        case .url:
            if let fault = WebAddress.fault(text) { throw Fault(message: fault) }
            return .text(text)
        case .integer(let range):
            guard let number = Int(text) else { throw Fault(message: expectation(field.kind)) }
            guard range.contains(number) else { throw Fault(message: expectation(field.kind)) }
            return .integer(number)
        case .boolean:
            guard let value = Bool(text) else { throw Fault(message: expectation(field.kind)) }
            return .boolean(value)
        case .choice(let choices):
            guard choices.contains(text) else { throw Fault(message: expectation(field.kind), choices: choices) }
            return .text(text)
        case .list: return .list(text.isEmpty ? [] : text.split(separator: ",").map(trimmed))
        }
    }

    /// What a value of this kind has to be: "must be ...".
    static func expectation(_ kind: SettingsField.Kind) -> String {
        switch kind {
        case .integer(let range): "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "must be true or false"
        case .choice(let choices): "must be one of \(choices.joined(separator: ", "))"
        case .text, .secret, .secrets, .url, .list: "must be \(SettingsReader.typeName(kind))"
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
