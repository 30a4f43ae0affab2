import AdapterKit
import Testing

@testable import HubStore

struct OutboxTests {
    private let reason = FailureReason(code: "no_answer", title: "No answer")
    private let store: TenantStore
    private let stores: Stores

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func queue(_ key: String, to phone: String = "+16505551234", channel: String = "support") async throws
        -> String
    {
        try #require(
            try await store.enqueue(.text(key, to: phone, channel: channel, key: key), at: Stores.now).queuedID)
    }

    private func lease(_ limit: Int = 100, after seconds: Int64 = 0) async throws -> [LeasedMessage] {
        try await store.lease(channel: "support", limit: limit, at: Stores.now + .seconds(seconds))
    }

    @Test func theOldestOfEachConversationIsLeasedAndOnlyOne() async throws {
        let first = try await queue("1")
        let second = try await queue("2")
        let other = try await queue("3", to: "+16505550000")
        _ = try await queue("4", channel: "sales")
        let leased = try await lease()
        #expect(leased.map(\.message.id) == [first, other])
        #expect(leased.map(\.attempt) == [1, 1])
        #expect(leased.first?.message.content == .text(.init(body: "1")))
        #expect(leased.first?.message.recipient == [ContactIdentity(.phone, "+16505551234")])
        #expect(try await store.status(first) == .sending)
        #expect(try await lease().isEmpty)
        #expect(try await store.nextDue(channel: "support") == nil)
        try await store.settle(leased[0], .accepted(Acceptance(providerID: "wamid.A")), at: Stores.now)
        #expect(try await lease().map(\.message.id) == [second])
    }

    @Test func aMessageThatWaitsHoldsUpItsConversationAlone() async throws {
        let first = try await queue("1")
        let second = try await queue("2")
        let leased = try #require(try await lease().first)
        try await store.settle(leased, .again(at: Stores.now + .seconds(30), counts: true), at: Stores.now)
        let other = try await queue("3", to: "+16505550000")
        #expect(try await lease(after: 29).map(\.message.id) == [other])
        #expect(try await store.nextDue(channel: "support") == Stores.now + .seconds(30))
        let again = try await lease(after: 30)
        #expect(again.map(\.message.id) == [first])
        #expect(again.map(\.attempt) == [2])
        #expect(try await store.status(second) == .queued)
    }

    @Test func waitingForARateCostsNoAttempt() async throws {
        let id = try await queue("1")
        for _ in 0..<3 {
            let leased = try #require(try await lease().first)
            #expect(leased.attempt == 1)
            try await store.settle(leased, .again(at: Stores.now, counts: false), at: Stores.now)
            #expect(try await store.status(id) == .queued)
        }
    }

    @Test func theSameRequestUnderOneKeyIsTakenOnce() async throws {
        let id = try await queue("1")
        #expect(try await store.enqueue(.text("1", key: "1"), at: Stores.now) == .repeated(id: id))
        #expect(try await store.enqueue(.text("changed", key: "1"), at: Stores.now) == .conflict)
        await store.close()
        #expect(try await store.enqueue(.text("1", key: "1"), at: Stores.now) == .repeated(id: id))
        #expect(try await lease().count == 1)
        #expect(try await stores.open("globex").enqueue(.text("1", key: "1"), at: Stores.now).queuedID != nil)
    }

    @Test func oneKeyAtOnceIsTakenOnce() async throws {
        let outcomes = try await withThrowingTaskGroup(of: EnqueueOutcome.self) { group in
            for _ in 0..<20 { group.addTask { try await store.enqueue(.text(key: "1"), at: Stores.now) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.compactMap(\.queuedID).count == 1)
        #expect(try await lease().count == 1)
    }

    @Test func aContactIsReachedByItsIdAndOnlyOnesOwn() async throws {
        try await store.ingest([.message(.text("wamid.A"))], channel: "support", at: Stores.now)
        let contact = try #require(try await store.contacts(after: nil, limit: 1)?.elements.first?.id)
        let request = NewMessage(
            channel: "support", recipient: .contact(contact), content: .text(.init(body: "hi")), idempotencyKey: "1",
            request: [])
        #expect(
            try await stores.open("globex").enqueue(request, at: Stores.now)
                == .refused([
                    RequestProblem(pointer: "/to", code: "unknown_contact", detail: "is no contact of this tenant")
                ]))
        #expect(try await store.enqueue(request, at: Stores.now).queuedID != nil)
        #expect(try await lease().first?.message.recipient == [ContactIdentity(.phone, "+16505551234")])
    }

    @Test func aTemplateComesOutAsItWentIn() async throws {
        let template = MessageContent.template(
            .init(
                name: "order_update", language: "en_US",
                components: [["type": "body", "parameters": [["n": .number("1.50")]]]]))
        let request = NewMessage(
            channel: "support", recipient: .phone("+16505551234"), content: template, idempotencyKey: "1", request: [])
        _ = try await store.enqueue(request, at: Stores.now)
        #expect(try await lease().first?.message.content == template)
    }

    @Test func whatWasUnderWayAtACrashIsUncertainAndNeverQueued() async throws {
        let underWay = try await queue("1")
        let waiting = try await queue("2")
        #expect(try await lease().count == 1)
        await store.close()
        let reopened = stores.open()
        #expect(try await reopened.recoverLeases(at: Stores.now) == 1)
        #expect(try await reopened.recoverLeases(at: Stores.now) == 0)
        #expect(try await reopened.status(underWay) == .uncertain)
        #expect(try await reopened.message(id: underWay)?.failure?.code == "interrupted")
        let next = try await reopened.lease(channel: "support", limit: 10, at: Stores.now + .seconds(86_400))
        #expect(next.map(\.message.id) == [waiting])
    }

    @Test(arguments: [
        SendResult.again(at: Stores.now, counts: true), .failed(FailureReason(code: "1", title: "No")),
        .uncertain(FailureReason(code: "no_answer", title: "No answer")), .accepted(Acceptance(providerID: "wamid.A")),
    ])
    func aStatusThatComesBeforeTheAnswerSettlesTheSend(late: SendResult) async throws {
        let id = try await queue("1")
        let leased = try #require(try await lease().first)
        let status = StatusUpdate.of("wamid.A", .delivered, correlation: id)
        try await store.ingest([.status(status)], channel: "support", at: Stores.now)
        try await store.settle(leased, late, at: Stores.now)
        #expect(try await store.status(id) == .delivered)
        #expect(try await store.message(id: id)?.providerID == "wamid.A")
        #expect(try await lease(after: 86_400).isEmpty)
    }

    @Test func aRejectedMessageLetsTheNextOneGo() async throws {
        let first = try await queue("1")
        let second = try await queue("2")
        let leased = try #require(try await lease().first)
        try await store.settle(
            leased, .failed(FailureReason(code: "131026", title: "Undeliverable", detail: "to +16505551234")),
            at: Stores.now)
        #expect(try await store.status(first) == .failed)
        #expect(try await store.log().map(\.type) == [.messageStatus, .messageFailed])
        #expect(try await lease().map(\.message.id) == [second])
    }

    @Test func aPersonCanHaveAnUncertainMessageSentAgain() async throws {
        let id = try await queue("1")
        let next = try await queue("2")
        try await store.settle(try #require(try await lease().first), .uncertain(reason), at: Stores.now)
        let underWay = try #require(try await lease().first)
        #expect(underWay.message.id == next)
        let resolved = try await store.resolve(message: id, as: .resend, at: Stores.now)
        #expect(resolved?.status == .queued && resolved?.failure == nil)
        #expect(try await lease().isEmpty, "the conversation has one under way")
        try await store.settle(underWay, .accepted(Acceptance(providerID: "wamid.B")), at: Stores.now)
        let again = try #require(try await lease().first)
        #expect(again.message.id == id && again.attempt == 1)
        try await store.settle(again, .accepted(Acceptance(providerID: "wamid.A")), at: Stores.now)
        #expect(try await store.status(id) == .accepted)
    }

    @Test func aStatusStopsASecondSend() async throws {
        let id = try await queue("1")
        try await store.settle(try #require(try await lease().first), .uncertain(reason), at: Stores.now)
        _ = try await store.resolve(message: id, as: .resend, at: Stores.now)
        let status = StatusUpdate.of("wamid.A", .sent, correlation: id)
        try await store.ingest([.status(status)], channel: "support", at: Stores.now)
        #expect(try await lease().isEmpty)
        #expect(try await store.status(id) == .sent)
    }

    @Test func aPersonCanGiveAnUncertainMessageUpAndNoOther() async throws {
        let id = try await queue("1")
        await #expect(throws: ResolutionRefused.self) {
            try await store.resolve(message: id, as: .fail, at: Stores.now)
        }
        try await store.settle(try #require(try await lease().first), .uncertain(reason), at: Stores.now)
        #expect(try await store.resolve(message: id, as: .fail, at: Stores.now)?.status == .failed)
        await #expect(throws: ResolutionRefused.self) {
            try await store.resolve(message: id, as: .resend, at: Stores.now)
        }
        let foreign = try await stores.open("globex").resolve(message: id, as: .resend, at: Stores.now)
        #expect(foreign == nil)
    }
}
