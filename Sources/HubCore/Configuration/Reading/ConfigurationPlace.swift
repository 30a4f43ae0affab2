/// A value in a configuration file with all that is needed to read it and to complain about it.
struct ConfigurationPlace {
    let node: YAMLNode
    /// The key that the value stands under, where what is missing in it is reported.
    let origin: FilePosition
    /// Such as `tenants.acme.routes[0].to`.
    let path: String
    let file: SourceFile
    let context: ReadingContext

    func report(_ message: String, at position: FilePosition? = nil, suggestion: String? = nil) {
        let position = position ?? node.position
        context.report(
            ConfigurationProblem(
                file: file.shown, line: position.line, column: position.column, path: path, message: message,
                suggestion: suggestion))
    }

    /// Reports about a key of this mapping.
    func report(key: String, _ message: String, at position: FilePosition, suggestion: String? = nil) {
        context.report(
            ConfigurationProblem(
                file: file.shown, line: position.line, column: position.column, path: Self.join(path, key),
                message: message, suggestion: suggestion))
    }

    func missing(_ key: String, _ message: String = "is missing") { report(key: key, message, at: origin) }

    /// Where the value is, for an error about another one.
    var whereabouts: String { "\(path) (\(file.shown):\(origin.line):\(origin.column))" }

    // MARK: Collections

    /// The keys and values of a mapping, none for an empty value; nil and a report when it is something else.
    func entries() -> [(key: YAMLScalar, place: ConfigurationPlace)]? {
        if node.isNull { return [] }
        guard case .mapping(let entries) = node.content else {
            report("must be a mapping (key: value)")
            return nil
        }
        return entries.map { entry in
            let place = ConfigurationPlace(
                node: entry.value, origin: entry.keyPosition, path: Self.join(path, ShownText.pathPart(entry.key.text)),
                file: file, context: context)
            return (entry.key, place)
        }
    }

    /// The values of a mapping by known keys; every other key is reported.
    /// - Parameter misplaced: Keys that belong elsewhere, with the words that say so.
    func fields(_ known: [String], misplaced: [String: String] = [:]) -> [String: ConfigurationPlace]? {
        guard let entries = entries() else { return nil }
        var fields: [String: ConfigurationPlace] = [:]
        let present = Set(entries.map(\.key.text))
        // What is there already was not meant by another key.
        let absent = known.filter { !present.contains($0) }
        for (key, place) in entries {
            if known.contains(key.text) {
                fields[key.text] = place
            } else if let message = misplaced[key.text] {
                place.report(message, at: place.origin)
            } else {
                let suggestion = Suggestion.nearest(to: key.text, among: absent)
                place.report("unknown key", at: place.origin, suggestion: suggestion)
            }
        }
        return fields
    }

    /// The values of a mapping whose keys are names that the writer chose, sorted by name; other keys are reported.
    func named() -> [(name: String, place: ConfigurationPlace)] {
        (entries() ?? []).compactMap { key, place in
            guard key.meaning == .text || key.meaning == .integer else {
                place.report("YAML does not read this name as a text; write it in quotes", at: place.origin)
                return nil
            }
            guard ConfigurationName.isValid(key.text) else {
                place.report("a name must be \(ConfigurationName.rule)", at: place.origin)
                return nil
            }
            return (key.text, place)
        }.sorted { $0.name < $1.name }
    }

    /// The elements of a list, none for an empty value; nil and a report when it is something else.
    func elements() -> [ConfigurationPlace]? {
        if node.isNull { return [] }
        guard case .sequence(let nodes) = node.content else {
            report("must be a list ([a, b])")
            return nil
        }
        return nodes.enumerated().map { index, node in
            ConfigurationPlace(
                node: node, origin: node.position, path: "\(path)[\(index)]", file: file, context: context)
        }
    }

    private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
