import AdapterKit
import Testing

@testable import HubStore

struct ContactRecordTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func contact(_ phone: String = "+16505551234", channel: String = "support") async throws -> String {
        let message = InboundMessage.text("\(phone) \(channel)", from: [ContactIdentity(.phone, phone)])
        try await store.ingest([.message(message)], channel: channel, at: now)
        return try #require(try await store.contact(byPhone: phone)).id
    }

    private func record(_ contact: String, _ id: String = "1", system: String = "shop", email: String? = nil)
        -> NewContactRecord
    {
        NewContactRecord(
            contact: contact, system: system, externalID: id, email: email, data: ["name": .string("#\(id)")])
    }

    @Test func aRecordIsKeptAndReplaced() async throws {
        let ada = try await contact()
        #expect(try await store.attach(record(ada), at: now))
        #expect(try await store.attach(record(ada, "2"), at: now))
        var changed = record(ada)
        changed.data = ["name": "changed"]
        #expect(try await store.attach(changed, at: now + .seconds(1)))
        #expect(
            try await store.records(of: ada) == [
                ContactRecordEntry(
                    contactID: ada, system: "shop", externalID: "1", data: ["name": "changed"],
                    updatedAt: now + .seconds(1)),
                ContactRecordEntry(
                    contactID: ada, system: "shop", externalID: "2", data: ["name": "#2"], updatedAt: now),
            ])
        #expect(try await !store.attach(record("ctc_junk"), at: now))
    }

    @Test func aRecordMovesWithItsCustomer() async throws {
        let ada = try await contact()
        let grace = try await contact("+16505550000")
        try await store.attach(record(ada), at: now)
        try await store.attach(record(grace), at: now)
        #expect(try await store.records(of: ada).isEmpty)
        #expect(try await store.records(of: grace).map(\.data) == [["name": "#1"]])
    }

    @Test func recordsAreForgotten() async throws {
        let ada = try await contact()
        for system in ["shop", "crm"] {
            for id in ["1", "2"] { try await store.attach(record(ada, id, system: system), at: now) }
        }
        #expect(try await store.detach(system: "shop", externalID: "1"))
        #expect(try await !store.detach(system: "shop", externalID: "1"))
        #expect(try await store.detachAll(system: "crm") == 2)
        #expect(try await store.records(of: ada).map(\.externalID) == ["2"])
    }

    @Test func aContactIsFoundByPhoneAndByTheEmailThatASystemKnows() async throws {
        let ada = try await contact()
        let grace = try await contact("+16505550000")
        #expect(try await store.contact(byPhone: "+16505559999") == nil)
        #expect(try await store.contact(byEmail: "ada@example.com") == nil)
        try await store.attach(record(ada, email: "Ada@Example.com"), at: now)
        try await store.attach(record(ada, "2", email: "ada@example.com"), at: now)
        #expect(try await store.contact(byEmail: "ada@example.COM")?.id == ada)
        // Whose it is when two have it, nobody knows.
        try await store.attach(record(grace, "3", email: "ada@example.com"), at: now)
        #expect(try await store.contact(byEmail: "ada@example.com") == nil)
    }

    @Test func anOrderIsToldInTheConversationThatThePersonWroteInLast() async throws {
        let ada = try await contact(channel: "sales")
        _ = try await contact(channel: "support")
        let more = InboundMessage.text("more", from: [ContactIdentity(.phone, "+16505551234")])
        try await store.ingest([.message(more)], channel: "sales", at: now + .seconds(1))
        let order = OrderUpdate(contact: ada, system: "shop", order: ["name": "#1"], occurredAt: now)
        #expect(try await store.tell(order))
        let event = try #require(try await store.events(after: 0, limit: 100).last)
        #expect(event.type == .orderUpdated && event.channel == "sales" && event.conversation != nil)
        let data = try #require(try await store.log().last?.data)
        #expect(data["order"]?["name"] == "#1" && data["contact_id"]?.string == ada && data["system"] == "shop")
        let nobody = OrderUpdate(contact: "ctc_junk", system: "shop", order: .null, occurredAt: now)
        #expect(try await !store.tell(nobody))
    }

    @Test func aProvidersEventAttachesAndTellsOnce() async throws {
        let ada = try await contact()
        let effects: [ProviderEventEffect] = [
            .attach(record(ada)),
            .tell(OrderUpdate(contact: ada, system: "shop", order: ["name": "#1"], occurredAt: now)),
        ]
        let before = try await store.lastSequence()
        #expect(try await store.apply(effects, connection: "shop", key: "webhook-1", at: now).records == 1)
        #expect(try await !store.apply(effects, connection: "shop", key: "webhook-1", at: now).isNew)
        #expect(try await store.lastSequence() == before + 1)
        let redacted = try await store.apply([.detachAll(system: "shop")], connection: "shop", key: "2", at: now)
        #expect(redacted.records == 1)
        #expect(try await store.records(of: ada).isEmpty)
    }

    @Test func whatIsKnownOfWhoIsErasedDoesNotOpen() async throws {
        let ada = try await contact()
        try await store.attach(record(ada), at: now)
        await store.close()
        try stores.tamper(stores.keysPath(), "DELETE FROM contact_keys")
        let error = await #expect(throws: StoreError.self) { try await store.records(of: ada) }
        #expect(error?.code == .unsealable)
    }
}
