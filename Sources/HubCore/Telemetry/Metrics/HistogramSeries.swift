import CoreMetrics
import Synchronization

/// How often values fell into fixed buckets: a timer in seconds, or a recorder in whatever it records.
///
/// The lock is one series' own and held for two additions, so who meets there has measured the same thing at the same moment.
final class HistogramSeries: MetricSeries, TimerHandler, RecorderHandler {
    private struct Counts {
        /// Not cumulative; the last is for what exceeds every bound.
        var buckets: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let counts: Mutex<Counts>

    /// - Parameter bounds: Upper bounds, inclusive, ascending.
    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Mutex(Counts(buckets: Array(repeating: 0, count: bounds.count + 1)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    /// Counts a value; one that is no number is not taken.
    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let index = bounds.firstIndex { value <= $0 } ?? bounds.count
        counts.withLock { counts in
            counts.buckets[index] += 1
            counts.sum += value
        }
    }

    func render(name: String, labels: MetricLabels, into text: inout String) {
        let counts = counts.withLock { $0 }
        let prefix = labels.text.isEmpty ? "" : labels.text + ","
        var total: UInt64 = 0
        for (index, count) in counts.buckets.enumerated() {
            total += count
            let bound = index < bounds.count ? MetricNumber.text(bounds[index]) : "+Inf"
            line(name + "_bucket", prefix + "le=\"\(bound)\"", total, into: &text)
        }
        line(name + "_sum", labels.text, MetricNumber.text(counts.sum), into: &text)
        line(name + "_count", labels.text, total, into: &text)
    }
}
