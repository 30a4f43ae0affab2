/// The `fields` parameter: which members of an object a call wants, and of those again, as in `id,health_status{entities}`.
struct FieldSelection: Hashable, Sendable {
    var name: String
    var inner: [FieldSelection] = []

    /// Reads a `fields` parameter.
    /// - Throws: code 2500 for braces that do not match.
    static func parse(_ text: String) throws(GraphError) -> [FieldSelection] {
        var stack: [[FieldSelection]] = [[]]
        var name = ""
        func take() {
            // Modifiers such as `.limit(5)` are taken and have no effect on the short lists here.
            let plain = name.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? ""
            if !plain.isEmpty { stack[stack.count - 1].append(FieldSelection(name: plain)) }
            name = ""
        }
        for character in text where !character.isWhitespace {
            switch character {
            case ",": take()
            case "{":
                take()
                guard stack.last?.isEmpty == false, stack.count < 8 else { throw syntaxError(text) }
                stack.append([])
            case "}":
                take()
                guard stack.count > 1 else { throw syntaxError(text) }
                let inner = stack.removeLast()
                stack[stack.count - 1][stack[stack.count - 1].count - 1].inner = inner
            default: name.append(character)
            }
        }
        take()
        guard stack.count == 1 else { throw syntaxError(text) }
        return stack[0]
    }

    private static func syntaxError(_ text: String) -> GraphError {
        GraphError(
            http: 400, code: 2500, title: "Syntax error \"Expected end of string\" in fields: \(text.prefix(64))")
    }

    /// The chosen members of an object, `id` always with them.
    /// - Parameters:
    ///   - emptyFields: names that exist and have no value here; Meta leaves such members out.
    ///   - node: Meta's name of the object's type, for the error.
    static func choose(
        _ fields: [FieldSelection], of object: JSON, emptyFields: Set<String> = [], node: String
    ) throws(GraphError) -> JSON {
        let members = object.members ?? []
        var chosen: [JSON.Member] = []
        for field in fields where !chosen.contains(where: { $0.name == field.name }) {
            guard let member = members.first(where: { $0.name == field.name }) else {
                guard emptyFields.contains(field.name) else {
                    throw GraphError(
                        http: 400, code: 100,
                        title: "Tried accessing nonexisting field (\(field.name.prefix(64))) on node type (\(node))")
                }
                continue
            }
            chosen.append(JSON.Member(name: member.name, value: field.reduced(member.value)))
        }
        if !chosen.contains(where: { $0.name == "id" }) { chosen += members.filter { $0.name == "id" } }
        return .object(chosen)
    }

    /// What the inner selection leaves of a value. Inner names that do not exist are passed over.
    private func reduced(_ value: JSON) -> JSON {
        guard !inner.isEmpty else { return value }
        switch value {
        case .array(let elements): return .array(elements.map { reduced($0) })
        case .object(let members):
            return .object(
                inner.compactMap { field in
                    members.first { $0.name == field.name }.map {
                        JSON.Member(name: $0.name, value: field.reduced($0.value))
                    }
                })
        default: return value
        }
    }
}
