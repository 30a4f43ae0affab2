import AdapterKit
import Metrics

/// What became of the sends of one channel.
struct OutboundMetrics: Sendable {
    private let counters: [String: Counter]

    init(tenant: String, channel: String) {
        let outcomes = ["accepted", "rejected", "throttled", "unavailable", "uncertain", "misconfigured"]
        counters = Dictionary(
            uniqueKeysWithValues: outcomes.map { outcome in
                let dimensions = [("tenant", tenant), ("channel", channel), ("outcome", outcome)]
                return (outcome, Counter(label: "comfile_sends_total", dimensions: dimensions))
            })
    }

    func count(_ outcome: SendOutcome) {
        let name =
            switch outcome {
            case .accepted: "accepted"
            case .rejected: "rejected"
            case .throttled: "throttled"
            case .unavailable: "unavailable"
            case .uncertain: "uncertain"
            case .misconfigured: "misconfigured"
            }
        counters[name]?.increment()
    }
}
