import Metrics
import Synchronization

/// Counts requests by route template and status, never by what fills the template.
final class EdgeMetrics: Sendable {
    private struct Key: Hashable {
        let route: String
        let status: Int
    }

    private struct Handles {
        let requests: Counter
        let duration: Metrics.Timer
    }

    private let handles = Mutex<[Key: Handles]>([:])

    func count(route: String, status: Int, duration: Duration) {
        let handles = handles.withLock { handles in
            let key = Key(route: route, status: status)
            if let known = handles[key] { return known }
            let new = Handles(
                requests: Counter(
                    label: "comfile_http_requests_total", dimensions: [("route", route), ("status", String(status))]),
                duration: Metrics.Timer(label: "comfile_http_request_duration_seconds", dimensions: [("route", route)]))
            handles[key] = new
            return new
        }
        handles.requests.increment()
        handles.duration.recordNanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }
}
