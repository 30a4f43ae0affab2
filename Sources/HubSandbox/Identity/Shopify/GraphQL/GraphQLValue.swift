/// What a field resolves to, before a selection is made on it.
indirect enum GraphQLValue {
    /// The value of one field; asked for only when the field is selected.
    typealias Resolver = (GraphQLArguments) throws(GraphQLError) -> GraphQLValue

    case leaf(JSON)
    case list([GraphQLValue])
    case object(type: String, [String: Resolver])

    static var null: GraphQLValue { .leaf(.null) }

    /// An object all of whose fields are plain values.
    static func object(type: String, leaves: JSON) -> GraphQLValue { .object(type: type, resolvers(leaves)) }

    /// Resolvers of plain values.
    static func resolvers(_ leaves: JSON) -> [String: Resolver] {
        let pairs = (leaves.members ?? []).map { member in
            (member.name, { (_: GraphQLArguments) throws(GraphQLError) in GraphQLValue.leaf(member.value) } as Resolver)
        }
        return Dictionary(pairs) { $1 }
    }

    /// A resolver of a value that is there already.
    static func just(_ value: GraphQLValue) -> Resolver { { (_) throws(GraphQLError) in value } }
}

/// The arguments of a field, with variables put in; words of enumerations are strings here.
struct GraphQLArguments {
    let field: GraphQLDocument.Field
    let values: [String: JSON]

    subscript(name: String) -> JSON? {
        guard let value = values[name], value != .null else { return nil }
        return value
    }
}
