import AdapterKit
import Synchronization

/// How many refusals a minute the audit keeps. Whoever knocks without end must not push out what others did: beyond that,
/// refusals are in the log alone.
final class RefusalBudget: Sendable {
    private static let perMinute = 600

    private struct State {
        var minute: Int64 = 0
        var count = 0
    }

    private let state = Mutex(State())

    /// Whether one more is kept.
    func take(at now: Timestamp) -> Bool {
        state.withLock { state in
            let minute = now.milliseconds / 60_000
            if state.minute != minute { state = State(minute: minute) }
            state.count += 1
            return state.count <= Self.perMinute
        }
    }
}
