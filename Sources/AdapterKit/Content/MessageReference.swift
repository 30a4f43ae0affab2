/// A message that another one speaks of. It may be one that the hub never saw: written before its time, or in the
/// provider's own app.
public struct MessageReference: Sendable, Equatable, Codable {
    /// The hub's id, where the message is known.
    public var id: String?
    /// The provider's id, in what came in.
    public var providerID: String?

    public init(id: String? = nil, providerID: String? = nil) {
        self.id = id
        self.providerID = providerID
    }

    init(_ reader: ObjectReader, _ prefix: String) {
        self.init(
            id: reader.optionalText("\(prefix)message_id", 1...64),
            providerID: reader.optionalText("\(prefix)provider_message_id"))
    }

    func members(_ prefix: String) -> [JSON.Member] {
        [
            .init("\(prefix)message_id", id.map { .string($0) } ?? .null),
            providerID.map { .init("\(prefix)provider_message_id", .string($0)) },
        ].compactMap(\.self)
    }
}

extension MessageContent {
    public struct Reaction: Sendable, Equatable, Codable {
        public var message: MessageReference
        /// Nil takes the reaction back.
        public var emoji: String?

        public init(to message: MessageReference, emoji: String?) {
            self.message = message
            self.emoji = emoji
        }

        init(_ reader: ObjectReader) {
            message = MessageReference(reader, "")
            emoji = reader.optionalText("emoji", 0...64).flatMap { $0.isEmpty ? nil : $0 }
            if message.id == nil, message.providerID == nil { reader.report("message_id", "missing", "is required") }
        }

        var json: JSON { .object(message.members("") + [.init("emoji", emoji.map { .string($0) } ?? .null)]) }
    }

    /// A message that took the place of an earlier one.
    public struct Edit: Sendable, Equatable, Codable {
        public var original: MessageReference
        public var type: String
        /// The new content, of the type's own form.
        public var content: JSON?

        public init(of original: MessageReference, content: MessageContent) {
            self.original = original
            type = content.type
            self.content = content.json
        }

        var json: JSON {
            .object(
                original.members("original_") + [.init("type", .string(type)), .init("content", content ?? .null)])
        }
    }

    /// The message that this one speaks of, where the provider's id is all that is known of it.
    public var reference: MessageReference? {
        get {
            switch self {
            case .reaction(let reaction): reaction.message
            case .edit(let edit): edit.original
            case .revoke(let original): original
            default: nil
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .reaction(var reaction):
                reaction.message = newValue
                self = .reaction(reaction)
            case .edit(var edit):
                edit.original = newValue
                self = .edit(edit)
            case .revoke: self = .revoke(newValue)
            default: break
            }
        }
    }
}
