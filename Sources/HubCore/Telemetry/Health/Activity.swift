import Synchronization

/// Something that works in turns, such as a tenant's writer: idle, or busy since a moment.
///
/// One owner reports its turns one after the other; anyone may look. Reporting costs one atomic store.
public final class Activity: Sendable {
    /// What ``Health/stalled(longerThan:)`` calls it, such as `writer:acme`. No personal data.
    public let name: String

    private let uptime: @Sendable () -> Duration
    /// Milliseconds of uptime plus one when the turn began; 0 while idle.
    private let busySince = Atomic<Int64>(0)

    init(name: String, uptime: @escaping @Sendable () -> Duration) {
        self.name = name
        self.uptime = uptime
    }

    /// A turn begins. Called while busy it begins a new one: the work has moved.
    public func busy() { busySince.store(milliseconds(uptime()) + 1, ordering: .relaxed) }

    /// The turn is over.
    public func idle() { busySince.store(0, ordering: .relaxed) }

    /// Runs a turn.
    public func whileBusy<Result>(
        isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Result
    ) async rethrows -> Result {
        busy()
        defer { idle() }
        return try await work()
    }

    func isBusy(longerThan limit: Duration) -> Bool {
        let since = busySince.load(ordering: .relaxed)
        return since > 0 && milliseconds(uptime()) - (since - 1) > milliseconds(limit)
    }

    private func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    }
}
