import AdapterKit
import Foundation
import Testing

@testable import HubStore

struct StorePoolTests {
    private let tenants = ["a", "b", "c", "d", "e"]

    /// The tenants whose store this process has open.
    private func open(in folder: TemporaryFolder) throws -> Set<String> {
        let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let paths = links.compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
        let prefix = "\(folder.path)/tenants/"
        return Set(
            paths.filter { $0.hasPrefix(prefix) }.compactMap {
                $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
            })
    }

    @Test func noMoreStoresStayOpenThanThePoolHolds() async throws {
        let stores = try Stores(capacity: 2)
        let all = tenants.map { stores.open($0) }
        for round in 0..<3 {
            for store in all {
                try await store.ingest([.message(.text("wamid.\(round)"))], channel: "support", at: Stores.now)
                #expect(try open(in: stores.folder).count <= 2)
            }
        }
        for store in all {
            let ids = try await store.log().compactMap { $0.data["message"]?["provider_id"]?.string }
            #expect(ids == ["wamid.0", "wamid.1", "wamid.2"])
        }
        #expect(try open(in: stores.folder) == ["d", "e"])
    }

    @Test func thePoolShrinksAgainAfterAllWereInUseAtOnce() async throws {
        let stores = try Stores(capacity: 1)
        // No more than there are threads to commit on, each of which a gate holds.
        let all = tenants.prefix(3).map { stores.open($0) }
        var gates: [Gate] = []
        for store in all { gates.append(await Gate(store)) }
        #expect(try open(in: stores.folder).count == 3)
        for gate in gates { try await gate.open() }
        #expect(try open(in: stores.folder).count <= 1)
    }

    @Test func storesAreRightUnderChangeOfPlaceAndConcurrency() async throws {
        let stores = try Stores(capacity: 2)
        let all = tenants.map { stores.open($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, store) in all.enumerated() {
                for number in 0..<20 {
                    group.addTask {
                        try await store.ingest(
                            [.message(.text("wamid.\(index).\(number)"))], channel: "support", at: Stores.now)
                        _ = try await store.contacts(after: nil, limit: 1)
                    }
                }
            }
            try await group.waitForAll()
        }
        for (index, store) in all.enumerated() {
            let ids = try await store.log().compactMap { $0.data["message"]?["provider_id"]?.string }
            #expect(Set(ids) == Set((0..<20).map { "wamid.\(index).\($0)" }))
        }
        #expect(try open(in: stores.folder).count <= 2)
    }
}
