/// Reads a GraphQL request: operations with variables, arguments, aliases and fragments. Directives are refused, as the
/// sandbox would not obey them.
struct GraphQLParser {
    /// Selections nested deeper than this are refused.
    private static let maximumDepth = 24

    private typealias Token = GraphQLLexer.Token
    private var lexer: GraphQLLexer
    private var token: GraphQLLexer.Token = .end
    private var location = GraphQLDocument.Location(line: 1, column: 1)

    static func parse(_ text: String) throws(GraphQLError) -> GraphQLDocument {
        var parser = GraphQLParser(lexer: GraphQLLexer(text))
        try parser.advance()
        return try parser.document()
    }

    private init(lexer: GraphQLLexer) { self.lexer = lexer }

    private mutating func document() throws(GraphQLError) -> GraphQLDocument {
        var document = GraphQLDocument()
        while token != .end {
            if token == .sign("{") {
                document.operations.append(
                    .init(kind: .query, name: nil, variables: [], selections: try selections(depth: 0)))
            } else if token == .name("fragment") {
                let fragment = try fragment()
                document.fragments[fragment.name] = fragment
            } else {
                document.operations.append(try operation())
            }
        }
        guard !document.operations.isEmpty else { throw unexpected() }
        return document
    }

    private mutating func operation() throws(GraphQLError) -> GraphQLDocument.Operation {
        guard let kind = GraphQLDocument.Kind(rawValue: try name()) else { throw unexpected() }
        var title: String?
        if case .name(let text) = token {
            title = text
            try advance()
        }
        var variables: [GraphQLDocument.Variable] = []
        if try take("(") {
            while try !take(")") { variables.append(try variable()) }
        }
        return GraphQLDocument.Operation(
            kind: kind, name: title, variables: variables, selections: try selections(depth: 0))
    }

    private mutating func variable() throws(GraphQLError) -> GraphQLDocument.Variable {
        try require("$")
        let name = try name()
        try require(":")
        let type = try type()
        let initial = try take("=") ? try value(depth: 0) : nil
        return GraphQLDocument.Variable(name: name, type: type, initial: initial)
    }

    private mutating func type() throws(GraphQLError) -> String {
        var text: String
        if try take("[") {
            text = "[\(try type())]"
            try require("]")
        } else {
            text = try name()
        }
        if try take("!") { text += "!" }
        return text
    }

    private mutating func fragment() throws(GraphQLError) -> GraphQLDocument.Fragment {
        try advance()
        let title = try name()
        guard try name() == "on" else { throw unexpected() }
        return GraphQLDocument.Fragment(name: title, type: try name(), selections: try selections(depth: 0))
    }

    private mutating func selections(depth: Int) throws(GraphQLError) -> [GraphQLDocument.Selection] {
        guard depth < Self.maximumDepth else {
            throw GraphQLError(message: "Query has depth over \(Self.maximumDepth)", location: location)
        }
        try require("{")
        var selections: [GraphQLDocument.Selection] = []
        repeat { selections.append(try selection(depth: depth)) } while try !take("}")
        return selections
    }

    private mutating func selection(depth: Int) throws(GraphQLError) -> GraphQLDocument.Selection {
        let start = location
        guard token == .spread else { return .field(try field(depth: depth)) }
        try advance()
        if token == .name("on") {
            try advance()
            return .inline(type: try name(), try selections(depth: depth + 1))
        }
        if token == .sign("{") { return .inline(type: nil, try selections(depth: depth + 1)) }
        return .spread(try name(), start)
    }

    private mutating func field(depth: Int) throws(GraphQLError) -> GraphQLDocument.Field {
        let start = location
        let first = try name()
        let second = try take(":") ? try name() : nil
        let arguments = try take("(") ? try arguments(closedBy: ")", depth: depth) : []
        let inner = token == .sign("{") ? try selections(depth: depth + 1) : []
        return GraphQLDocument.Field(
            alias: second == nil ? nil : first, name: second ?? first, arguments: arguments, selections: inner,
            location: start)
    }

    private mutating func arguments(
        closedBy end: Character, depth: Int
    ) throws(GraphQLError) -> [GraphQLDocument.Argument] {
        var arguments: [GraphQLDocument.Argument] = []
        while try !take(end) {
            let name = try name()
            try require(":")
            arguments.append(GraphQLDocument.Argument(name: name, value: try value(depth: depth)))
        }
        return arguments
    }

    private mutating func value(depth: Int) throws(GraphQLError) -> GraphQLDocument.Value {
        guard depth < Self.maximumDepth else { throw unexpected() }
        switch token {
        case .sign("$"):
            try advance()
            return .variable(try name())
        case .sign("["):
            try advance()
            var elements: [GraphQLDocument.Value] = []
            while try !take("]") { elements.append(try value(depth: depth + 1)) }
            return .list(elements)
        case .sign("{"):
            try advance()
            return .object(try arguments(closedBy: "}", depth: depth + 1))
        case .number(let digits):
            guard let number = try? JSON.parse(Array(digits.utf8)) else { throw unexpected() }
            try advance()
            return .literal(number)
        case .string(let text):
            try advance()
            return .literal(JSON(text))
        case .name(let word):
            try advance()
            switch word {
            case "true": return .literal(true)
            case "false": return .literal(false)
            case "null": return .literal(.null)
            default: return .word(word)
            }
        default: throw unexpected()
        }
    }

    private mutating func name() throws(GraphQLError) -> String {
        guard case .name(let text) = token else { throw unexpected() }
        try advance()
        return text
    }

    private mutating func take(_ sign: Character) throws(GraphQLError) -> Bool {
        guard token == .sign(sign) else { return false }
        try advance()
        return true
    }

    private mutating func require(_ sign: Character) throws(GraphQLError) {
        guard try take(sign) else { throw unexpected() }
    }

    private mutating func advance() throws(GraphQLError) {
        (token, location) = try lexer.next()
    }

    private func unexpected() -> GraphQLError {
        let found =
            switch token {
            case .end: "end of file"
            case .sign(let sign): "\"\(sign)\""
            case .spread: "\"...\""
            case .name(let text), .number(let text): "\"\(text.prefix(64))\""
            case .string: "a string"
            }
        return GraphQLError(
            message: "syntax error, unexpected \(found) at [\(location.line), \(location.column)]", location: location)
    }
}
