import AdapterKit

extension InboundMessage {
    /// Reads an element of `messages[]`. Text is modelled; of every other type the name and the whole object are kept.
    init(_ message: JSON, senders: SenderDirectory, receivedAt: Timestamp) throws(ItemProblem) {
        guard let id = message["id"]?.identifier, !id.isEmpty else { throw .messageWithoutID }
        let (identities, contact) = senders.sender(of: message)
        guard !identities.isEmpty else { throw .messageWithoutSender }
        self.init(
            providerID: id, sender: identities, profileName: contact?["profile"]?["name"]?.string,
            content: Self.content(of: message),
            sentAt: Timestamp(unixTime: message["timestamp"], receivedAt: receivedAt), raw: message)
    }

    private static func content(of message: JSON) -> MessageContent {
        let type = message["type"]?.string ?? "unknown"
        if type == "text", let body = message["text"]?["body"]?.string { return .text(.init(body: body)) }
        return .unsupported(type: type)
    }
}
