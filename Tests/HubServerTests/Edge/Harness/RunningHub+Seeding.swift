import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

/// Ids of one tenant, one of each kind.
struct SeededIDs: Sendable {
    /// An outbound message that is uncertain.
    var message: String
    var conversation: String
    var contact: String
    var deadLetter: String
    /// A message that a person wrote.
    var inbound: String
    /// An upload.
    var media: String
    /// Media that could not be fetched.
    var failedMedia: String
    var template: String

    subscript(kind: String) -> String {
        switch kind {
        case "msg": message
        case "cnv": conversation
        case "ctc": contact
        case "inbound": inbound
        case "med": media
        case "failed": failedMedia
        case "tpl": template
        default: deadLetter
        }
    }
}

extension RunningHub {
    /// Gives a tenant one of everything.
    func seed(_ tenant: String, channel: String) async throws -> SeededIDs {
        let answer = try await send("lose", channel: channel, tenant: tenant)
        let message = try #require(answer.json["id"]?.string)
        try await waitForStatus("uncertain", of: message, tenant: tenant)
        let record = try #require(try await self.tenant(tenant).store.message(id: message))
        let inbound = try await receiveImage("broken", tenant: tenant)
        let failed = try #require(inbound["image"]?["id"]?.string)
        try await waitForMedia("failed", failed, tenant: tenant)
        let upload = try await self.upload(Array("Hello".utf8), kind: "document", tenant: tenant)
        let template = try #require(try await templates(tenant).first?["id"]?.string)
        return SeededIDs(
            message: message, conversation: record.conversationID, contact: record.contactID,
            deadLetter: try #require(try await bury(tenant, count: 1).first),
            inbound: try #require(inbound["id"]?.string), media: try #require(upload.json["id"]?.string),
            failedMedia: failed, template: template)
    }

    /// Gives up the delivery of the tenant's first events to a system that is not there; returns their ids, newest first.
    @discardableResult
    func bury(_ tenant: String, count: Int) async throws -> [String] {
        let store = try await self.tenant(tenant).store
        let events = try await store.events(after: 0, limit: count)
        let reason = FailureReason(code: "http_500", title: "The system answered 500")
        _ = try await store.subscription(system: "archive", settings: "")
        let failed = events.map { FailedDelivery(event: $0, attempts: 7, availableAt: hub.clock.now, failure: reason) }
        try await store.advance(system: "archive", to: events.last?.sequence ?? 0, failed: failed, at: hub.clock.now)
        // Each conversation's oldest is due alone: the next shows once that one is settled.
        while case let due = try await store.due(system: "archive", limit: 500, at: hub.clock.now), !due.isEmpty {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for delivery in due {
                    group.addTask { try await store.settle(delivery, .dead(reason), at: hub.clock.now) }
                }
                try await group.waitForAll()
            }
        }
        return try #require(try await store.deadLetters(after: nil, limit: 500)).elements.map(\.id)
    }
}

extension RunningHub {
    /// Has a picture come in on a tenant's desk, which fetches it as `fetch` says, and returns its message.
    func receiveImage(_ fetch: String, filename: String? = nil, tenant: String = "acme") async throws -> JSON {
        let id = "in:image:\(fetch)"
        var media: [JSON.Member] = [.init("id", .string(fetch)), .init("mime_type", "image/png")]
        if let filename { media.append(.init("filename", .string(filename))) }
        try await webhook(
            [
                "number": tenant == "acme" ? "102" : "202",
                "messages": [
                    [
                        "id": .string(id), "from": "+16505551234", "name": "Ada", "type": "image",
                        "media": .object(media),
                    ]
                ],
            ], to: "/webhooks/\(tenant)/\(Sample.desk(tenant))", secret: Sample.channelSecret)
        let event = try await event(of: tenant) { $0["data"]?["message"]?["provider_id"]?.string == id }
        return try #require(event["data"]?["message"])
    }

    /// Waits until media are stored or given up.
    func waitForMedia(_ state: String, _ id: String, tenant: String = "acme") async throws {
        _ = try await event(of: tenant) {
            $0["data"]?["media"]?["id"]?.string == id && $0["data"]?["media"]?["state"]?.string == state
        }
    }

    func upload(
        _ bytes: [UInt8], kind: String, type: String? = nil, query: String = "", headers: [(String, String)] = [],
        tenant: String = "acme", sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await call(
            .POST, "/api/v1/media?kind=\(kind)\(query)", key: Sample.key(tenant),
            headers: [("Content-Type", type ?? "application/octet-stream")] + headers, body: bytes,
            sourceLocation: sourceLocation)
    }

    /// The templates of a tenant's desk, once the hub has looked at them itself.
    func templates(_ tenant: String = "acme") async throws -> [JSON] {
        let path = "/api/v1/channels/\(Sample.desk(tenant))/templates"
        while true {
            let answer = try await get(path, key: Sample.key(tenant))
            if answer.json["synced_at"]?.string != nil { return answer.json["data"]?.elements ?? [] }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Lets a person write to a tenant's desk, which opens the window.
    func openWindow(from phone: String, tenant: String = "acme") async throws {
        try await webhook(
            [
                "number": tenant == "acme" ? "102" : "202",
                "messages": [["id": .string("in:\(phone)"), "from": .string(phone), "text": "Hello"]],
            ], to: "/webhooks/\(tenant)/\(Sample.desk(tenant))", secret: Sample.channelSecret)
    }
}
