public import HubStore
import Synchronization

/// Reads a tenant's log as it grows, a page at a time, for one reader.
public final class EventFollower: Sendable {
    private static let pageSize = 100

    private struct State {
        var position: Int64
        var isFirst = true
        var isStopped = false
    }

    private let store: TenantStore
    private let signals: TenantSignals
    private let heartbeat: Duration
    private let wakeup: Wakeup
    private let state: Mutex<State>

    init(store: TenantStore, signals: TenantSignals, after position: Int64, heartbeat: Duration) {
        self.store = store
        self.signals = signals
        self.heartbeat = heartbeat
        wakeup = signals.follow()
        state = Mutex(State(position: position))
    }

    deinit { signals.forget(wakeup) }

    /// The next events; an empty page when there were none for a heartbeat; nil once ``stop()`` was called.
    public func next() async throws -> [EventRecord]? {
        let (position, isFirst) = state.withLock { state in
            defer { state.isFirst = false }
            return (state.position, state.isFirst)
        }
        var events = try await page(after: position)
        if events.isEmpty, !isFirst, !isStopped {
            await wakeup.sleep(for: heartbeat)
            events = try await page(after: position)
        }
        guard !isStopped, !Task.isCancelled else { return nil }
        if let last = events.last { state.withLock { $0.position = last.sequence } }
        return events
    }

    /// Ends the following, also for a reader that waits.
    public func stop() {
        state.withLock { $0.isStopped = true }
        wakeup.wake()
    }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func page(after position: Int64) async throws -> [EventRecord] {
        try await store.events(after: position, limit: Self.pageSize)
    }
}
