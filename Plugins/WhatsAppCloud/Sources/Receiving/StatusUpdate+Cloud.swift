import AdapterKit

extension StatusUpdate {
    /// Reads an element of `statuses[]`.
    init(_ status: JSON, receivedAt: Timestamp) throws(ItemProblem) {
        guard let id = status["id"]?.identifier, !id.isEmpty, let word = status["status"]?.string, !word.isEmpty else {
            throw .statusWithoutID
        }
        self.init(
            providerID: id, status: Self.status(word), providerStatus: word,
            participant: (status["recipient_participant_id"] ?? status["recipient_participant_user_id"])?.identifier,
            correlation: status["biz_opaque_callback_data"]?.string,
            failure: (status["errors"]?.elements.first).map { GraphError($0).reason },
            occurredAt: Timestamp(unixTime: status["timestamp"], receivedAt: receivedAt), raw: status)
    }

    private static func status(_ word: String) -> Status? {
        switch word {
        case "sent": .sent
        case "delivered": .delivered
        // Who played a voice message has seen it; the provider's word is kept beside.
        case "read", "played": .read
        case "failed": .failed
        default: nil
        }
    }
}
