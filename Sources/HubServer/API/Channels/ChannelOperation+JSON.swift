import AdapterKit
import HubCore

extension ChannelOperation {
    /// As the API shows it.
    var json: JSON {
        .object([
            "name": .string(name), "summary": .string(summary), "read_only": .bool(isReadOnly),
            "parameters": .array(parameters.fields.map(\.json)),
        ])
    }
}

extension SettingsField {
    fileprivate var json: JSON {
        .object([
            "name": .string(key), "type": .string(typeName), "required": .bool(required && defaultValue == nil),
            "default": defaultValue.map { .string($0) }, "choices": choices.map { .array($0.map { .string($0) }) },
            "minimum": range.map { .integer($0.lowerBound) }, "maximum": range.map { .integer($0.upperBound) },
            "rule": format.map { .string($0.summary) }, "summary": .string(summary),
        ])
    }

    private var typeName: String {
        switch kind {
        case .text: "text"
        case .secret, .secrets: "secret"
        case .url: "url"
        case .integer: "integer"
        case .boolean: "boolean"
        case .choice: "choice"
        case .list: "list"
        }
    }

    private var choices: [String]? {
        if case .choice(let choices) = kind { choices } else { nil }
    }

    private var range: ClosedRange<Int>? {
        if case .integer(let range) = kind { range } else { nil }
    }
}
