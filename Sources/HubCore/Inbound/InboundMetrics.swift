import HubStore
import Metrics

/// What came in on one channel.
struct InboundMetrics: Sendable {
    private let messages: Counter
    private let statuses: Counter
    private let notices: Counter
    private let repeats: Counter

    init(_ place: ChannelPlace) {
        func counter(_ kind: String) -> Counter {
            Counter(
                label: "comfile_updates_received_total",
                dimensions: [("tenant", place.tenant), ("channel", place.channel), ("kind", kind)])
        }
        messages = counter("message")
        statuses = counter("status")
        notices = counter("notice")
        repeats = counter("repeat")
    }

    func count(_ summary: IngestSummary) {
        if summary.messages > 0 { messages.increment(by: summary.messages) }
        if summary.statuses > 0 { statuses.increment(by: summary.statuses) }
        if summary.notices > 0 { notices.increment(by: summary.notices) }
        if summary.repeats > 0 { repeats.increment(by: summary.repeats) }
    }
}
