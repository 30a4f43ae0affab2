import AdapterKit
import HubCore
import HubStore
import Testing

/// Ids of one tenant, one of each kind.
struct SeededIDs: Sendable {
    /// An outbound message that is uncertain.
    var message: String
    var conversation: String
    var contact: String
    var deadLetter: String

    subscript(kind: String) -> String {
        switch kind {
        case "msg": message
        case "cnv": conversation
        case "ctc": contact
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
        return SeededIDs(
            message: message, conversation: record.conversationID, contact: record.contactID,
            deadLetter: try #require(try await bury(tenant, count: 1).first))
    }

    /// Gives up the delivery of the tenant's first events to a system that is not there; returns their ids, newest first.
    @discardableResult
    func bury(_ tenant: String, count: Int) async throws -> [String] {
        let store = try self.tenant(tenant).store
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
