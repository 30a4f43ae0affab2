import AdapterKit

@testable import HubStore

extension InboundMessage {
    static func text(
        _ id: String, from sender: [ContactIdentity] = [ContactIdentity(.phone, "+16505551234")],
        name: String? = "Sheena Nelson", body: String = "hello"
    ) -> InboundMessage {
        InboundMessage(
            providerID: id, sender: sender, profileName: name, content: .text(.init(body: body)), sentAt: Stores.now,
            raw: ["id": .string(id), "type": "text", "text": ["body": .string(body)]])
    }
}

extension StatusUpdate {
    static func of(
        _ id: String, _ status: Status?, word: String? = nil, correlation: String? = nil, failure: FailureReason? = nil,
        at seconds: Int64 = 0
    ) -> StatusUpdate {
        let word = word ?? status?.rawValue ?? "warned"
        return StatusUpdate(
            providerID: id, status: status, providerStatus: word, correlation: correlation, failure: failure,
            occurredAt: Stores.now + .seconds(seconds), raw: ["id": .string(id), "status": .string(word)])
    }
}

extension NewMessage {
    static func text(
        _ body: String = "hi", to phone: String = "+16505551234", channel: String = "support", key: String
    ) -> NewMessage {
        NewMessage(
            channel: channel, recipient: .phone(phone), content: .text(.init(body: body)), idempotencyKey: key,
            request: Array("\(channel) \(phone) \(body)".utf8))
    }
}

extension EnqueueOutcome {
    var queuedID: String? { if case .queued(let id) = self { id } else { nil } }
}

extension TenantStore {
    /// On a channel without a window.
    @discardableResult
    func ingest(_ updates: [InboundUpdate], channel: String, at now: Timestamp) async throws -> IngestSummary {
        try await ingest(updates, channel: StoreChannel(channel, account: "account"), at: now)
    }

    /// On a channel without rules.
    func enqueue(_ message: NewMessage, at now: Timestamp) async throws -> EnqueueOutcome {
        try await enqueue(
            message, checks: SendChecks(channel: StoreChannel(message.channel, account: "account")), at: now)
    }

    /// The log from its start.
    func log() async throws -> [(type: EventType, data: JSON)] {
        try await events(after: 0, limit: 10_000).map { ($0.type, try JSON.parse($0.body)["data"] ?? .null) }
    }

    /// Queues a text, leases it and has the provider take it under an id. Returns our id.
    func sent(_ providerID: String, key: String, phone: String = "+16505551234") async throws -> String {
        let id = try await enqueue(.text(to: phone, key: key), at: Stores.now).queuedID ?? ""
        let leased = try await lease(channel: "support", limit: 100, at: Stores.now)
        for message in leased where message.message.id == id {
            try await settle(message, .accepted(Acceptance(providerID: providerID)), at: Stores.now)
        }
        return id
    }

    func status(_ id: String) async throws -> MessageStatus? { try await message(id: id)?.status }
}
