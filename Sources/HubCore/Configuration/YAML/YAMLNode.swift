/// A value of a YAML file with its place, aliases expanded, free of the parser's types.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        case scalar(YAMLScalar)
        case mapping([YAMLEntry])
        case sequence([YAMLNode])
    }

    let position: FilePosition
    let content: Content

    /// Whether nothing was written, or `~` or `null`.
    var isNull: Bool {
        if case .scalar(let scalar) = content { scalar.meaning == .null } else { false }
    }
}

/// One key and value of a mapping.
struct YAMLEntry: Sendable {
    let key: YAMLScalar
    let keyPosition: FilePosition
    let value: YAMLNode
}

/// A text of a YAML file. It is compared as it was written: what YAML 1.1 would make of it (`no` a boolean, `1:30` a
/// number, `012` ten) is only told, so that a reader can refuse what is ambiguous.
struct YAMLScalar: Sendable {
    enum Meaning: Sendable {
        /// In quotes, or plain and nothing else.
        case text
        /// A plain decimal integer that is spelled as it would be printed.
        case integer
        /// Plain `true` or `false`.
        case boolean
        case null
        /// Plain, and YAML would read a boolean, a number or a date that may be spelled otherwise.
        case ambiguous
    }

    let text: String
    let meaning: Meaning
    let isQuoted: Bool
}
