/// A GraphQL request as it was written: operations and fragments, not yet checked against any schema.
struct GraphQLDocument: Sendable {
    enum Kind: String, Sendable {
        case query
        case mutation
    }

    struct Operation: Sendable {
        let kind: Kind
        let name: String?
        let variables: [Variable]
        let selections: [Selection]
    }

    struct Variable: Sendable {
        let name: String
        /// As written, e.g. `String!`.
        let type: String
        let initial: Value?

        var isRequired: Bool { type.hasSuffix("!") }
    }

    struct Fragment: Sendable {
        let name: String
        let type: String
        let selections: [Selection]
    }

    indirect enum Selection: Sendable {
        case field(Field)
        case spread(String, Location)
        case inline(type: String?, [Selection])
    }

    struct Field: Sendable {
        let alias: String?
        let name: String
        let arguments: [Argument]
        let selections: [Selection]
        let location: Location

        /// What the answer calls it.
        var key: String { alias ?? name }
    }

    struct Argument: Sendable {
        let name: String
        let value: Value
    }

    indirect enum Value: Sendable {
        case variable(String)
        case literal(JSON)
        /// A bare word: a member of an enumeration.
        case word(String)
        case list([Value])
        case object([Argument])
    }

    struct Location: Hashable, Sendable {
        let line: Int
        let column: Int

        var json: JSON { ["line": JSON(line), "column": JSON(column)] }
    }

    var operations: [Operation] = []
    var fragments: [String: Fragment] = [:]
}
