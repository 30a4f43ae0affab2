import AdapterKit
import Testing

@testable import HubStore

struct QuarantineTests {
    private let stores: Stores

    init() throws { stores = try Stores() }

    private func open() throws -> Quarantine { try Quarantine(data: stores.folder.path, masterKey: stores.masterKey) }

    @Test func aBatchIsKeptOnceAndGivenBackWhole() async throws {
        var quarantine = try open()
        for body in ["one", "two", "one"] {
            try await quarantine.add(endpoint: "apps/meta-main", reason: "why", body: Array(body.utf8), at: Stores.now)
        }
        try await quarantine.add(endpoint: "acme/support", reason: "why", body: Array("one".utf8), at: Stores.now)
        await quarantine.close()
        quarantine = try open()
        #expect(try await quarantine.count() == 3)
        let batches = try await quarantine.batches(after: 0, limit: 10)
        #expect(batches.map(\.body) == ["one", "two", "one"].map { Array($0.utf8) })
        #expect(batches.map(\.endpoint) == ["apps/meta-main", "apps/meta-main", "acme/support"])
        #expect(batches.allSatisfy { $0.reason == "why" && $0.receivedAt == Stores.now })
        #expect(try await quarantine.batches(after: batches[0].id, limit: 1).map(\.id) == [batches[1].id])
        try await quarantine.remove(batches[0].id)
        #expect(try await quarantine.batches(after: 0, limit: 10).map(\.id) == [batches[1].id, batches[2].id])
        await quarantine.close()
    }
}
