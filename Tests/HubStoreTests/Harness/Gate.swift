import Dispatch
import Synchronization

@testable import HubStore

/// Holds a store's writer still, so that what is written meanwhile is one batch.
final class Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)
    private let holding: Task<Void, any Error>

    /// Returns once the writer stands.
    init(_ store: TenantStore) async {
        let opened = opened
        let (stream, arrived) = AsyncStream.makeStream(of: Void.self)
        holding = Task {
            try await store.write { _ in
                arrived.finish()
                opened.wait()
            }
        }
        for await _ in stream {}
    }

    /// Lets the writer go on.
    func open() async throws {
        opened.signal()
        try await holding.value
    }
}

/// Counts who has come, and lets one wait for all.
final class Tally: Sendable {
    private let count = Atomic(0)

    func add() { count.add(1, ordering: .sequentiallyConsistent) }

    func reach(_ target: Int) async {
        while count.load(ordering: .sequentiallyConsistent) < target { await Task.yield() }
    }
}
