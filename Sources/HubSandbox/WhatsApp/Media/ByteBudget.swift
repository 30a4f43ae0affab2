import Synchronization

/// Bytes that may be held at one time, so that many long uploads do not end the sandbox.
final class ByteBudget: Sendable {
    private let left: Mutex<Int>

    init(limit: Int) { left = Mutex(limit) }

    /// Takes that many, or returns false when they are not there.
    func take(_ count: Int) -> Bool {
        left.withLock { left in
            guard left >= count else { return false }
            left -= count
            return true
        }
    }

    func give(_ count: Int) { left.withLock { $0 += count } }
}
