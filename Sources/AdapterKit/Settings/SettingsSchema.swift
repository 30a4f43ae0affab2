/// The settings of an adapter as data: validates tenants.yaml, prints `comfile adapters show`, documents itself.
public struct SettingsSchema: Sendable, Codable, Equatable {
    public var fields: [SettingsField]

    public init(_ fields: [SettingsField]) { self.fields = fields }

    public subscript(key: String) -> SettingsField? { fields.first { $0.key == key } }
}

/// One setting.
public struct SettingsField: Sendable, Codable, Equatable {
    public enum Kind: Sendable, Codable, Equatable {
        case text
        /// Must come from `${env:...}` or `${file:...}`; a literal is refused.
        case secret
        /// One or more secrets, the first signs and all verify, so that one can be rotated without a gap.
        case secrets(maximum: Int)
        /// An absolute http or https address without user, fragment or secret.
        case url
        case integer(ClosedRange<Int>)
        case boolean
        case choice([String])
        case list
    }

    /// Where the setting may stand.
    public enum Scope: String, Sendable, Codable {
        /// With the channel or system itself.
        case own
        /// With a provider app that tenants share, or with the channel when it has no app.
        case app
    }

    public var key: String
    public var kind: Kind
    public var scope: Scope
    public var required: Bool
    /// As it would stand in YAML.
    public var defaultValue: String?
    /// A full match that text has to satisfy, as a list of allowed characters and lengths.
    public var format: TextFormat?
    /// One sentence.
    public var summary: String

    public init(
        _ key: String, _ kind: Kind, scope: Scope = .own, required: Bool = false, defaultValue: String? = nil,
        format: TextFormat? = nil, summary: String
    ) {
        self.key = key
        self.kind = kind
        self.scope = scope
        self.required = required
        self.defaultValue = defaultValue
        self.format = format
        self.summary = summary
    }
}

/// Which characters and how many a text setting may have.
public struct TextFormat: Sendable, Codable, Equatable {
    /// Every character has to be one of these.
    public var characters: String
    public var length: ClosedRange<Int>
    /// How the format reads in an error: "must be …".
    public var summary: String

    public init(characters: String, length: ClosedRange<Int>, summary: String) {
        self.characters = characters
        self.length = length
        self.summary = summary
    }

    public func matches(_ text: String) -> Bool {
        length.contains(text.unicodeScalars.count) && text.allSatisfy { characters.contains($0) }
    }

    public static let digits = TextFormat(characters: "0123456789", length: 1...40, summary: "must be digits only")
}
