import AdapterKit
import Synchronization
import Testing

@testable import HubStore

struct APIKeyTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func issue(_ name: String, _ token: String, by person: String) async throws -> APIKeyRecord? {
        try await store.issueKey(
            name: name, scopes: ["messages.send", "events.read"], token: Secret(token), by: person, at: now)
    }

    @Test func aKeyIsFoundByItsTokenUntilItIsRevoked() async throws {
        let ada = try await store.added().person.id
        let key = try #require(try await issue("crm", "k", by: ada))
        #expect(key.scopes == ["messages.send", "events.read"] && key.createdBy == ada)
        #expect(try await store.key(token: Secret("k")) == key)
        #expect(try await store.key(token: Secret(key.id)) == nil)
        #expect(try await store.revokeKey(key.id, at: now))
        #expect(try await !store.revokeKey(key.id, at: now))
        #expect(try await store.key(token: Secret("k")) == nil)
        #expect(try await store.keys().map(\.revokedAt) == [now])
    }

    @Test func onlyTheTenantsPeopleIssueKeys() async throws {
        let elsewhere = try await stores.open("globex").added().person.id
        #expect(try await issue("crm", "k", by: elsewhere) == nil)
        #expect(try await store.keys().isEmpty)
    }

    @Test func aUseIsWrittenOnceAMinute() async throws {
        let ada = try await store.added().person.id
        let key = try #require(try await issue("crm", "k", by: ada))
        let before = stores.commits.withLock { $0.count }
        for second in 0..<60 { try await store.touchKey(key.id, at: now + .seconds(second)) }
        #expect(stores.commits.withLock { $0.count } == before + 1)
        #expect(try await store.keys().first?.lastUsedAt == now)
        try await store.touchKey(key.id, at: now + .seconds(60))
        #expect(try await store.keys().first?.lastUsedAt == now + .seconds(60))
        try await store.touchKey("key_junk", at: now)
    }

    @Test func keysAreListedTheNewestFirst() async throws {
        let ada = try await store.added().person.id
        for name in ["a", "b", "c"] { _ = try await issue(name, name, by: ada) }
        #expect(try await store.keys().map(\.name) == ["c", "b", "a"])
    }
}
