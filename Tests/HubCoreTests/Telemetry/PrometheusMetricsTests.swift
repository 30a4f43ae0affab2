import CoreMetrics
import HubCore
import Metrics
import Testing

struct PrometheusMetricsTests {
    @Test func rendersEveryKindSortedWithHelpAndType() {
        let metrics = PrometheusMetrics(help: ["messages_total": "Messages taken in."])
        Counter(label: "messages", dimensions: [("tenant", "globex")], factory: metrics).increment(by: 2)
        Counter(label: "messages", dimensions: [("tenant", "acme"), ("channel", "support")], factory: metrics)
            .increment()
        FloatingPointCounter(label: "seconds.waited", factory: metrics).increment(by: 1.5)
        let queue = Meter(label: "queue", factory: metrics)
        queue.set(7)
        queue.increment(by: 1)
        queue.decrement(by: 3)
        Gauge(label: "open-stores", factory: metrics).record(12)

        #expect(
            metrics.render() == """
                # HELP messages_total Messages taken in.
                # TYPE messages_total counter
                messages_total{channel="support",tenant="acme"} 1
                messages_total{tenant="globex"} 2
                # HELP open_stores open_stores
                # TYPE open_stores gauge
                open_stores 12
                # HELP queue queue
                # TYPE queue gauge
                queue 5
                # HELP seconds_waited_total seconds_waited_total
                # TYPE seconds_waited_total counter
                seconds_waited_total 1.5

                """)
    }

    @Test func timersAreHistogramsInSecondsWithCumulativeBuckets() {
        let metrics = PrometheusMetrics()
        let timer = Metrics.Timer(label: "http.server.request.duration", factory: metrics)
        timer.recordNanoseconds(1_000_000)
        timer.recordMilliseconds(20)
        timer.recordSeconds(120)
        let lines = metrics.render().split(separator: "\n").map(String.init)
        #expect(lines[1] == "# TYPE http_server_request_duration_seconds histogram")
        #expect(lines.contains(#"http_server_request_duration_seconds_bucket{le="0.001"} 1"#))
        #expect(lines.contains(#"http_server_request_duration_seconds_bucket{le="0.01"} 1"#))
        #expect(lines.contains(#"http_server_request_duration_seconds_bucket{le="0.025"} 2"#))
        #expect(lines.contains(#"http_server_request_duration_seconds_bucket{le="60"} 2"#))
        #expect(lines.contains(#"http_server_request_duration_seconds_bucket{le="+Inf"} 3"#))
        #expect(lines.contains("http_server_request_duration_seconds_sum 120.021"))
        #expect(lines.contains("http_server_request_duration_seconds_count 3"))
    }

    @Test func recordersAreHistogramsOfWhatTheyRecord() {
        let metrics = PrometheusMetrics()
        let recorder = Recorder(label: "batch", dimensions: [("tenant", "acme")], aggregate: true, factory: metrics)
        recorder.record(256)
        recorder.record(Double.nan)
        let text = metrics.render()
        #expect(text.contains(#"batch_bucket{tenant="acme",le="200"} 0"#))
        #expect(text.contains(#"batch_bucket{tenant="acme",le="500"} 1"#))
        #expect(text.contains(#"batch_count{tenant="acme"} 1"#))
    }

    @Test func escapesLabelsAndHelpAndCleansNames() {
        let metrics = PrometheusMetrics(help: ["_9lives_x_total": "a\\b\nc"])
        Counter(label: "9lives/x", dimensions: [("le", "a\"b\\c\nd"), ("a-b", "ü")], factory: metrics).increment()
        #expect(
            metrics.render() == #"""
                # HELP _9lives_x_total a\\b\nc
                # TYPE _9lives_x_total counter
                _9lives_x_total{a_b="ü",exported_le="a\"b\\c\nd"} 1

                """#)
    }

    @Test func oneHandlePerNameAndLabelsWhateverTheirOrder() {
        let metrics = PrometheusMetrics()
        let first = metrics.makeCounter(label: "x", dimensions: [("a", "1"), ("b", "2")])
        let second = metrics.makeCounter(label: "x_total", dimensions: [("b", "2"), ("a", "1")])
        #expect(first === second)
    }

    @Test func seriesBeyondTheLimitShareOne() {
        let metrics = PrometheusMetrics(maximumSeries: 2)
        for tenant in ["a", "b", "c", "d"] {
            Counter(label: "x", dimensions: [("tenant", tenant)], factory: metrics).increment()
        }
        Counter(label: "x", dimensions: [("tenant", "a")], factory: metrics).increment()
        let lines = metrics.render().split(separator: "\n").dropFirst(2)
        #expect(lines == [#"x_total{overflow="true"} 2"#, #"x_total{tenant="a"} 2"#, #"x_total{tenant="b"} 1"#])
    }

    @Test func oneNameForTwoKindsBecomesTwoMetrics() {
        let metrics = PrometheusMetrics()
        Gauge(label: "depth", factory: metrics).record(1)
        Recorder(label: "depth", factory: metrics).record(1)
        let text = metrics.render()
        #expect(text.contains("# TYPE depth gauge"))
        #expect(text.contains("# TYPE depth_histogram histogram"))
    }

    @Test func aDestroyedSeriesIsGone() {
        let metrics = PrometheusMetrics()
        let counter = Counter(label: "x", factory: metrics)
        counter.increment()
        counter.destroy()
        #expect(metrics.render() == "")
    }

    @Test func countersNeverGoBack() {
        let metrics = PrometheusMetrics()
        let counter = metrics.makeCounter(label: "x", dimensions: [])
        counter.increment(by: 3)
        counter.increment(by: -1)
        #expect(metrics.render().hasSuffix("x_total 3\n"))
    }

    @Test func nothingIsLostWhenManyCountAtOnce() async {
        let metrics = PrometheusMetrics()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        Counter(label: "x", factory: metrics).increment()
                        FloatingPointCounter(label: "y", factory: metrics).increment(by: 0.5)
                        Recorder(label: "z", factory: metrics).record(1)
                    }
                }
            }
        }
        let text = metrics.render()
        #expect(text.contains("x_total 8000\n"))
        #expect(text.contains("y_total 4000\n"))
        #expect(text.contains("z_count 8000\n"))
    }
}
