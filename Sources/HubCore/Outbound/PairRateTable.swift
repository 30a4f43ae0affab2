import AdapterKit

/// Holds each recipient to the channel's pair rate, with bursts that are borrowed from the time after them: the generic
/// cell rate algorithm (ITU-T I.371), one moment per recipient.
struct PairRateTable: Sendable {
    /// Recipients whose debt is remembered; beyond that the provider's own throttling has the word.
    private static let limit = 10_000

    private let rate: PairRate?
    /// When each recipient's debt is paid.
    private var paidAt: [Int64: Timestamp] = [:]

    init(_ rate: PairRate?) { self.rate = rate }

    /// Nil when a message may go now, which is counted; else when it may.
    mutating func wait(for recipient: Int64, at now: Timestamp) -> Timestamp? {
        guard let rate else { return nil }
        let debt = max(paidAt[recipient] ?? now, now)
        let free = debt + rate.interval * -(rate.burst - 1)
        guard free <= now else { return free }
        if paidAt.count >= Self.limit { paidAt = paidAt.filter { $0.value > now } }
        if paidAt.count < Self.limit { paidAt[recipient] = debt + rate.interval }
        return nil
    }
}
