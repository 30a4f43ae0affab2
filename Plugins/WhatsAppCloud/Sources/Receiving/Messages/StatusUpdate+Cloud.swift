import AdapterKit

/// An element of `statuses[]`, its members walked once.
struct StatusObject {
    /// The object, whole.
    let raw: JSON
    private(set) var id = ""
    private(set) var word = ""
    private(set) var recipient = PersonIDs()
    private(set) var timestamp: JSON?
    private(set) var correlation: String?
    private(set) var participant: String?
    private(set) var isOfGroup = false
    private(set) var isOfCall = false
    private(set) var pricing: JSON?
    private(set) var conversation: JSON?
    private(set) var error: JSON?

    init(_ raw: JSON) {
        self.raw = raw
        guard case .object(let members) = raw else { return }
        var participantUserID: String?
        for member in members {
            switch member.name {
            case "id": id = member.value.identifier ?? ""
            case "status": word = member.value.string ?? ""
            case "timestamp": timestamp = member.value
            case "recipient_id": recipient.phone = member.value.identifier
            case "recipient_user_id": recipient.userID = member.value.identifier
            case "recipient_parent_user_id": recipient.parentUserID = member.value.identifier
            case "recipient_type": isOfGroup = member.value.string == "group"
            case "recipient_participant_id": participant = member.value.identifier
            case "recipient_participant_user_id": participantUserID = member.value.identifier
            case "biz_opaque_callback_data": correlation = member.value.string
            case "pricing": pricing = member.value
            case "conversation": conversation = member.value
            case "errors": error = member.value.elements.first
            case "type": isOfCall = member.value.string == "call"
            default: break
            }
        }
        participant = participant ?? participantUserID
    }
}

extension StatusUpdate {
    init(_ status: StatusObject, people: PersonDirectory, isOnly: Bool, receivedAt: Timestamp) throws(ItemProblem) {
        guard !status.id.isEmpty, !status.word.isEmpty else { throw .statusWithoutID }
        // A group's participants are people of their own: their names must not become the group's.
        let recipient =
            status.isOfGroup
            ? [ContactIdentity(.whatsappGroup, cloud: status.recipient.phone)].compactMap(\.self)
            : people.person(status.recipient, isOnly: isOnly).identities
        self.init(
            providerID: status.id, status: Self.status(status.word), providerStatus: status.word,
            participant: status.participant, recipient: recipient, correlation: status.correlation,
            failure: status.error.map { GraphError($0).reason }, pricing: Self.pricing(status.pricing),
            freeEntryUntil: Self.freeEntry(status.conversation),
            occurredAt: Timestamp(unixTime: status.timestamp, receivedAt: receivedAt), raw: status.raw)
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

    private static func pricing(_ pricing: JSON?) -> Pricing? {
        guard let pricing, case .object = pricing else { return nil }
        return Pricing(
            model: pricing["pricing_model"]?.string, type: pricing["type"]?.string,
            category: pricing["category"]?.string)
    }

    /// Only a person who came by an advertisement has such an end of the conversation; it is said with `sent` alone.
    private static func freeEntry(_ conversation: JSON?) -> Timestamp? {
        guard conversation?["origin"]?["type"]?.string == "referral_conversion" else { return nil }
        return Timestamp(conversation?["expiration_timestamp"])
    }
}
