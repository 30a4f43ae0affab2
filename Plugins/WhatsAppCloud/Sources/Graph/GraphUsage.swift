import AdapterKit
import Synchronization

/// How much of its call limits the app has used, as Meta tells it in headers once there were enough calls.
struct GraphUsage: Equatable {
    /// Of the fullest limit.
    var percent: Int
    /// Until calls are taken again.
    var regainTime: Duration?

    /// Nil when the answer tells nothing of it.
    init?(_ headers: HTTPFields) {
        // {"call_count": 28, "total_cputime": 25, "total_time": 25}, in percent
        let app = headers["x-app-usage"].flatMap { try? JSON.parse($0) }
        // {"<business account id>": [{"type", "call_count", …, "estimated_time_to_regain_access": minutes}]}
        let accounts = headers["x-business-use-case-usage"].flatMap { try? JSON.parse($0) }
        let limits = [app].compactMap(\.self) + (accounts?.members ?? []).flatMap { $0.value.elements }
        let counts = limits.flatMap { limit in
            ["call_count", "total_cputime", "total_time"].compactMap { limit[$0]?.double }
        }
        guard let highest = counts.max(), highest.isFinite else { return nil }
        percent = Int(min(max(highest, 0), 10_000))
        let minutes = limits.compactMap { $0["estimated_time_to_regain_access"]?.integer }.max() ?? 0
        regainTime = minutes > 0 ? .seconds(min(minutes, 7 * 1440) * 60) : nil
    }
}

extension HTTPAnswer {
    /// When to come again after a call that was too many: `Retry-After`, which Meta does not promise, else what the usage
    /// headers say.
    var graphRetryAfter: Duration? { retryAfter ?? GraphUsage(headers)?.regainTime }
}

/// Warns before a call limit is reached: at each ten percent from 80 on, and again after a while.
final class UsageWatch: Sendable {
    private struct Warned {
        var tens: Int
        var at: Timestamp
    }

    private static let quiet = Duration.seconds(600)

    private let clock: any ClockPort
    private let log: any LogPort
    private let warned = Mutex<Warned?>(nil)

    init(clock: any ClockPort, log: any LogPort) {
        self.clock = clock
        self.log = log
    }

    func observe(_ answer: HTTPAnswer) {
        guard let usage = GraphUsage(answer.headers), usage.percent >= 80 else { return }
        let now = clock.now
        let isNews = warned.withLock { warned in
            if let last = warned, usage.percent / 10 <= last.tens, now - last.at < Self.quiet { return false }
            warned = Warned(tens: usage.percent / 10, at: now)
            return true
        }
        guard isNews else { return }
        var fields = ["percent": String(usage.percent)]
        if let regain = usage.regainTime { fields["minutes_to_regain"] = String(regain.components.seconds / 60) }
        log.log(.warning, "the Graph API's call limit is nearly reached", fields)
    }
}
