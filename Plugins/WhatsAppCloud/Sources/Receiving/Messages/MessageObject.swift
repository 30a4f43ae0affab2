import AdapterKit

/// An element of `messages[]`, of `message_echoes[]` or of a thread of `history[]`. Its members are walked once: this is
/// the path of nearly every webhook.
struct MessageObject {
    /// The object, whole.
    let raw: JSON
    private(set) var id = ""
    private(set) var type = "unknown"
    private(set) var from = PersonIDs()
    private(set) var to = PersonIDs()
    private(set) var timestamp: JSON?
    private(set) var text: JSON?
    private(set) var groupID: String?
    private(set) var context: JSON?
    private(set) var referral: JSON?
    private(set) var errors: [JSON] = []

    init(_ raw: JSON) {
        self.raw = raw
        guard case .object(let members) = raw else { return }
        for member in members {
            switch member.name {
            case "id": id = member.value.identifier ?? ""
            case "type": type = member.value.string ?? "unknown"
            case "from": from.phone = member.value.identifier
            case "timestamp": timestamp = member.value
            case "text": text = member.value
            case "context": context = member.value
            case "errors": errors = member.value.elements
            case "referral": referral = member.value
            case "group_id": groupID = member.value.string
            case "from_user_id": from.userID = member.value.identifier
            case "from_parent_user_id": from.parentUserID = member.value.identifier
            case "to": to.phone = member.value.identifier
            case "to_user_id": to.userID = member.value.identifier
            case "to_parent_user_id": to.parentUserID = member.value.identifier
            default: break
            }
        }
    }

    /// The object of the message's type.
    var body: JSON? { raw[type] }

    var group: ContactIdentity? { ContactIdentity(.whatsappGroup, cloud: groupID) }

    func sentAt(_ receivedAt: Timestamp) -> Timestamp { Timestamp(unixTime: timestamp, receivedAt: receivedAt) }
}
