/// The conversation between one customer and one business number, as the phone page shows it.
struct PhoneThread: Sendable {
    struct Key: Hashable, Sendable {
        let phoneNumberID: String
        /// The customer's digits.
        let customer: String
    }

    /// How far a message has come; it only moves forward.
    enum Progress: Int, Comparable, Sendable {
        /// Not at the receiver yet: for a customer's message, the business's webhook did not answer 200.
        case pending, sent, delivered, read, played, failed

        static func < (left: Progress, right: Progress) -> Bool { left.rawValue < right.rawValue }

        var name: String {
            switch self {
            case .pending: "pending"
            case .sent: "sent"
            case .delivered: "delivered"
            case .read: "read"
            case .played: "played"
            case .failed: "failed"
            }
        }
    }

    struct Reactions: Hashable, Sendable {
        var customer: String?
        var business: String?
    }

    struct Message: Sendable {
        let id: String
        let isFromCustomer: Bool
        var preview: MessagePreview
        /// Unix seconds.
        let time: Int
        var progress: Progress
        /// The customer's emoji on it, and the business's.
        var reactions = Reactions()
        /// Why it is pending or failed.
        var note: String?
        var isEdited = false
        /// Whether its author has deleted it for everyone.
        var isDeleted = false

        init(id: String, isFromCustomer: Bool, preview: MessagePreview, time: Int, progress: Progress) {
            self.id = id
            self.isFromCustomer = isFromCustomer
            self.preview = preview
            self.time = time
            self.progress = progress
        }

        var json: JSON {
            let state: JSON = [
                "id": JSON(id), "from_customer": .bool(isFromCustomer), "time": JSON(time),
                "progress": JSON(progress.name), "note": note.map { JSON($0) },
                "edited": isEdited ? true : nil, "deleted": isDeleted ? true : nil,
                "reactions": [
                    "customer": reactions.customer.map { JSON($0) }, "business": reactions.business.map { JSON($0) },
                ],
            ]
            return state.with(isDeleted ? MessagePreview(text: "This message was deleted").members : preview.members)
        }
    }

    /// A thread keeps this many messages.
    static let limit = 300

    private(set) var messages: [Message] = []
    /// Ids of the customer's messages that have no bubble of their own.
    private var silent: [String] = []
    /// Unix seconds of the customer's newest message: it opens the customer service window.
    private(set) var lastInbound: Int?
    /// The profile name of the customer's newest message.
    var customerName: String?

    /// The business's messages that have arrived and that the customer has not read.
    var unreadCount: Int {
        messages.count { !$0.isFromCustomer && (.sent..<Progress.read).contains($0.progress) }
    }

    mutating func append(_ message: Message) {
        if messages.count == Self.limit { messages.removeFirst() }
        messages.append(message)
        if message.isFromCustomer { lastInbound = message.time }
    }

    /// Notes a customer's message that has no bubble of its own, e.g. a reaction.
    /// - Parameter time: Unix seconds when it opens the customer service window, else nil.
    mutating func heard(_ id: String, at time: Int?) {
        if silent.count == Self.limit { silent.removeFirst() }
        silent.append(id)
        lastInbound = time ?? lastInbound
    }

    func contains(_ id: String, fromCustomer: Bool) -> Bool {
        messages.contains { $0.id == id && $0.isFromCustomer == fromCustomer } || fromCustomer && silent.contains(id)
    }

    /// The id of the newest message of either side.
    func newest(fromCustomer: Bool) -> String? { messages.last { $0.isFromCustomer == fromCustomer }?.id }

    /// Moves a message forward, never back.
    /// - Returns: the message when it changed.
    mutating func advance(_ id: String, to progress: Progress, note: String? = nil) -> Message? {
        change(id) { message in
            guard message.progress < progress else { return false }
            message.progress = progress
            message.note = note
            return true
        }
    }

    /// Puts an emoji on a message, or takes it off when it is empty.
    mutating func react(_ id: String, with emoji: String, byCustomer: Bool = false) -> Message? {
        change(id) { message in
            let emoji = emoji.isEmpty ? nil : emoji
            if byCustomer { message.reactions.customer = emoji } else { message.reactions.business = emoji }
            return true
        }
    }

    /// Deletes a message of the customer's own for everyone.
    mutating func revoke(_ id: String) -> Message? {
        change(id) { message in
            guard message.isFromCustomer else { return false }
            message.isDeleted = true
            message.reactions = Reactions()
            return true
        }
    }

    /// Puts another content into a message of the customer's own.
    mutating func edit(_ id: String, to preview: MessagePreview) -> Message? {
        change(id) { message in
            guard message.isFromCustomer, !message.isDeleted else { return false }
            message.preview = message.preview.edited(to: preview)
            message.isEdited = true
            return true
        }
    }

    mutating func annotate(_ id: String, _ note: String) -> Message? {
        change(id) { message in
            guard message.progress == .pending else { return false }
            message.note = note
            return true
        }
    }

    /// Ids of the customer's messages up to this one that the business had not marked as read.
    func unreadByBusiness(upTo id: String) -> [String] {
        guard let last = messages.lastIndex(where: { $0.id == id }) else { return [] }
        return messages[...last].filter { $0.isFromCustomer && $0.progress < .read }.map(\.id)
    }

    /// Ids of the business's messages that have come at least that far and that the customer has not read.
    func unreadByCustomer(from progress: Progress) -> [String] {
        messages.filter { !$0.isFromCustomer && (progress..<Progress.read).contains($0.progress) }.map(\.id)
    }

    private mutating func change(_ id: String, _ body: (inout Message) -> Bool) -> Message? {
        guard let index = messages.lastIndex(where: { $0.id == id }), body(&messages[index]) else { return nil }
        return messages[index]
    }
}
