/// Cuts the text of a GraphQL request into words, numbers, strings and signs.
struct GraphQLLexer {
    enum Token: Hashable {
        case sign(Character)
        case spread
        case name(String)
        case number(String)
        case string(String)
        case end
    }

    private let text: [Character]
    private var position = 0
    private var line = 1
    private var lineStart = 0

    init(_ text: String) { self.text = Array(text) }

    /// Where the next token begins.
    var location: GraphQLDocument.Location {
        GraphQLDocument.Location(line: line, column: position - lineStart + 1)
    }

    /// The next token; `end` for ever after the last one.
    mutating func next() throws(GraphQLError) -> (token: Token, location: GraphQLDocument.Location) {
        skipIgnored()
        let start = location
        guard position < text.count else { return (.end, start) }
        let character = text[position]
        switch character {
        case "{", "}", "(", ")", "[", "]", ":", "!", "$", "=", "@", "|", "&":
            position += 1
            return (.sign(character), start)
        case ".":
            guard text[position...].starts(with: "...") else { throw failure(at: start) }
            position += 3
            return (.spread, start)
        case "\"": return (.string(try string(start)), start)
        default:
            if Self.isNameStart(character) {
                return (.name(take { Self.isNameStart($0) || Self.isDigit($0) }), start)
            }
            if character == "-" || Self.isDigit(character) {
                return (.number(take { Self.isDigit($0) || "+-.eE".contains($0) }), start)
            }
            throw failure(at: start)
        }
    }

    private mutating func skipIgnored() {
        while position < text.count {
            let character = text[position]
            if character.isNewline {
                position += 1
                line += 1
                lineStart = position
            } else if character == " " || character == "\t" || character == "," || character == "\u{FEFF}" {
                position += 1
            } else if character == "#" {
                while position < text.count, !text[position].isNewline { position += 1 }
            } else {
                return
            }
        }
    }

    private mutating func take(while belongs: (Character) -> Bool) -> String {
        let start = position
        while position < text.count, belongs(text[position]) { position += 1 }
        return String(text[start..<position])
    }

    private mutating func string(_ start: GraphQLDocument.Location) throws(GraphQLError) -> String {
        if text[position...].starts(with: "\"\"\"") { return try block(start) }
        position += 1
        var value = ""
        while position < text.count {
            let character = text[position]
            position += 1
            switch character {
            case "\"": return value
            case "\\": value.append(try escape(start))
            case _ where character.isNewline: throw failure(at: start)
            default: value.append(character)
            }
        }
        throw failure(at: start)
    }

    private mutating func escape(_ start: GraphQLDocument.Location) throws(GraphQLError) -> Character {
        guard position < text.count else { throw failure(at: start) }
        let character = text[position]
        position += 1
        switch character {
        case "\"", "\\", "/": return character
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let digits = String(text[position...].prefix(4))
            guard digits.count == 4, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
                throw failure(at: start)
            }
            position += 4
            return Character(scalar)
        default: throw failure(at: start)
        }
    }

    /// A text between triple quotes; its lines lose the white space around them, which is enough for queries.
    private mutating func block(_ start: GraphQLDocument.Location) throws(GraphQLError) -> String {
        position += 3
        var value = ""
        while position < text.count {
            if text[position...].starts(with: "\"\"\"") {
                position += 3
                return value
            }
            if text[position].isNewline {
                line += 1
                lineStart = position + 1
            }
            value.append(text[position])
            position += 1
        }
        throw failure(at: start)
    }

    private func failure(at location: GraphQLDocument.Location) -> GraphQLError {
        let found = position < text.count ? "\"\(text[position])\"" : "end of file"
        return GraphQLError(
            message: "syntax error, unexpected \(found) at [\(location.line), \(location.column)]", location: location)
    }

    private static func isNameStart(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character == "_")
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
