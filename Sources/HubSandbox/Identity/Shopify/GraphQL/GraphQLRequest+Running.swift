/// Running a request that was found right.
extension GraphQLRequest {
    /// The data of the answer, and what could not be had.
    struct Result {
        var data: JSON
        var errors: [GraphQLError] = []
    }

    /// - Parameters:
    ///   - root: fields of the root, by name.
    ///   - scopes: what the token may reach.
    func run(_ root: [String: GraphQLValue.Resolver], schema: GraphQLSchema, scopes: @escaping (String) -> Bool)
        -> Result
    {
        do throws(GraphQLError) {
            var run = Run(request: self, schema: schema, scopes: scopes)
            let data = try run.select(
                operation.selections, of: .object(type: rootType, root), path: [])
            return Result(data: data)
        } catch {
            // Root fields are not nullable in this subset: one that fails takes the whole of the data with it.
            return Result(data: .null, errors: [error])
        }
    }

    private struct Run {
        let request: GraphQLRequest
        let schema: GraphQLSchema
        let scopes: (String) -> Bool

        mutating func select(
            _ selections: [GraphQLDocument.Selection], of value: GraphQLValue, path: [String]
        ) throws(GraphQLError) -> JSON {
            switch value {
            case .leaf(let json): return json
            case .list(let elements):
                var list: [JSON] = []
                for element in elements { list.append(try select(selections, of: element, path: path)) }
                return .array(list)
            case .object(let type, let resolvers):
                var members: [JSON.Member] = []
                for field in try request.fields(selections, on: type) {
                    let result = try resolve(field, type, resolvers, path: path)
                    members.removeAll { $0.name == field.key }
                    members.append(.init(name: field.key, value: result))
                }
                return .object(members)
            }
        }

        private mutating func resolve(
            _ field: GraphQLDocument.Field, _ type: String, _ resolvers: [String: GraphQLValue.Resolver],
            path: [String]
        ) throws(GraphQLError) -> JSON {
            if field.name == "__typename" { return JSON(type) }
            guard let rule = schema.types[type]?[field.name], let resolver = resolvers[field.name] else {
                throw .undefinedField(field, on: type, path: path)
            }
            if let scope = rule.scope, !scopes(scope) { throw .accessDenied(field, scope: scope, path: path) }
            let value = try resolver(request.arguments(of: field))
            return try select(field.selections, of: value, path: path + [field.key])
        }
    }
}
