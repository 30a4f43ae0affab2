import AdapterKit

/// Lets so many through a second, with a burst of at most one second's worth.
struct TokenBucket: Sendable {
    private(set) var perSecond: Double
    private var tokens: Double
    private var filledAt: Timestamp

    init(perSecond: Int, at now: Timestamp) {
        self.perSecond = Double(perSecond)
        tokens = Double(perSecond)
        filledAt = now
    }

    /// How many may pass now.
    mutating func available(at now: Timestamp) -> Int {
        let passed = Double(max(0, now.milliseconds - filledAt.milliseconds)) / 1000
        tokens = min(perSecond, tokens + passed * perSecond)
        filledAt = now
        return Int(tokens)
    }

    /// Takes so many, into debt of at most one second's worth.
    mutating func take(_ count: Int) { tokens = max(tokens - Double(count), -perSecond) }

    /// Goes on at another rate.
    mutating func change(perSecond: Int) {
        self.perSecond = Double(perSecond)
        tokens = min(tokens, self.perSecond)
    }

    /// Until one may pass, when none may now.
    var wait: Duration { .milliseconds(Int64(max(1, (1 - tokens) / perSecond * 1000))) }
}
