/// What a message says.
public enum MessageContent: Sendable, Equatable, Codable {
    case text(Text)
    case template(Template)
    /// A type that the hub has no model for yet: kept whole as ``InboundMessage/raw`` and shown by its name.
    case unsupported(type: String)

    public struct Text: Sendable, Equatable, Codable {
        public var body: String
        /// Whether the receiving app may show a preview of the first link.
        public var previewURL: Bool

        public init(body: String, previewURL: Bool = false) {
            self.body = body
            self.previewURL = previewURL
        }
    }

    /// A message text that the provider approved beforehand.
    public struct Template: Sendable, Equatable, Codable {
        public var name: String
        /// Such as `en_US`.
        public var language: String
        /// The provider's form of the values for the template's placeholders: a list of objects.
        public var components: [JSON]

        public init(name: String, language: String, components: [JSON] = []) {
            self.name = name
            self.language = language
            self.components = components
        }
    }

    /// The name of the type in the API.
    public var type: String {
        switch self {
        case .text: "text"
        case .template: "template"
        case .unsupported(let type): type
        }
    }
}
