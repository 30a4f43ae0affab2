import AdapterKit
import Synchronization

/// For work that is due in passing, and not each time.
final class OncePerSecond: Sendable {
    private let last = Mutex<Timestamp?>(nil)

    /// Whether a second has gone by since this was true last; a clock that was set back counts as one.
    func isDue(at now: Timestamp) -> Bool {
        last.withLock { last in
            if let last, now >= last, now - last < .seconds(1) { return false }
            last = now
            return true
        }
    }
}
