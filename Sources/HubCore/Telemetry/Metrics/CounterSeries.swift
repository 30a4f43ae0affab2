import CoreMetrics
import Synchronization

/// A counter of whole things, of amounts, or of both under one name.
final class CounterSeries: MetricSeries, CounterHandler, FloatingPointCounterHandler {
    private let whole = Atomic<Int64>(0)
    private let fraction = AtomicDouble(0)

    /// Adds; a negative amount, which would make a counter go back, is not taken.
    func increment(by amount: Int64) {
        if amount > 0 { whole.wrappingAdd(amount, ordering: .relaxed) }
    }

    /// Adds; what is not a positive number is not taken.
    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { fraction.add(amount) }
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        fraction.set(0)
    }

    func render(name: String, labels: MetricLabels, into text: inout String) {
        let whole = whole.load(ordering: .relaxed)
        let fraction = fraction.value
        // Apart, because a Double cannot tell large whole numbers from their neighbours.
        let value = fraction == 0 ? String(whole) : MetricNumber.text(Double(whole) + fraction)
        line(name, labels.text, value, into: &text)
    }
}
