import Yams

/// Turns the parser's nodes into ours, within the limits.
struct YAMLExpansion {
    let limits: YAMLDocument.Limits
    /// The names of the keys that were renamed, see ``KeyMask``.
    let masked: [FilePosition: String]
    private(set) var problems: [YAMLDocument.Problem] = []
    private var count = 0
    private var path: [String] = []

    init(limits: YAMLDocument.Limits, masked: [FilePosition: String]) {
        self.limits = limits
        self.masked = masked
    }

    mutating func expand(_ node: Node) throws(YAMLDocument.Problem) -> YAMLNode {
        let position = Self.position(node)
        count += 1
        guard count <= limits.nodes else {
            throw fatal(
                "more than \(limits.nodes) values in one file; an alias counts as all that it stands for", position)
        }
        guard path.count <= limits.depth else { throw fatal("nested deeper than \(limits.depth) levels", position) }
        if node.anchor != nil, !limits.allowsAnchors {
            throw fatal("anchors (&name) may not be used in an included file", position)
        }
        switch node {
        case .scalar(let scalar): return YAMLNode(position: position, content: .scalar(text(scalar, position)))
        case .mapping(let mapping): return YAMLNode(position: position, content: .mapping(try entries(of: mapping)))
        case .sequence(let sequence):
            refuseTag(node, unless: [.seq], position)
            var elements: [YAMLNode] = []
            for (index, element) in sequence.enumerated() {
                path.append("[\(index)]")
                elements.append(try expand(element))
                path.removeLast()
            }
            return YAMLNode(position: position, content: .sequence(elements))
        case .alias: throw fatal("an alias without a value", position)
        }
    }

    private mutating func entries(of mapping: Node.Mapping) throws(YAMLDocument.Problem) -> [YAMLEntry] {
        refuseTag(.mapping(mapping), unless: [.map], Self.position(.mapping(mapping)))
        var entries: [YAMLEntry] = []
        var names: [String: FilePosition] = [:]
        for (keyNode, valueNode) in mapping {
            let position = Self.position(keyNode)
            guard let key = try key(keyNode) else {
                // The value is counted and checked all the same.
                _ = try expand(valueNode)
                continue
            }
            path.append(ShownText.pathPart(key.text))
            defer { path.removeLast() }
            let value = try expand(valueNode)
            if let first = names[key.text] {
                report("the key occurs twice, first in line \(first.line)", position)
            } else if key.text == "<<", !key.isQuoted {
                report("merge keys are not supported; an alias can stand for a whole value", position)
            } else {
                names[key.text] = position
                entries.append(YAMLEntry(key: key, keyPosition: position, value: value))
            }
        }
        return entries
    }

    private mutating func key(_ node: Node) throws(YAMLDocument.Problem) -> YAMLScalar? {
        let expanded = try expand(node)
        guard case .scalar(let scalar) = expanded.content else {
            report("a key has to be a text", expanded.position)
            return nil
        }
        guard let name = masked[expanded.position] else { return scalar }
        return YAMLScalar(text: name, meaning: scalar.meaning, isQuoted: scalar.isQuoted)
    }

    private mutating func text(_ scalar: Node.Scalar, _ position: FilePosition) -> YAMLScalar {
        let node = Node.scalar(scalar)
        // Before it is resolved, a tag says what was written: nothing for a plain text, `str` for one in quotes.
        let isQuoted = scalar.tag.rawValue == Tag.Name.str.rawValue
        let isPlain = scalar.style == .plain && !isQuoted
        let meaning: YAMLScalar.Meaning
        switch node.tag.rawValue {
        case _ where !isPlain, Tag.Name.str.rawValue, Tag.Name.merge.rawValue: meaning = .text
        case Tag.Name.null.rawValue: meaning = .null
        case Tag.Name.bool.rawValue where ["true", "false"].contains(scalar.string): meaning = .boolean
        case Tag.Name.int.rawValue where Int(scalar.string).map(String.init) == scalar.string: meaning = .integer
        case Tag.Name.int.rawValue where Self.isCanonicalInteger(scalar.string): meaning = .integer
        case Tag.Name.bool.rawValue, Tag.Name.int.rawValue, Tag.Name.float.rawValue, Tag.Name.timestamp.rawValue,
            Tag.Name.value.rawValue:
            meaning = .ambiguous
        default:
            report("tags (!name) are not used here", position)
            meaning = .text
        }
        return YAMLScalar(text: scalar.string, meaning: meaning, isQuoted: !isPlain)
    }

    /// Digits without a zero in front, however many: an id may be longer than a machine's integer.
    private static func isCanonicalInteger(_ text: String) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && text.utf8.first != UInt8(ascii: "0")
    }

    private mutating func refuseTag(_ node: Node, unless allowed: [Tag.Name], _ position: FilePosition) {
        guard !allowed.contains(where: { $0.rawValue == node.tag.rawValue }) else { return }
        report("tags (!name) are not used here", position)
    }

    private mutating func report(_ message: String, _ position: FilePosition) {
        problems.append(YAMLDocument.Problem(position: position, path: path, message: message))
    }

    private func fatal(_ message: String, _ position: FilePosition) -> YAMLDocument.Problem {
        YAMLDocument.Problem(position: position, path: path, message: message)
    }

    private static func position(_ node: Node) -> FilePosition {
        node.mark.map { FilePosition(line: $0.line, column: $0.column) } ?? .start
    }
}
