import AdapterKit
import Testing

@testable import HubStore

struct DeliveryTests {
    private let reason = FailureReason(code: "http_500", title: "The system answered 500")
    private let store: TenantStore
    private let stores: Stores

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func subscribe(_ settings: String = "one") async throws -> Subscription {
        try await store.subscription(system: "crm", settings: settings)
    }

    /// One message of each of some people, by the last digit of their phone number.
    private func receive(_ digits: String) async throws {
        for digit in digits {
            let count = try await store.lastSequence()
            let sender = [ContactIdentity(.phone, "+1650555000\(digit)")]
            try await store.ingest(
                [.message(.text("wamid.\(count)", from: sender, name: nil))], channel: "support", at: Stores.now)
        }
    }

    private func failed(_ event: EventRecord, after seconds: Int64 = 0, attempts: Int = 1) -> FailedDelivery {
        FailedDelivery(
            event: event, attempts: attempts, availableAt: Stores.now + .seconds(seconds),
            failure: attempts > 0 ? reason : nil)
    }

    private func due(after seconds: Int64 = 0) async throws -> [Int64] {
        try await store.due(system: "crm", limit: 100, at: Stores.now + .seconds(seconds)).map(\.event.sequence)
    }

    @Test func aNewSystemStartsAtTheEndOfTheLog() async throws {
        try await receive("12")
        #expect(try await subscribe() == Subscription(cursor: 2, isDisabled: false))
        try await receive("3")
        #expect(try await subscribe() == Subscription(cursor: 2, isDisabled: false))
        #expect(try await store.window(system: "crm", after: 2, limit: 10).events.map(\.sequence) == [3])
    }

