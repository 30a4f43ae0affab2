import AdapterKit
import Testing

@testable import HubStore

struct StatusTests {
    private let store: TenantStore
    private let stores: Stores

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func ingest(_ statuses: [StatusUpdate], channel: String = "support") async throws -> IngestSummary {
        try await store.ingest(statuses.map { .status($0) }, channel: channel, at: Stores.now)
    }

    private static func permutations<Element>(_ list: [Element]) -> [[Element]] {
        guard list.count > 1 else { return [list] }
        return list.indices.flatMap { index in
            var rest = list
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }

    private static let order: [StatusUpdate.Status] = [.sent, .failed, .delivered, .read]

    @Test(arguments: permutations(order) + permutations([.sent, .delivered, .read]))
    func aStatusOnlyMovesForward(arrival: [StatusUpdate.Status]) async throws {
        let id = try await store.sent("wamid.A", key: "1")
        var highest = -1
        var told: [JSON] = ["accepted"]
        for (index, status) in arrival.enumerated() {
            #expect(try await ingest([.of("wamid.A", status, at: Int64(index))]) == IngestSummary(statuses: 1))
            let rank = try #require(Self.order.firstIndex(of: status))
            if rank > highest { told.append(.string(status.rawValue)) }
            highest = max(highest, rank)
            #expect(try await store.status(id)?.rawValue == Self.order[highest].rawValue)
        }
        let log = try await store.log()
        #expect(log.filter { $0.type == .messageStatus }.compactMap { $0.data["status"] } == told)
        #expect(log.count { $0.type == .messageFailed } == (told.contains("failed") ? 1 : 0))
    }

    @Test func arrivalBeforeTheAnswerIsKeptAndAppliedInTheOrderOfTime() async throws {
        // The third is older than the second.
        let early: [StatusUpdate] = [
            .of("wamid.A", .read, at: 3), .of("wamid.A", .delivered, at: 2), .of("wamid.A", .sent, at: 1),
        ]
        #expect(try await ingest(early) == IngestSummary(statuses: 3))
        #expect(try await store.log().isEmpty)
        let id = try await store.sent("wamid.A", key: "1")
        #expect(try await store.status(id) == .read)
        let told = try await store.log().map { $0.data["status"] }
        #expect(told == ["accepted", "sent", "delivered", "read"])
        #expect(try await ingest(early) == IngestSummary(repeats: 3))
    }

    @Test func aRepeatChangesAndTellsNothing() async throws {
        _ = try await store.sent("wamid.A", key: "1")
        #expect(
            try await ingest([.of("wamid.A", .sent), .of("wamid.A", .sent, at: 9)])
                == IngestSummary(statuses: 1, repeats: 1))
        #expect(try await store.log().count == 2)
    }

    @Test func aStatusOfAnotherChannelIsNotOurs() async throws {
        let id = try await store.sent("wamid.A", key: "1")
        _ = try await ingest([.of("wamid.A", .read)], channel: "sales")
        #expect(try await store.status(id) == .accepted)
    }

    @Test func aStatusWithOurIdSettlesASendWhoseAnswerWasLost() async throws {
        let id = try #require(try await store.enqueue(.text(key: "1"), at: Stores.now).queuedID)
        let leased = try #require(try await store.lease(channel: "support", limit: 1, at: Stores.now).first)
        try await store.settle(leased, .uncertain(FailureReason(code: "no_answer", title: "No answer")), at: Stores.now)
        #expect(try await store.status(id) == .uncertain)
        _ = try await ingest([.of("wamid.A", .sent, correlation: id)])
        #expect(try await store.status(id) == .sent)
        let message = try #require(try await store.message(id: id))
        #expect(message.providerID == "wamid.A" && message.failure == nil)
        _ = try await ingest([.of("wamid.A", .delivered)])
        #expect(try await store.status(id) == .delivered)
    }

    @Test func aStatusWithOurIdBringsThoseThatCameWithoutIt() async throws {
        let id = try #require(try await store.enqueue(.text(key: "1"), at: Stores.now).queuedID)
        let leased = try #require(try await store.lease(channel: "support", limit: 1, at: Stores.now).first)
        try await store.settle(leased, .uncertain(FailureReason(code: "no_answer", title: "No answer")), at: Stores.now)
        _ = try await ingest([.of("wamid.A", .read, at: 2)])
        _ = try await ingest([.of("wamid.A", .sent, correlation: id, at: 1)])
        #expect(try await store.status(id) == .read)
    }

    @Test func aCorrelationOfAnotherTenantOrChannelOrAnInboundMessageIsNone() async throws {
        let other = stores.open("globex")
        let foreign = try #require(try await other.enqueue(.text(key: "1"), at: Stores.now).queuedID)
        let mine = try #require(try await store.enqueue(.text(key: "1"), at: Stores.now).queuedID)
        try await store.ingest([.message(.text("wamid.I"))], channel: "support", at: Stores.now)
        let inbound = try #require(try await store.log().last?.data["message"]?["id"]?.string)
        _ = try await ingest([.of("wamid.A", .read, correlation: foreign), .of("wamid.B", .read, correlation: inbound)])
        _ = try await ingest([.of("wamid.C", .read, correlation: mine)], channel: "sales")
        #expect(try await other.status(foreign) == .queued)
        #expect(try await store.status(mine) == .queued)
        #expect(try await store.status(inbound) == .received)
    }

    @Test func aWordThatWeDoNotKnowIsToldAndMovesNothing() async throws {
        let id = try await store.sent("wamid.A", key: "1")
        _ = try await ingest([.of("wamid.A", nil, word: "pondering")])
        #expect(try await store.status(id) == .accepted)
        let told = try #require(try await store.log().last)
        #expect(told.type == .messageStatus)
        #expect(told.data["provider_status"] == "pondering")
        #expect(told.data["status"] == "accepted")
        #expect(try await ingest([.of("wamid.A", nil, word: "pondering")]) == IngestSummary(repeats: 1))
    }

    @Test func aFailureIsToldTwiceWithItsReason() async throws {
        let id = try await store.sent("wamid.A", key: "1")
        let reason = FailureReason(code: "131026", title: "Message undeliverable", detail: "to +16505551234")
        _ = try await ingest([.of("wamid.A", .failed, failure: reason)])
        let told = try await store.log().suffix(2)
        #expect(told.map(\.type) == [.messageStatus, .messageFailed])
        #expect(Set(told.map(\.data)).count == 1)
        #expect(told.first?.data["error"]?["code"] == "131026")
        #expect(try await store.message(id: id)?.failure == reason)
    }

    @Test func oneProviderIdForTwoMessagesKeepsBothOutcomes() async throws {
        let first = try await store.sent("wamid.A", key: "1")
        let second = try await store.sent("wamid.A", key: "2", phone: "+16505550000")
        #expect(try await store.status(first) == .accepted)
        #expect(try await store.status(second) == .accepted)
        #expect(try await store.message(id: second)?.providerID == nil)
    }
}
