import HubStore
import Synchronization

/// Tells a tenant's workers and live readers what a commit changed.
final class TenantSignals: Sendable {
    private struct State {
        var readers: [ObjectIdentifier: Wakeup] = [:]
        var lanes: [String: Wakeup] = [:]
        var media: [String: Wakeup] = [:]
        /// Messages that came in since a lane last asked, as providers count both ways together.
        var traffic: [String: Int] = [:]
    }

    private let state = Mutex(State())

    func committed(_ summary: CommitSummary) {
        guard summary.lastSequence != nil || !summary.channels.isEmpty || !summary.mediaChannels.isEmpty else { return }
        let wakeups = state.withLock { state in
            (summary.lastSequence == nil ? [] : Array(state.readers.values))
                + summary.channels.compactMap { state.lanes[$0] }
                + summary.mediaChannels.compactMap { state.media[$0] }
        }
        for wakeup in wakeups { wakeup.wake() }
    }

    /// A wakeup for whoever follows the event log, until ``forget(_:)``.
    func follow() -> Wakeup {
        let wakeup = Wakeup()
        state.withLock { $0.readers[ObjectIdentifier(wakeup)] = wakeup }
        return wakeup
    }

    func forget(_ wakeup: Wakeup) { state.withLock { $0.readers[ObjectIdentifier(wakeup)] = nil } }

    /// The wakeup of a channel's lane, which takes the place of an earlier one.
    func lane(_ channel: String) -> Wakeup {
        let wakeup = Wakeup()
        state.withLock { $0.lanes[channel] = wakeup }
        return wakeup
    }

    /// The wakeup of whoever fetches a channel's media, which takes the place of an earlier one.
    func media(_ channel: String) -> Wakeup {
        let wakeup = Wakeup()
        state.withLock { $0.media[channel] = wakeup }
        return wakeup
    }

    /// Counts messages that came in on a channel.
    func count(inbound: Int, on channel: String) {
        guard inbound > 0 else { return }
        state.withLock { $0.traffic[channel, default: 0] += inbound }
    }

    /// How many messages came in on a channel since the last time that somebody asked.
    func takeTraffic(on channel: String) -> Int {
        state.withLock { $0.traffic.updateValue(0, forKey: channel) ?? 0 }
    }

    /// Wakes whoever delivers, because a dead letter was brought back.
    func wakeReaders() {
        for wakeup in state.withLock({ Array($0.readers.values) }) { wakeup.wake() }
    }
}
