/// What is wrong with a request before it runs, and what it would cost.
extension GraphQLRequest {
    /// Every mistake, in the order of the text; empty for a request that can run.
    func mistakes(in schema: GraphQLSchema) throws(GraphQLError) -> [GraphQLError] {
        var found: [GraphQLError] = []
        try check(operation.selections, on: rootType, schema, path: [title], &found)
        return found
    }

    /// Points of the bucket that the request asks for: one an object, two a connection and its items with it, ten a mutation.
    func cost(in schema: GraphQLSchema) throws(GraphQLError) -> Int {
        let start = operation.kind == .mutation ? 10 : 0
        return start + (try cost(operation.selections, on: rootType, schema))
    }

    private func check(
        _ selections: [GraphQLDocument.Selection], on type: String, _ schema: GraphQLSchema, path: [String],
        _ found: inout [GraphQLError]
    ) throws(GraphQLError) {
        // A fragment on another type (of a node, say) is checked against that type.
        for case .inline(let condition?, let inner) in selections where condition != type && schema.isObject(condition)
        {
            try check(inner, on: condition, schema, path: path + ["... on \(condition)"], &found)
        }
        for field in try fields(selections, on: type) where field.name != "__typename" {
            guard let rule = schema.types[type]?[field.name] else {
                found.append(.undefinedField(field, on: type, path: path))
                continue
            }
            checkArguments(of: field, rule, path: path, &found)
            let isObject = schema.isObject(rule.type)
            if isObject == field.selections.isEmpty {
                found.append(Self.selectionMismatch(field, rule.type, isObject: isObject, path: path))
            } else if isObject {
                try check(field.selections, on: rule.type, schema, path: path + [field.key], &found)
            }
        }
    }

    private func checkArguments(
        of field: GraphQLDocument.Field, _ rule: GraphQLSchema.Field, path: [String], _ found: inout [GraphQLError]
    ) {
        for argument in field.arguments {
            if !rule.arguments.contains(argument.name) {
                found.append(
                    GraphQLError(
                        message: "Field '\(field.name)' doesn't accept argument '\(argument.name.prefix(64))'",
                        location: field.location, path: path + [field.key, argument.name],
                        code: "argumentNotAccepted"))
            }
            if case .variable(let name) = argument.value, !operation.variables.contains(where: { $0.name == name }) {
                found.append(
                    GraphQLError(
                        message: "Variable $\(name.prefix(64)) is used by \(title) but not declared",
                        location: field.location, path: path + [field.key, argument.name],
                        code: "variableNotDefined"))
            }
        }
        let given = Set(field.arguments.map(\.name))
        let missing = rule.required.subtracting(given).sorted()
        guard !missing.isEmpty else { return }
        found.append(
            GraphQLError(
                message: "Field '\(field.name)' is missing required arguments: \(missing.joined(separator: ", "))",
                location: field.location, path: path + [field.key], code: "missingRequiredArguments"))
    }

    private static func selectionMismatch(
        _ field: GraphQLDocument.Field, _ type: String, isObject: Bool, path: [String]
    ) -> GraphQLError {
        let message =
            isObject
            ? "Field must have selections (field '\(field.name)' returns \(type) but has no selections. Did you mean "
                + "'\(field.name) { ... }'?)"
            : "Selections can't be made on scalars (field '\(field.name)' returns \(type) but has selections)"
        return GraphQLError(
            message: message, location: field.location, path: path + [field.key], code: "selectionMismatch")
    }

    private func cost(
        _ selections: [GraphQLDocument.Selection], on type: String, _ schema: GraphQLSchema
    ) throws(GraphQLError) -> Int {
        var sum = 0
        for field in try fields(selections, on: type) {
            guard let rule = schema.types[type]?[field.name], schema.isObject(rule.type) else { continue }
            let inner = try cost(field.selections, on: rule.type, schema)
            if rule.isConnection {
                let arguments = arguments(of: field)
                let items = arguments["first"]?.integer ?? arguments["last"]?.integer ?? 0
                sum += 2 + max(0, min(items, GraphQLPage<Int>.limit)) * max(1, inner)
            } else {
                // Edges, nodes and page info are part of their connection.
                let isPart = type.hasSuffix("Connection")
                sum += (isPart ? 0 : 1) + inner
            }
        }
        return sum
    }
}
