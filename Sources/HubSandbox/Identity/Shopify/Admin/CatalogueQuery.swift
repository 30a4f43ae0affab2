/// The `query` argument of a list, in Shopify's search syntax: `phone:+1650… AND -tag:vip`.
///
/// A field that the list does not know is ignored with a warning, as on the real API: a misspelt filter lists everything.
struct CatalogueQuery: Sendable {
    /// How a value is compared.
    enum Comparison: String, Sendable {
        case equal = ""
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    struct Term: Sendable {
        /// Nil for a bare word, which is looked for everywhere.
        let field: String?
        let comparison: Comparison
        let value: String
        let isNegated: Bool
    }

    /// Alternatives, each of which is a list of terms that must all hold.
    private let alternatives: [[Term]]

    init(_ text: String) {
        var alternatives: [[Term]] = [[]]
        var isNegated = false
        for word in Self.words(text) {
            switch word {
            case "AND": continue
            case "OR": alternatives.append([])
            case "NOT": isNegated = true
            default:
                alternatives[alternatives.count - 1].append(Self.term(word, isNegated: isNegated))
                isNegated = false
            }
        }
        self.alternatives = alternatives.filter { !$0.isEmpty }
    }

    var terms: [Term] { alternatives.flatMap { $0 } }

    /// The fields that a list does not know.
    func unknown(_ known: Set<String>) -> [String] {
        terms.compactMap(\.field).filter { !known.contains($0) }
    }

    /// Whether an item is listed.
    /// - Parameters:
    ///   - known: fields of the list; terms of others count as true.
    ///   - values: what an item has in a field, or everywhere for nil.
    func matches(_ known: Set<String>, _ values: (String?) -> [String]) -> Bool {
        alternatives.isEmpty
            || alternatives.contains { terms in
                terms.allSatisfy { term in
                    if let field = term.field, !known.contains(field) { return true }
                    return values(term.field).contains { Self.compare($0, term) } != term.isNegated
                }
            }
    }

    private static func compare(_ value: String, _ term: Term) -> Bool {
        let left = value.lowercased()
        let right = term.value.lowercased()
        if let a = Int(left), let b = Int(right) { return compare(a, b, term.comparison) }
        guard term.comparison == .equal else { return compare(left, right, term.comparison) }
        if right == "*" { return true }
        if right.hasSuffix("*") { return left.hasPrefix(right.dropLast()) }
        // A bare word may stand anywhere in a text.
        return term.field == nil ? left.contains(right) : left == right
    }

    private static func compare<Value: Comparable>(_ left: Value, _ right: Value, _ comparison: Comparison) -> Bool {
        switch comparison {
        case .equal: left == right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    private static func term(_ word: String, isNegated: Bool) -> Term {
        var rest = Substring(word)
        let hasSign = rest.hasPrefix("-") && rest.count > 1
        if hasSign { rest = rest.dropFirst() }
        var field: String?
        if let colon = rest.firstIndex(of: ":"), rest[..<colon].wholeMatch(of: /[a-z_]+/) != nil {
            field = String(rest[..<colon])
            rest = rest[rest.index(after: colon)...]
        }
        let signs: [Comparison] = [.lessOrEqual, .greaterOrEqual, .less, .greater]
        let sign = field == nil ? nil : signs.first { rest.hasPrefix($0.rawValue) }
        if let sign { rest = rest.dropFirst(sign.rawValue.count) }
        return Term(
            field: field, comparison: sign ?? .equal, value: String(rest.filter { $0 != "\"" && $0 != "'" }),
            isNegated: hasSign != isNegated)
    }

    /// Words between spaces; a quoted part keeps its spaces. Brackets are passed over.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                word.append(character)
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
                word.append(character)
            } else if character.isWhitespace || character == "(" || character == ")" {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
