/// What `q` of a list asks for, e.g. `name contains 'invoice' and 'root' in parents and trashed = false`.
struct DriveQuery: Sendable {
    let matches: @Sendable (DriveFile) -> Bool

    /// - Parameter root: what `root` means.
    init(_ text: String, root: String) throws(DriveError) {
        var parser = DriveQueryParser(text, root: root)
        matches = try parser.whole()
    }
}

private struct DriveQueryParser {
    typealias Test = @Sendable (DriveFile) -> Bool

    private enum Token: Equatable {
        case word(String)
        case text(String)
        case sign(String)
    }

    private var tokens: [Token] = []
    private var position = 0
    private var isReadable = true
    private let root: String

    init(_ text: String, root: String) {
        self.root = root
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "'" {
                rest.removeFirst()
                var value = ""
                while let next = rest.first, next != "'" {
                    rest.removeFirst()
                    // A backslash escapes a quote or itself.
                    if next == "\\", let escaped = rest.popFirst() { value.append(escaped) } else { value.append(next) }
                }
                if rest.popFirst() == nil { isReadable = false }
                tokens.append(.text(value))
            } else if first.isLetter {
                let word = rest.prefix { $0.isLetter }
                rest = rest.dropFirst(word.count)
                tokens.append(.word(String(word)))
            } else if let sign = ["!=", "<=", ">=", "=", "<", ">", "(", ")", "{", "}"].first(where: rest.hasPrefix) {
                rest = rest.dropFirst(sign.count)
                tokens.append(.sign(sign))
            } else {
                isReadable = false
                return
            }
        }
    }

    private static let invalid = DriveError.invalid("q")

    mutating func whole() throws(DriveError) -> Test {
        guard isReadable else { throw Self.invalid }
        let test = try either(depth: 0)
        guard position == tokens.count else { throw Self.invalid }
        return test
    }

    private mutating func either(depth: Int) throws(DriveError) -> Test {
        guard depth < 32 else { throw Self.invalid }
        var test = try both(depth: depth)
        while take(.word("or")) {
            let (left, right) = (test, try both(depth: depth))
            test = { left($0) || right($0) }
        }
        return test
    }

    private mutating func both(depth: Int) throws(DriveError) -> Test {
        var test = try term(depth: depth)
        while take(.word("and")) {
            let (left, right) = (test, try term(depth: depth))
            test = { left($0) && right($0) }
        }
        return test
    }

    private mutating func term(depth: Int) throws(DriveError) -> Test {
        if take(.word("not")) {
            let inner = try term(depth: depth + 1)
            return { !inner($0) }
        }
        if take(.sign("(")) {
            let inner = try either(depth: depth + 1)
            guard take(.sign(")")) else { throw Self.invalid }
            return inner
        }
        switch next() {
        case .text(let value):
            guard take(.word("in")), take(.word("parents")) else { throw Self.invalid }
            let parent = value == "root" ? root : value
            return { $0.parents.contains(parent) }
        case .word("name"): return try text(of: \.name)
        case .word("mimeType"): return try text(of: \.mimeType)
        case .word("trashed"): return try flag(of: \.isTrashed)
        case .word("starred"): return try flag(of: \.isStarred)
        case .word("modifiedTime"): return try time(of: \.modifiedAt)
        case .word("createdTime"): return try time(of: \.createdAt)
        case .word("properties"): return try entry(of: \.properties)
        case .word("appProperties"): return try entry(of: \.appProperties)
        default: throw Self.invalid
        }
    }

    private mutating func text(of path: any KeyPath<DriveFile, String> & Sendable) throws(DriveError) -> Test {
        let operation = next()
        guard case .text(let value) = next() else { throw Self.invalid }
        switch operation {
        case .sign("="): return { $0[keyPath: path] == value }
        case .sign("!="): return { $0[keyPath: path] != value }
        case .word("contains"):
            // Names are searched by the beginnings of their words, types by any part.
            let wanted = value.lowercased()
            guard path == \DriveFile.name else { return { $0[keyPath: path].lowercased().contains(wanted) } }
            return { file in
                let name = file.name.lowercased()
                return name.hasPrefix(wanted)
                    || name.indices.dropFirst().contains { index in
                        let before = name[name.index(before: index)]
                        return !before.isLetter && !before.isNumber && name[index...].hasPrefix(wanted)
                    }
            }
        default: throw Self.invalid
        }
    }

    private mutating func flag(of path: any KeyPath<DriveFile, Bool> & Sendable) throws(DriveError) -> Test {
        let operation = next()
        let value: Bool
        switch next() {
        case .word("true"): value = true
        case .word("false"): value = false
        default: throw Self.invalid
        }
        switch operation {
        case .sign("="): return { $0[keyPath: path] == value }
        case .sign("!="): return { $0[keyPath: path] != value }
        default: throw Self.invalid
        }
    }

    private mutating func time(of path: any KeyPath<DriveFile, Int> & Sendable) throws(DriveError) -> Test {
        guard case .sign(let sign) = next(), case .text(let text) = next(),
            let time = DriveFile.milliseconds(text) ?? DriveFile.milliseconds(text + "Z")
        else { throw Self.invalid }
        switch sign {
        case "=": return { $0[keyPath: path] == time }
        case "!=": return { $0[keyPath: path] != time }
        case "<": return { $0[keyPath: path] < time }
        case "<=": return { $0[keyPath: path] <= time }
        case ">": return { $0[keyPath: path] > time }
        case ">=": return { $0[keyPath: path] >= time }
        default: throw Self.invalid
        }
    }

    /// `has { key='…' and value='…' }`
    private mutating func entry(
        of path: any KeyPath<DriveFile, [String: String]> & Sendable
    ) throws(DriveError) -> Test {
        guard take(.word("has")), take(.sign("{")), take(.word("key")), take(.sign("=")), case .text(let key) = next(),
            take(.word("and")), take(.word("value")), take(.sign("=")), case .text(let value) = next(),
            take(.sign("}"))
        else { throw Self.invalid }
        return { $0[keyPath: path][key] == value }
    }

    private mutating func take(_ token: Token) -> Bool {
        guard position < tokens.count, tokens[position] == token else { return false }
        position += 1
        return true
    }

    private mutating func next() -> Token? {
        guard position < tokens.count else { return nil }
        defer { position += 1 }
        return tokens[position]
    }
}
