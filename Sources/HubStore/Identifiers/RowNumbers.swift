import AdapterKit
import Synchronization

/// Gives rows their numbers: 41 bits of milliseconds since 2020, then 22 bits that count up. Later rows have higher
/// numbers, so tables grow at their end, and lists sort by time.
final class RowNumbers: Sendable {
    private static let epoch: Int64 = 1_577_836_800_000  // 2020-01-01T00:00:00Z
    private static let counterBits: Int64 = 22

    private let last: Atomic<Int64>

    /// - Parameter last: the highest number given so far, so that a clock that was put back gives none twice.
    init(last: Int64) { self.last = Atomic(last) }

    func next(at now: Timestamp) -> Int64 {
        let earliest = (now.milliseconds - Self.epoch) << Self.counterBits
        while true {
            let previous = last.load(ordering: .relaxed)
            let number = max(earliest, previous + 1)
            if last.compareExchange(expected: previous, desired: number, ordering: .relaxed).exchanged { return number }
        }
    }
}
