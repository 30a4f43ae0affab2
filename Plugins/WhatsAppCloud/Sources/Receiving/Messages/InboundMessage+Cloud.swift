import AdapterKit

extension InboundMessage {
    /// How long Meta has media that came in.
    private static let mediaLifetime = Duration.seconds(7 * 86_400)

    /// - Parameters:
    ///   - person: Who wrote it, or whom the business wrote it to.
    ///   - reason: Why Meta left out the content, where that stands beside the message.
    init(
        _ message: MessageObject, of person: Person, origin: Origin = .person, reason: FailureReason? = nil,
        receivedAt: Timestamp
    ) throws(ItemProblem) {
        guard !message.id.isEmpty else { throw .messageWithoutID }
        guard !person.identities.isEmpty else { throw .messageWithoutSender }
        let sentAt = message.sentAt(receivedAt)
        let content = message.content(reason: reason)
        // What comes with the history is older than that, and was given its id now.
        let isFresh = origin == .person || origin == .businessApp
        self.init(
            providerID: message.id, sender: person.identities, profileName: person.profileName,
            username: person.username, origin: origin, group: message.group, content: content,
            media: message.media(expiresAt: (isFresh ? sentAt : receivedAt) + Self.mediaLifetime),
            details: MessageDetails(message), opensWindow: origin == .person && Self.opensWindow(content),
            sentAt: sentAt, raw: message.raw)
    }

    /// Meta counts 24 hours from each message of the person, and does not say whether a reaction or a greeting is one: of
    /// those it is the judge, as a refusal comes back in plain words, while a window that we closed cannot be used.
    /// What the app tells of a person is none, nor is what they change or take back: a message may be taken back for two
    /// days, and would reopen a window that is long closed.
    private static func opensWindow(_ content: MessageContent) -> Bool {
        switch content {
        case .system, .edit, .revoke: false
        case .unsupported(let unsupported):
            !["edit", "revoke", "system"].contains(unsupported.original ?? unsupported.type)
        default: true
        }
    }
}
