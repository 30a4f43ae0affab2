import AdapterKit
import Metrics

/// What became of the deliveries to one system.
struct DeliveryMetrics: Sendable {
    private let delivered: Counter
    private let failed: Counter
    private let dead: Counter

    init(tenant: String, system: String) {
        func counter(_ outcome: String) -> Counter {
            Counter(
                label: "comfile_deliveries_total",
                dimensions: [("tenant", tenant), ("system", system), ("outcome", outcome)])
        }
        delivered = counter("delivered")
        failed = counter("failed")
        dead = counter("dead")
    }

    func count(_ outcome: DeliveryOutcome) {
        if outcome == .delivered { delivered.increment() } else { failed.increment() }
    }

    func countDead() { dead.increment() }
}
