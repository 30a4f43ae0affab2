/// One line, or one histogram, of a metric.
protocol MetricSeries: AnyObject, Sendable {
    /// Appends the lines of the series in Prometheus text format.
    func render(name: String, labels: MetricLabels, into text: inout String)
}

extension MetricSeries {
    /// Appends `name{labels} value`.
    func line(_ name: String, _ labels: String, _ value: some CustomStringConvertible, into text: inout String) {
        text += name
        if !labels.isEmpty { text += "{\(labels)}" }
        text += " \(value)\n"
    }
}

/// A number as the format writes it.
enum MetricNumber {
    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.description
    }
}