    @Test func theCursorAndWhatFailedAreCommittedTogether() async throws {
        _ = try await subscribe()
        try await receive("12")
        let events = try await store.events(after: 0, limit: 10)
        var broken = failed(events[1])
        broken.sequence = 99
        let impossible = broken
        await #expect(throws: (any Error).self) {
            try await store.advance(system: "crm", to: 2, failed: [failed(events[0]), impossible], at: Stores.now)
        }
        #expect(try await subscribe().cursor == 0)
        #expect(try await due().isEmpty)
        try await store.advance(system: "crm", to: 2, failed: [failed(events[0])], at: Stores.now)
        #expect(try await subscribe().cursor == 2)
        #expect(try await due() == [1])
    }

    @Test func onlyTheHeadOfEachConversationIsDue() async throws {
        _ = try await subscribe()
        try await receive("1121")
        let events = try await store.events(after: 0, limit: 10)
        try await store.advance(
            system: "crm", to: 4,
            failed: [
                failed(events[0], after: 30), failed(events[1], attempts: 0), failed(events[2], after: 10),
                failed(events[3], attempts: 0),
            ], at: Stores.now)
        #expect(try await due().isEmpty)
        #expect(try await store.nextDelivery(system: "crm") == Stores.now + .seconds(10))
        #expect(try await due(after: 10) == [3])
        #expect(try await due(after: 30) == [1, 3])
        let blocked = try await store.window(system: "crm", after: 4, limit: 10).blocked
        #expect(blocked == Set(events.compactMap(\.conversation)))

        let first = try await store.due(system: "crm", limit: 1, at: Stores.now + .seconds(30))
        #expect(first.map(\.attempts) == [1])
        try await store.settle(try #require(first.first), .delivered, at: Stores.now)
        #expect(try await due(after: 30) == [2, 3])
    }

    @Test func aDeliveryThatFailsAgainWaitsAndCounts() async throws {
        _ = try await subscribe()
        try await receive("1")
        let event = try #require(try await store.events(after: 0, limit: 1).first)
        try await store.advance(system: "crm", to: 1, failed: [failed(event)], at: Stores.now)
        let delivery = try #require(try await store.due(system: "crm", limit: 1, at: Stores.now).first)
        #expect(delivery.event.id == event.id && delivery.event.body == event.body)
        try await store.settle(delivery, .again(at: Stores.now + .seconds(60), reason, counts: true), at: Stores.now)
        #expect(try await due(after: 59).isEmpty)
        let again = try #require(try await store.due(system: "crm", limit: 1, at: Stores.now + .seconds(60)).first)
        #expect(again.attempts == 2)
        try await store.settle(again, .again(at: Stores.now, reason, counts: false), at: Stores.now)
        #expect(try await store.due(system: "crm", limit: 1, at: Stores.now).first?.attempts == 2)
    }

    @Test func aDeadLetterLetsTheNextOneGoAndCanBeReplayed() async throws {
        _ = try await subscribe()
        try await receive("11")
        let events = try await store.events(after: 0, limit: 10)
        try await store.advance(
            system: "crm", to: 2, failed: [failed(events[0], attempts: 7), failed(events[1], attempts: 0)],
            at: Stores.now)
        let delivery = try #require(try await store.due(system: "crm", limit: 1, at: Stores.now).first)
        try await store.settle(delivery, .dead(reason), at: Stores.now + .seconds(5))
        #expect(try await due() == [2])

        let letters = try #require(try await store.deadLetters(after: nil, limit: 10))
        let letter = try #require(letters.elements.first)
        #expect(letters.elements.count == 1 && letters.next == nil)
        #expect(letter.system == "crm" && letter.attempts == 8 && letter.failure == reason)
        #expect(letter.deadAt == Stores.now + .seconds(5))
        #expect(letter.json["event"] == (try JSON.parse(events[0].body)))

        #expect(try await stores.open("globex").replay(deadLetter: letter.id, at: Stores.now) == nil)
        #expect(try await store.replay(deadLetter: "dlv_junk", at: Stores.now) == nil)
        #expect(try await store.replay(deadLetter: letter.id, at: Stores.now) == "crm")
        #expect(try await store.replay(deadLetter: letter.id, at: Stores.now) == nil)
        #expect(try await due() == [1])
        #expect(try await store.due(system: "crm", limit: 1, at: Stores.now).first?.attempts == 0)
        #expect(try await store.deadLetters(after: nil, limit: 10)?.elements.isEmpty == true)
    }

    @Test func aSystemThatIsSwitchedOffSaysSoOnceAndNewSettingsSwitchItOn() async throws {
        try await receive("1")
        _ = try await subscribe()
        try await store.disable(system: "crm", at: Stores.now)
        try await store.disable(system: "crm", at: Stores.now)
        try await store.disable(system: "unknown", at: Stores.now)
        let alerts = try await store.log().filter { $0.type == .systemAlert }
        #expect(alerts.map { $0.data["system"] } == ["crm"])
        #expect(try await subscribe() == Subscription(cursor: 1, isDisabled: true))
        #expect(try await subscribe("two") == Subscription(cursor: 1, isDisabled: false))
        #expect(try await subscribe("two").isDisabled == false)
    }

    @Test func systemsDoNotSeeEachOthersDeliveries() async throws {
        _ = try await subscribe()
        _ = try await store.subscription(system: "erp", settings: "")
        try await receive("1")
        let event = try #require(try await store.events(after: 0, limit: 1).first)
        try await store.advance(system: "crm", to: 1, failed: [failed(event)], at: Stores.now)
        #expect(try await store.due(system: "erp", limit: 10, at: Stores.now).isEmpty)
        #expect(try await store.window(system: "erp", after: 0, limit: 10).blocked.isEmpty)
        #expect(try await store.nextDelivery(system: "erp") == nil)
        #expect(try await store.subscription(system: "erp", settings: "").cursor == 0)
    }

    @Test func anEventIsTheSameBytesWheneverItIsRead() async throws {
        try await receive("1")
        let first = try #require(try await store.events(after: 0, limit: 1).first)
        await store.close()
        let second = try #require(try await store.window(system: "crm", after: 0, limit: 1).events.first)
        #expect(first.body == second.body && first.id == second.id)
        let json = try JSON.parse(first.body)
        #expect(json.members.map(\.name) == ["id", "sequence", "type", "tenant", "occurred_at", "data"])
        #expect(json["tenant"] == "acme" && json["sequence"] == 1 && json["id"]?.string == first.id)
    }
}
