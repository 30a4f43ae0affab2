/// A GraphQL call with its variables: the operation that will run, checked against a schema.
struct GraphQLRequest {
    let document: GraphQLDocument
    let operation: GraphQLDocument.Operation
    let variables: [String: JSON]

    /// - Parameter body: `{"query", "variables", "operationName"}`.
    init(_ body: JSON) throws(GraphQLError) {
        guard let text = body["query"]?.text, !text.isEmpty else {
            throw GraphQLError(message: "A query attribute must be specified and must be a string.")
        }
        document = try GraphQLParser.parse(text)
        let name = body["operationName"]?.text
        let candidates = document.operations.filter { name == nil || $0.name == name }
        guard let chosen = candidates.first, candidates.count == 1 else {
            throw GraphQLError(
                message: name.map { "No operation named \"\($0.prefix(64))\"" }
                    ?? "An operation name is required")
        }
        operation = chosen
        var variables: [String: JSON] = [:]
        for variable in chosen.variables {
            let given = body["variables"]?[variable.name]
            let initial = variable.initial.map { Self.plain($0, variables: [:]) }
            guard let value = given ?? initial else {
                guard !variable.isRequired else {
                    throw GraphQLError(
                        message: "Variable $\(variable.name) of type \(variable.type) was provided invalid value",
                        code: "INVALID_VARIABLE")
                }
                continue
            }
            variables[variable.name] = value
        }
        self.variables = variables
    }

    /// What paths of errors begin with: `query` or `query Name`.
    var title: String { operation.kind.rawValue + (operation.name.map { " \($0)" } ?? "") }

    var rootType: String { operation.kind == .query ? "QueryRoot" : "Mutation" }

    func arguments(of field: GraphQLDocument.Field) -> GraphQLArguments {
        let pairs = field.arguments.map { ($0.name, Self.plain($0.value, variables: variables)) }
        return GraphQLArguments(field: field, values: Dictionary(pairs) { $1 })
    }

    /// A value with its variables put in; null where one has none.
    private static func plain(_ value: GraphQLDocument.Value, variables: [String: JSON]) -> JSON {
        switch value {
        case .literal(let json): json
        case .word(let word): JSON(word)
        case .variable(let name): variables[name] ?? .null
        case .list(let elements): .array(elements.map { plain($0, variables: variables) })
        case .object(let members):
            .object(members.map { .init(name: $0.name, value: plain($0.value, variables: variables)) })
        }
    }

    /// The fields that a selection means on a type, with fragments opened.
    /// - Throws: when a fragment does not exist or contains itself.
    func fields(
        _ selections: [GraphQLDocument.Selection], on type: String, inside: Set<String> = []
    ) throws(GraphQLError) -> [GraphQLDocument.Field] {
        var fields: [GraphQLDocument.Field] = []
        for selection in selections {
            switch selection {
            case .field(let field): fields.append(field)
            case .inline(let condition, let inner):
                if condition == nil || condition == type {
                    fields += try self.fields(inner, on: type, inside: inside)
                }
            case .spread(let name, let location):
                guard let fragment = document.fragments[name], !inside.contains(name) else {
                    throw GraphQLError(
                        message: "Fragment \(name) was used, but not defined", location: location,
                        code: "useAndDefineFragment")
                }
                guard fragment.type == type else { continue }
                fields += try self.fields(fragment.selections, on: type, inside: inside.union([name]))
            }
        }
        return fields
    }
}
