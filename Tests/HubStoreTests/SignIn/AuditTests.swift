import AdapterKit
import Testing

@testable import HubStore

struct AuditTests {
    private let stores: Stores
    private let store: TenantStore

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func event(_ number: Int) -> AuditEvent {
        AuditEvent(kind: "sign_in.refused", requestID: "\(number)", occurredAt: Stores.now + .seconds(number))
    }

    @Test func anEntryIsReadAsItWasWritten() async throws {
        let ada = try await store.added().person.id
        let event = AuditEvent(
            kind: "sign_in.refused", reason: "state_replayed", connection: "google", personID: ada, actorID: "operator",
            requestID: "req", occurredAt: Stores.now)
        try await store.appendAudit(event)
        #expect(try await store.auditEntries(after: nil, limit: 10)?.elements.map(\.event) == [event])
        // Of somebody who is gone it still says that it was the same one.
        _ = try await store.removePerson(ada, at: Stores.now)
        #expect(try await store.auditEntries(after: nil, limit: 10)?.elements.first?.event.personID == ada)
    }

    @Test func entriesArePagedTheNewestFirst() async throws {
        for number in 1...5 { try await store.appendAudit(event(number)) }
        let first = try #require(try await store.auditEntries(after: nil, limit: 3))
        #expect(first.elements.map(\.event.requestID) == ["5", "4", "3"])
        let second = try #require(try await store.auditEntries(after: first.next, limit: 3))
        #expect(second.elements.map(\.event.requestID) == ["2", "1"] && second.next == nil)
    }

    @Test func theOldestEntriesGo() async throws {
        try await store.write { context in
            for number in 1...25 { try context.append(event(number), keeping: 10) }
        }
        let kept = try #require(try await store.auditEntries(after: nil, limit: 100)).elements
        #expect(kept.map(\.event.requestID) == (16...25).reversed().map(String.init))
        #expect(TenantStore.auditLimit == 100_000)
    }

    @Test func aThousandAtOnceAreAllKept() async throws {
        _ = try await atOnce(1000) { [self] number in try await store.appendAudit(event(number)) }
        let kept = try #require(try await store.auditEntries(after: nil, limit: 2000)).elements
        #expect(Set(kept.map(\.event.requestID)).count == 1000)
    }
}
