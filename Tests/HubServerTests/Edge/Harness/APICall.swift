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
    /// Which of the seeded ids is a good one for it; by default the one of its kind.
    var seed: String?
    var body: JSON?
    /// What the cursor `after` is of, where it is an id.
    var cursorKind: String?

    func path(_ id: String = "", tenant: String = "acme") -> String {
        template.replacing("{id}", with: id).replacing("{name}", with: Sample.desk(tenant))
            .replacing("{operation}", with: "echo") + (template == "/api/v1/media" ? "?kind=document" : "")
    }

    /// The body, which may name a channel.
    func bytes(tenant: String = "acme") -> [UInt8]? {
        guard let body else { return nil }
        return body["channel"] == "desk" ? JSON.object(["channel": .string(Sample.desk(tenant))]).encoded : body.encoded
    }

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
        APICall(
            method: .POST, template: "/api/v1/messages/{id}/read", scope: .messagesSend, kind: "msg", seed: "inbound"),
        APICall(method: .POST, template: "/api/v1/media", scope: .messagesSend, body: ["a": "file"]),
        APICall(method: .GET, template: "/api/v1/media/{id}", scope: .messagesRead, kind: "med"),
        APICall(method: .HEAD, template: "/api/v1/media/{id}", scope: .messagesRead, kind: "med"),
        APICall(method: .GET, template: "/api/v1/media/{id}/metadata", scope: .messagesRead, kind: "med"),
        APICall(
            method: .POST, template: "/api/v1/media/{id}/retry", scope: .messagesSend, kind: "med", seed: "failed"),
        APICall(method: .GET, template: "/api/v1/conversations", scope: .messagesRead, cursorKind: "cnv"),
        APICall(
            method: .GET, template: "/api/v1/conversations/{id}/messages", scope: .messagesRead, kind: "cnv",
            cursorKind: "msg"),
        APICall(method: .GET, template: "/api/v1/contacts", scope: .contactsRead, cursorKind: "ctc"),
        APICall(method: .GET, template: "/api/v1/contacts/{id}", scope: .contactsRead, kind: "ctc"),
        APICall(
            method: .POST, template: "/api/v1/contacts/{id}/block", scope: .channelsManage, kind: "ctc",
            body: ["channel": "desk"]),
        APICall(
            method: .POST, template: "/api/v1/contacts/{id}/unblock", scope: .channelsManage, kind: "ctc",
            body: ["channel": "desk"]),
        APICall(method: .GET, template: "/api/v1/channels", scope: .channelsRead),
        APICall(method: .GET, template: "/api/v1/channels/{name}", scope: .channelsRead),
        APICall(method: .POST, template: "/api/v1/channels/{name}/resume", scope: .channelsManage),
        APICall(method: .POST, template: "/api/v1/channels/{name}/probe", scope: .channelsManage),
        APICall(method: .GET, template: "/api/v1/channels/{name}/operations", scope: .channelsRead),
        APICall(
            method: .POST, template: "/api/v1/channels/{name}/operations/{operation}", scope: .channelsManage,
            body: ["word": "hello", "pin": "123456"]),
        APICall(
            method: .GET, template: "/api/v1/channels/{name}/templates", scope: .channelsRead, cursorKind: "tpl"),
        APICall(
            method: .POST, template: "/api/v1/channels/{name}/templates", scope: .channelsManage,
            body: ["name": "made_by_a_call", "language": "en_US"]),
        APICall(method: .POST, template: "/api/v1/channels/{name}/templates/sync", scope: .channelsManage),
        APICall(
            method: .GET, template: "/api/v1/channels/{name}/templates/{id}", scope: .channelsRead, kind: "tpl"),
        APICall(
            method: .POST, template: "/api/v1/channels/{name}/templates/{id}", scope: .channelsManage, kind: "tpl",
            body: ["category": "UTILITY"]),
        // The last that asks for a template.
        APICall(
            method: .DELETE, template: "/api/v1/channels/{name}/templates/{id}", scope: .channelsManage, kind: "tpl"),
        APICall(method: .GET, template: "/api/v1/events", scope: .eventsRead),
        APICall(method: .GET, template: "/api/v1/events/stream", scope: .eventsRead),
        APICall(method: .GET, template: "/api/v1/dead-letters", scope: .deliveriesManage, cursorKind: "dlv"),
        APICall(method: .POST, template: "/api/v1/dead-letters/{id}/replay", scope: .deliveriesManage, kind: "dlv"),
    ]
}
