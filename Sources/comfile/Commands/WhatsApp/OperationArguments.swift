import AdapterKit
import ArgumentParser
import HubCore

/// `NAME=VALUE` on the command line, as the parameters of an operation.
enum OperationArguments {
    /// - Throws: `ValidationError` for what no operation of this form could take; the hub checks the rest.
    static func read(_ arguments: [String], of operation: ChannelOperation) throws -> JSON {
        var members: [JSON.Member] = []
        for argument in arguments {
            guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
                throw ValidationError("\(operation.name) takes NAME=VALUE, such as \(example(operation))")
            }
            let name = String(argument[..<equals])
            guard let field = operation.parameters[name] else {
                let names = operation.parameters.fields.map(\.key)
                throw ValidationError(
                    "\(name): \(operation.name) takes "
                        + (names.isEmpty ? "no parameters" : names.joined(separator: ", ")))
            }
            guard !members.contains(where: { $0.name == name }) else { throw ValidationError("\(name) is given twice") }
            let text = String(argument[argument.index(after: equals)...])
            members.append(.init(name, try value(text, field)))
        }
        let missing = operation.parameters.fields.filter { field in
            field.required && field.defaultValue == nil && !members.contains { $0.name == field.key }
        }
        guard missing.isEmpty else {
            throw ValidationError(
                "\(operation.name) needs \(missing.map(\.asArgument).joined(separator: " and "))")
        }
        return .object(members)
    }

    private static func value(_ text: String, _ field: SettingsField) throws -> JSON {
        switch field.kind {
        case .secret, .secrets:
            guard let secret = try SecretInput.read(text, for: field.key) else {
                throw ValidationError(
                    "\(field.key): a secret does not stand on the command line; use \(field.key)=- or \(field.key)=@FILE"
                )
            }
            return .string(secret)
        case .integer:
            guard let integer = Int64(text) else { throw ValidationError("\(field.key) must be a whole number") }
            return .integer(integer)
        case .boolean:
            guard let flag = Bool(text) else { throw ValidationError("\(field.key) must be true or false") }
            return .bool(flag)
        case .list: return .array(text.split(separator: ",").map { .string(String($0)) })
        case .text, .url, .choice: return .string(text)
        }
    }

    private static func example(_ operation: ChannelOperation) -> String {
        operation.parameters.fields.first?.asArgument ?? "no parameters"
    }
}

extension SettingsField {
    /// As it stands on the command line.
    var asArgument: String {
        switch kind {
        case .secret, .secrets: "\(key)=-"
        default: "\(key)=VALUE"
        }
    }

    /// As `comfile whatsapp list` shows it.
    var explained: String {
        let need = defaultValue.map { "default \($0)" } ?? (required ? "required" : "optional")
        let form =
            switch kind {
            case .secret, .secrets: "secret"
            case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
            case .choice(let choices): choices.joined(separator: " or ")
            case .list: "a,b,c"
            case .boolean: "true or false"
            case .url: "address"
            case .text: "text"
            }
        return "\(key.padded(to: 26))\(form), \(need). \(summary)"
    }
}
