/// What a message says: its type, and the type's own object as the API and the events show it.
public enum MessageContent: Sendable, Equatable, Codable {
    // What both sides write.
    case text(Text)
    case media(Media)
    case location(Location)
    case contacts([ContactCard])
    case reaction(Reaction)
    // What a business writes.
    case template(Template)
    case interactive(Interactive)
    // What a person answers, and what else a channel tells.
    case interactiveReply(InteractiveReply)
    case button(ButtonReply)
    case order(Order)
    case system(SystemNotice)
    case call(Call)
    case edit(Edit)
    case revoke(MessageReference)
    /// A person opened the chat for the first time, and waits to be greeted.
    case requestWelcome
    /// What has no model: kept whole as ``InboundMessage/raw`` and shown by its name.
    case unsupported(Unsupported)

    /// The name of the type in the API.
    public var type: String {
        switch self {
        case .text: "text"
        case .media(let media): media.kind.rawValue
        case .location: "location"
        case .contacts: "contacts"
        case .reaction: "reaction"
        case .template: "template"
        case .interactive, .interactiveReply: "interactive"
        case .button: "button"
        case .order: "order"
        case .system: "system"
        case .call: "call"
        case .edit: "edit"
        case .revoke: "revoke"
        case .requestWelcome: "request_welcome"
        case .unsupported(let unsupported): unsupported.type
        }
    }

    /// The types that a business may send, in the order of the documents.
    public static let sendableTypes = [
        "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "reaction", "interactive",
        "template",
    ]

    /// Whether it says something of its own, where a template says what the provider approved.
    public var isFreeForm: Bool {
        if case .template = self { false } else { true }
    }

    /// The type's own object, or nil when there is no more to say than the type.
    public var json: JSON? {
        switch self {
        case .text(let text): text.json
        case .media(let media): media.json
        case .location(let location): location.json
        case .contacts(let cards): .array(cards.map(\.json))
        case .reaction(let reaction): reaction.json
        case .template(let template): template.json
        case .interactive(let interactive): interactive.json
        case .interactiveReply(let reply): reply.json
        case .button(let button): button.json
        case .order(let order): order.json
        case .system(let system): system.json
        case .call(let call): call.json
        case .edit(let edit): edit.json
        case .revoke(let original): .object(original.members(""))
        case .requestWelcome: nil
        case .unsupported(let unsupported): unsupported.json
        }
    }
}

extension MessageContent {
    /// Reads the member that is named like the type, and notes what is wrong with it; nil for a type that no business sends.
    public static func sendable(type: String, from reader: ObjectReader) -> MessageContent? {
        switch type {
        case "text": .text(reader.object("text", Text.init))
        case "image", "video", "audio", "document", "sticker":
            Media.Kind(rawValue: type).map { kind in .media(reader.object(type) { Media(kind, $0) }) }
        case "location": .location(reader.object("location", Location.init))
        case "contacts": .contacts(reader.list("contacts", count: 1...257, ContactCard.init))
        case "reaction": .reaction(reader.object("reaction", Reaction.init))
        case "interactive": .interactive(reader.object("interactive", Interactive.init))
        case "template": .template(reader.object("template", Template.init))
        default: nil
        }
    }

    /// Reads what ``json`` wrote of a message that a business sends.
    public init(type: String, json: JSON?) {
        let wrapped = JSON.object([.init(type, json ?? .object([]))])
        let content = ObjectReader.read(wrapped) { Self.sendable(type: type, from: $0) }.value
        self = content ?? .unsupported(Unsupported(type: type))
    }
}
