import CoreMetrics

/// A value that goes up and down: a meter, or a recorder that does not aggregate.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler {
    private let current = AtomicDouble(0)

    func set(_ value: Int64) { current.set(Double(value)) }
    func set(_ value: Double) { current.set(value) }
    func increment(by amount: Double) { current.add(amount) }
    func decrement(by amount: Double) { current.add(-amount) }
    func record(_ value: Int64) { current.set(Double(value)) }
    func record(_ value: Double) { current.set(value) }

    func render(name: String, labels: MetricLabels, into text: inout String) {
        line(name, labels.text, MetricNumber.text(current.value), into: &text)
    }
}
