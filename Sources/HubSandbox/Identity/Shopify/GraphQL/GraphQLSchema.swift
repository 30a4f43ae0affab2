/// Which types there are, which fields they have, and what each field takes and costs.
struct GraphQLSchema: Sendable {
    struct Field: Sendable {
        /// The named type of the value, without lists and `!`.
        let type: String
        var arguments: Set<String> = []
        /// Arguments that must be given.
        var required: Set<String> = []
        /// A page of a list: needs `first` or `last`, and costs as many objects as it may hold.
        var isConnection = false
        /// The access scope that the field asks for.
        var scope: String?
    }

    /// Fields by type and name. A type that is missing here is a scalar.
    let types: [String: [String: Field]]

    /// What every connection takes.
    static let pageArguments: Set<String> = ["first", "last", "after", "before", "reverse", "sortKey", "query"]

    /// Adds the types that a connection brings with it: `XConnection` and `XEdge`.
    init(types: [String: [String: Field]]) {
        var all = types
        all["PageInfo"] = [
            "hasNextPage": .scalar("Boolean"), "hasPreviousPage": .scalar("Boolean"),
            "startCursor": .scalar("String"), "endCursor": .scalar("String"),
        ]
        for field in types.values.flatMap(\.values) where field.isConnection {
            let node = String(field.type.dropLast("Connection".count))
            all[field.type] = [
                "edges": .object("\(node)Edge"), "nodes": .object(node), "pageInfo": .object("PageInfo"),
            ]
            all["\(node)Edge"] = ["cursor": .scalar("String"), "node": .object(node)]
        }
        self.types = all
    }

    func isObject(_ type: String) -> Bool { types[type] != nil }
}

extension GraphQLSchema.Field {
    static func scalar(_ type: String = "String") -> Self { Self(type: type) }

    static func object(_ type: String, _ arguments: Set<String> = [], scope: String? = nil) -> Self {
        Self(type: type, arguments: arguments, required: arguments, scope: scope)
    }

    /// - Parameter node: the type of what the connection lists.
    static func connection(_ node: String, _ arguments: Set<String> = [], scope: String? = nil) -> Self {
        Self(
            type: "\(node)Connection", arguments: GraphQLSchema.pageArguments.union(arguments), isConnection: true,
            scope: scope)
    }
}
