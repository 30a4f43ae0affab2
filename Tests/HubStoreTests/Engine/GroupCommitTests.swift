import AdapterKit
import Synchronization
import Testing

@testable import HubStore

struct GroupCommitTests {
    private struct Refused: Error, Equatable {}

    private let stores: Stores
    private let store: TenantStore

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    /// Runs a write for each index while the writer stands, and gives each one's result.
    private func together<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int, WriteContext) throws -> Value
    ) async throws -> [Result<Value, any Error>] {
        let gate = await Gate(store)
        let tally = Tally()
        return try await withThrowingTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
            for index in 0..<count {
                group.addTask { [store] in
                    tally.add()
                    do {
                        return (index, .success(try await store.write { try body(index, $0) }))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            await tally.reach(count)
            try await gate.open()
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func appendEvent(_ number: Int, _ context: WriteContext) throws {
        try context.append(
            NewEvent(type: .channelAlert, data: ["number": .integer(number)], occurredAt: Stores.now))
    }

    @Test func writesThatWaitTogetherAreCommittedTogether() async throws {
        let results = try await together(400) { try appendEvent($0, $1) }
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        // The gate's own, two for 400 at 256 a batch, and a straggler for each thread that tasks run on.
        #expect(stores.commits.withLock { $0.count } <= 12)
        #expect(try await store.lastSequence() == 400)
    }

    @Test func aFailingWriteIsRefusedAloneAndLeavesNoGap() async throws {
        let failing: Set<Int> = [0, 7, 8, 39]
        let results = try await together(40) { number, context in
            try appendEvent(number, context)
            _ = context.store.keys.makeKey(contact: Int64(number + 1))
            if failing.contains(number) { throw Refused() }
        }
        for (index, result) in results.enumerated() {
            if failing.contains(index) {
                #expect(throws: Refused.self) { try result.get() }
            } else {
                #expect(throws: Never.self) { try result.get() }
            }
        }
        let events = try await store.events(after: 0, limit: 100)
        #expect(events.map(\.sequence) == Array(1...36))
        let numbers = try await store.log().compactMap { $0.data["number"]?.integer }
        #expect(Set(numbers) == Set((0..<40).filter { !failing.contains($0) }.map(Int64.init)))
    }

    @Test func aWriteThatBreaksAConstraintIsRefusedAlone() async throws {
        let results = try await together(10) { number, context in
            // Two of them want the same row.
            let system = number == 9 ? "system-3" : "system-\(number)"
            try context.connection.run(
                "INSERT INTO subscriptions (system, cursor, settings_lookup) VALUES ($1, 0, $2)",
                [.text(system), .bytes([1])])
        }
        #expect(results.count { (try? $0.get()) == nil } == 1)
        await store.close()
        #expect(try stores.integers(stores.storePath(), "SELECT COUNT(*) FROM subscriptions") == [9])
    }

    @Test func theQueueRefusesWhenItIsFull() async throws {
        let gate = await Gate(store)
        let weight = TenantStore.queueLimit
        let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<2 {
                group.addTask { [store] in
                    do {
                        try await store.write(weight: weight) { try self.appendEvent(1, $0) }
                        return "stored"
                    } catch let error as StoreError where error.code == .busy {
                        return "busy"
                    }
                }
            }
            // While the writer stands only a refusal can come back.
            let first = try await group.next()
            try await gate.open()
            return [first, try await group.next()]
        }
        #expect(outcomes == ["busy", "stored"])
        #expect(try await store.lastSequence() == 1)
    }

    @Test func aCallerThatIsCancelledDoesNotUndoItsWrite() async throws {
        let gate = await Gate(store)
        let tally = Tally()
        let writing = Task { [store] in
            tally.add()
            try await store.write { try appendEvent(1, $0) }
        }
        await tally.reach(1)
        writing.cancel()
        try await gate.open()
        try await writing.value
        #expect(try await store.lastSequence() == 1)
    }

    @Test func aHeavyWriteIsStoredWhole() async throws {
        let updates = (0..<1000).map { number in
            InboundUpdate.message(
                .text("wamid.\(number)", from: [ContactIdentity(.phone, "+1650555\(1000 + number % 50)")]))
        }
        let summary = try await store.ingest(updates, channel: "support", at: Stores.now)
        #expect(summary == IngestSummary(messages: 1000))
        let received = try await store.log().filter { $0.type == .messageReceived }
        #expect(received.compactMap { $0.data["message"]?["provider_id"]?.string } == (0..<1000).map { "wamid.\($0)" })
        #expect(try await store.contacts(after: nil, limit: 100)?.elements.count == 50)
    }

    @Test func moreNewContactsThanKeysAreKeptInMemory() async throws {
        let updates = (0..<4500).map { number in
            InboundUpdate.message(
                .text("wamid.\(number)", from: [ContactIdentity(.phone, "+1650\(1_000_000 + number)")], name: nil))
        }
        try await store.ingest(updates, channel: "support", at: Stores.now)
        await store.close()
        #expect(try stores.integers(stores.keysPath(), "SELECT COUNT(*) FROM contact_keys") == [4500])
        #expect(try await stores.open().contacts(after: nil, limit: 1)?.elements.first?.identities.count == 1)
    }
}
