import AdapterKit
import Testing

@testable import HubStore

struct ContactTests {
    private let phone = ContactIdentity(.phone, "+16505551234")
    private let otherPhone = ContactIdentity(.phone, "+16505550000")
    private let userID = ContactIdentity(.whatsappUserID, "US.13491208655302741918")
    private let otherUserID = ContactIdentity(.whatsappUserID, "US.99999999999999999999")
    private let store: TenantStore
    private let stores: Stores

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func write(_ id: String, _ sender: [ContactIdentity], name: String? = "Sheena", after seconds: Int64 = 0)
        async throws
    {
        try await store.ingest(
            [.message(.text(id, from: sender, name: name))], channel: "support", at: Stores.now + .seconds(seconds))
    }

    /// Identities of every contact, the oldest contact first.
    private func identities() async throws -> [Set<ContactIdentity>] {
        try await store.contacts(after: nil, limit: 100)?.elements.reversed().map { Set($0.identities) } ?? []
    }

    @Test func aPhoneThatComesWithAUserIDLaterIsTheSameContact() async throws {
        try await write("A", [phone])
        try await write("B", [userID, phone], after: 60)
        try await write("C", [userID])
        #expect(try await identities() == [[phone, userID]])
        #expect(
            try await store.log().map(\.type) == [
                .messageReceived, .contactUpdated, .messageReceived, .messageReceived,
            ])
        let contact = try #require(try await store.contacts(after: nil, limit: 1)?.elements.first)
        #expect(contact.updatedAt == Stores.now + .seconds(60))
        #expect(try await store.log()[1].data["contact"] == contact.json)
    }

    @Test func aUserIDAloneIsAContact() async throws {
        try await write("A", [userID])
        try await write("B", [userID])
        try await write("C", [userID, phone])
        #expect(try await identities() == [[userID, phone]])
    }

    @Test func anIdentityOfAnotherContactStaysThere() async throws {
        try await write("A", [userID])
        try await write("B", [phone])
        try await write("C", [userID, phone])
        #expect(try await identities() == [[userID], [phone]])
        #expect(try await store.conversations(after: nil, limit: 10)?.elements.count == 2)
    }

    @Test func aPhoneThatPassedToSomeoneElseDoesNotJoinTwoPeople() async throws {
        try await write("A", [userID, phone], name: "Sheena")
        try await write("B", [otherUserID, phone], name: "Pablo")
        #expect(try await identities() == [[userID, phone], [otherUserID]])
        let names = try await store.contacts(after: nil, limit: 10)?.elements.map(\.name)
        #expect(names == ["Pablo", "Sheena"])
    }

    @Test func oneIdentityTwiceInAMessageIsOne() async throws {
        try await write("A", [phone, phone])
        #expect(try await identities() == [[phone]])
    }

    @Test func aNewNameIsToldOnceAndNoNameForgetsNothing() async throws {
        try await write("A", [phone], name: "Sheena")
        try await write("B", [phone], name: "Sheena")
        try await write("C", [phone], name: nil)
        try await write("D", [phone], name: "")
        #expect(try await store.log().count { $0.type == .contactUpdated } == 0)
        try await write("E", [phone], name: "Dr. Sheena")
        let updates = try await store.log().filter { $0.type == .contactUpdated }
        #expect(updates.map { $0.data["contact"]?["name"] } == ["Dr. Sheena"])
        let names = try await store.log().compactMap { $0.data["contact"]?["name"]?.string }
        #expect(names == ["Sheena", "Sheena", "Sheena", "Sheena", "Dr. Sheena", "Dr. Sheena"])
    }

    @Test func aMessageThatWeSendFindsTheContactThatWrote() async throws {
        try await write("A", [userID, phone])
        _ = try await store.enqueue(.text(key: "1"), at: Stores.now)
        let leased = try await store.lease(channel: "support", limit: 1, at: Stores.now)
        #expect(leased.first.map { Set($0.message.recipient) } == [userID, phone])
        #expect(try await store.conversations(after: nil, limit: 10)?.elements.count == 1)
    }

    @Test func twoTenantsNeverShareAContact() async throws {
        try await write("A", [phone])
        let other = stores.open("globex")
        #expect(try await other.contacts(after: nil, limit: 10)?.elements.isEmpty == true)
        try await other.ingest([.message(.text("A", from: [phone]))], channel: "support", at: Stores.now)
        let mine = try #require(try await store.contacts(after: nil, limit: 10)?.elements.first?.id)
        let theirs = try #require(try await other.contacts(after: nil, limit: 10)?.elements.first?.id)
        #expect(mine != theirs)
        let lookups = try [stores.storePath(), stores.storePath("globex")].map { path in
            try stores.bytes(path, "SELECT lookup FROM contact_identities")
        }
        #expect(lookups[0].count == 1 && lookups[0] != lookups[1])
    }
}
