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
        case pending, sent, delivered, read, failed

        static func < (left: Progress, right: Progress) -> Bool { left.rawValue < right.rawValue }

        var name: String {
            switch self {
            case .pending: "pending"
            case .sent: "sent"
            case .delivered: "delivered"
            case .read: "read"
            case .failed: "failed"
            }
        }
    }

    struct Message: Sendable {
        let id: String
        let isFromCustomer: Bool
        let preview: MessagePreview
        /// Unix seconds.
        let time: Int
        var progress: Progress
        var reaction: String?
        /// Why it is pending or failed.
        var note: String?

        var json: JSON {
            [
                "id": JSON(id), "from_customer": .bool(isFromCustomer), "text": JSON(preview.text), "time": JSON(time),
                "progress": JSON(progress.name), "reaction": reaction.map { JSON($0) }, "note": note.map { JSON($0) },
                "buttons": preview.buttons.isEmpty
                    ? nil
                    : .array(
                        preview.buttons.map { ["id": JSON($0.id), "title": JSON($0.title), "row": .bool($0.isRow)] }),
            ]
        }
    }

    /// A thread keeps this many messages.
    static let limit = 300

    private(set) var messages: [Message] = []
    /// Unix seconds of the customer's newest message: it opens the customer service window.
    private(set) var lastInbound: Int?
    /// The profile name of the customer's newest message.
    var customerName: String?

    mutating func append(_ message: Message) {
        if messages.count == Self.limit { messages.removeFirst() }
        messages.append(message)
        if message.isFromCustomer { lastInbound = message.time }
    }

    func contains(_ id: String, fromCustomer: Bool) -> Bool {
        messages.contains { $0.id == id && $0.isFromCustomer == fromCustomer }
    }

    /// Moves a message forward, never back.
    /// - Returns: the message when it changed.
    mutating func advance(_ id: String, to progress: Progress, note: String? = nil) -> Message? {
        guard let index = messages.lastIndex(where: { $0.id == id }), messages[index].progress < progress else {
            return nil
        }
        messages[index].progress = progress
        messages[index].note = note
        return messages[index]
    }

    mutating func react(_ id: String, with emoji: String) -> Message? {
        guard let index = messages.lastIndex(where: { $0.id == id }) else { return nil }
        messages[index].reaction = emoji.isEmpty ? nil : emoji
        return messages[index]
    }

    mutating func annotate(_ id: String, _ note: String) -> Message? {
        guard let index = messages.lastIndex(where: { $0.id == id }), messages[index].progress == .pending else {
            return nil
        }
        messages[index].note = note
        return messages[index]
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
}
