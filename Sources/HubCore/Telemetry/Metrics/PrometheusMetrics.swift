public import CoreMetrics
import Synchronization

/// Keeps the process's metrics and shows them in Prometheus text format 0.0.4.
///
/// Counters' names end in `_total`, timers' in `_seconds`; what is missing is added, and characters that the format does not
/// know become `_`. Two metrics of different kind under one name become two names. A metric has at most
/// `maximumSeries` series; those beyond share one with the label `overflow="true"`.
/// Changing a metric that is held costs an atomic operation; making or finding one takes a lock.
public final class PrometheusMetrics: MetricsFactory {
    /// Upper bounds for timers, in seconds.
    public static let timerBounds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]
    /// Upper bounds for recorders: counts and sizes.
    public static let recorderBounds: [Double] = [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000, 10_000_000,
    ]
    /// The content type of ``render()``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let help: [String: String]
    private let maximumSeries: Int
    private let families = Mutex<[String: MetricFamily]>([:])

    /// - Parameters:
    ///   - help: What a metric tells, by its name as rendered.
    ///   - maximumSeries: How many series one metric may have.
    public init(help: [String: String] = [:], maximumSeries: Int = 20_000) {
        self.help = help
        self.maximumSeries = maximumSeries
    }

    /// All metrics, sorted by name and labels, each change that ended before included.
    public func render() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) { family.render(name: name, into: &text) }
        return text
    }

    private func series<Series: MetricSeries>(
        _ name: String, _ kind: MetricFamily.Kind, _ dimensions: [(String, String)], make: () -> Series
    ) -> Series {
        let labels = MetricLabels(dimensions)
        return families.withLock { families in
            var name = name
            if let family = families[name], family.kind != kind { name += "_" + kind.rawValue }
            return families[name, default: MetricFamily(kind: kind, help: help[name] ?? name)]
                .series(labels, limit: maximumSeries, make: make)
        }
    }

    private func remove(_ handler: AnyObject) {
        families.withLock { families in
            for name in families.keys { families[name]?.remove(handler) }
        }
    }
}

extension PrometheusMetrics {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(MetricName.metric(label, endingIn: "_total"), .counter, dimensions) { CounterSeries() }
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(MetricName.metric(label, endingIn: "_total"), .counter, dimensions) { CounterSeries() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(MetricName.metric(label), .gauge, dimensions) { GaugeSeries() }
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        let name = MetricName.metric(label)
        guard aggregate else { return series(name, .gauge, dimensions) { GaugeSeries() } }
        return series(name, .histogram, dimensions) { HistogramSeries(bounds: Self.recorderBounds) }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(MetricName.metric(label, endingIn: "_seconds"), .histogram, dimensions) {
            HistogramSeries(bounds: Self.timerBounds)
        }
    }

    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
