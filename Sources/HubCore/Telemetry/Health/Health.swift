import Synchronization

/// Whether the hub is able to work: it has started, is not stopping, and what works in turns has moved lately.
public final class Health: Sendable {
    private enum Phase {
        case starting, started, stopping
    }

    private struct State {
        var phase = Phase.starting
        var activities: [ObjectIdentifier: Activity] = [:]
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration

    /// A registry on the machine's monotonic clock.
    public convenience init() {
        let origin = ContinuousClock.now
        self.init { origin.duration(to: .now) }
    }

    init(uptime: @escaping @Sendable () -> Duration) { self.uptime = uptime }

    /// Registers an activity, idle at first. Names may repeat: each call gives one of its own.
    public func begin(_ name: String) -> Activity {
        let activity = Activity(name: name, uptime: uptime)
        state.withLock { $0.activities[ObjectIdentifier(activity)] = activity }
        return activity
    }

    /// Forgets an activity whose work is over for good.
    public func end(_ activity: Activity) {
        state.withLock { $0.activities[ObjectIdentifier(activity)] = nil }
    }

    /// The names of the activities that have been in one turn for longer than the limit, sorted, each once.
    public func stalled(longerThan limit: Duration) -> [String] {
        let activities = state.withLock { Array($0.activities.values) }
        return Set(activities.filter { $0.isBusy(longerThan: limit) }.map(\.name)).sorted()
    }

    /// Everything that has to be there is there. Has no effect once the hub is stopping.
    public func setStarted() {
        state.withLock { state in
            if state.phase == .starting { state.phase = .started }
        }
    }

    /// The hub is on its way out and wants no new work.
    public func setStopping() { state.withLock { $0.phase = .stopping } }

    /// Whether the hub has started and is not stopping.
    public var isStarted: Bool { state.withLock { $0.phase == .started } }

    /// Whether the hub wants work: it is started, and nothing is stalled.
    public func isReady(stallLimit: Duration = .seconds(30)) -> Bool {
        isStarted && stalled(longerThan: stallLimit).isEmpty
    }
}
