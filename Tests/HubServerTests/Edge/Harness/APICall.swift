import AdapterKit
import HubCore
import NIOHTTP1
import Testing

/// One route of the API and a call of it that is right but for the id.
struct APICall: Sendable, CustomTestStringConvertible {
    var method: HTTPMethod
    var template: String
    var scope: APIScope
    /// What the id in the path is of, such as `msg`.
    var kind: String?
    var body: JSON?
    /// What the cursor `after` is of, where it is an id.
    var cursorKind: String?

    func path(_ id: String = "") -> String { template.replacing("{id}", with: id) }

    /// What the route needs besides a key.
    var headers: [(String, String)] { template == "/api/v1/messages" ? [("Idempotency-Key", "the-same-for-all")] : [] }

    var testDescription: String { "\(method) \(template)" }

    /// A well-formed id that nobody has.
    static func unknownID(_ kind: String) -> String { "\(kind)_00000000000000000000000000" }

    static let newMessage: JSON = [
        "channel": "support", "to": "+16505550100", "type": "text", "text": ["body": "Hello"],
    ]

    static let all = [
        APICall(method: .POST, template: "/api/v1/messages", scope: .messagesSend, body: newMessage),
        APICall(method: .GET, template: "/api/v1/messages/{id}", scope: .messagesRead, kind: "msg"),
        APICall(
            method: .POST, template: "/api/v1/messages/{id}/resolve", scope: .messagesSend, kind: "msg",
            body: ["as": "fail"]),
        APICall(method: .GET, template: "/api/v1/conversations", scope: .messagesRead, cursorKind: "cnv"),
        APICall(
            method: .GET, template: "/api/v1/conversations/{id}/messages", scope: .messagesRead, kind: "cnv",
            cursorKind: "msg"),
        APICall(method: .GET, template: "/api/v1/contacts", scope: .contactsRead, cursorKind: "ctc"),
        APICall(method: .GET, template: "/api/v1/events", scope: .eventsRead),
        APICall(method: .GET, template: "/api/v1/events/stream", scope: .eventsRead),
        APICall(method: .GET, template: "/api/v1/dead-letters", scope: .deliveriesManage, cursorKind: "dlv"),
        APICall(method: .POST, template: "/api/v1/dead-letters/{id}/replay", scope: .deliveriesManage, kind: "dlv"),
    ]
}
