/// An error of a GraphQL answer: told beside the data with HTTP 200.
struct GraphQLError: Error, Sendable {
    var message: String
    var location: GraphQLDocument.Location?
    var path: [String] = []
    /// What programs decide by; goes into `extensions.code`.
    var code: String?
    var extensions: [JSON.Member] = []

    var json: JSON {
        let code = code.map { [JSON.Member(name: "code", value: JSON($0))] } ?? []
        let extensions = code + extensions
        return [
            "message": JSON(message), "locations": location.map { [$0.json] },
            "path": path.isEmpty ? nil : .array(path.map { JSON($0) }),
            "extensions": extensions.isEmpty ? nil : .object(extensions),
        ]
    }
}

extension GraphQLError {
    static func undefinedField(_ field: GraphQLDocument.Field, on type: String, path: [String]) -> GraphQLError {
        GraphQLError(
            message: "Field '\(field.name.prefix(64))' doesn't exist on type '\(type)'", location: field.location,
            path: path + [field.key], code: "undefinedField",
            extensions: [
                .init(name: "typeName", value: JSON(type)), .init(name: "fieldName", value: JSON(field.name)),
            ])
    }

    /// The token's scopes do not reach this field.
    static func accessDenied(_ field: GraphQLDocument.Field, scope: String, path: [String]) -> GraphQLError {
        let access = "`\(scope)` access scope."
        return GraphQLError(
            message: "Access denied for \(field.name) field. Required access: \(access)", location: field.location,
            path: path + [field.key], code: "ACCESS_DENIED",
            extensions: [
                .init(name: "documentation", value: "https://shopify.dev/api/usage/access-scopes"),
                .init(name: "requiredAccess", value: JSON(access)),
            ])
    }

    /// The bucket of query costs is empty.
    static let throttled = GraphQLError(
        message: "Throttled", code: "THROTTLED",
        extensions: [.init(name: "documentation", value: "https://shopify.dev/api/usage/rate-limits")])
}
