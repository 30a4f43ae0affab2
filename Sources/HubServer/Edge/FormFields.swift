import AdapterKit

/// The fields of a form or a query (`application/x-www-form-urlencoded`), read strictly.
struct FormFields: Sendable {
    private var values: [String: [String]] = [:]

    /// Nil for a malformed escape, for text that is no UTF-8, and for a name that stands there twice.
    /// - Parameter lists: names that may.
    init?(_ text: some StringProtocol, lists: Set<String> = []) {
        guard let fields = FormText.decode(String(text)) else { return nil }
        for (name, value) in fields {
            guard values[name] == nil || lists.contains(name) else { return nil }
            values[name, default: []].append(value)
        }
    }

    subscript(name: String) -> String? { values[name]?.first }

    func list(_ name: String) -> [String] { values[name] ?? [] }

    /// The text of a field without space around it; nil when nothing is left of it, or more than fits.
    func text(_ name: String, upTo limit: Int) -> String? {
        guard let value = self[name] else { return nil }
        let start = value.drop { $0.isWhitespace }
        let end = start.lastIndex { !$0.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex
        let text = start[..<end]
        return (1...limit).contains(text.unicodeScalars.count) ? String(text) : nil
    }

    /// The fields whose names begin so, by what comes after.
    func fields(startingWith prefix: String) -> [String: String] {
        var found: [String: String] = [:]
        for (name, list) in values where name.hasPrefix(prefix) {
            found[String(name.dropFirst(prefix.count))] = list.first
        }
        return found
    }
}
