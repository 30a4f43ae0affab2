/// How long a person may be answered freely after they wrote; a template may be sent at any time.
public struct SendWindow: Sendable, Codable, Equatable {
    /// After each message or call of the person.
    public var duration: Duration
    /// How long all messages are free after the first answer to somebody whom an advertisement led here, given that the
    /// answer comes within ``duration``. It does not change what may be said.
    public var freeEntry: Duration?

    public init(duration: Duration, freeEntry: Duration? = nil) {
        self.duration = duration
        self.freeEntry = freeEntry
    }
}

/// How fast one person may be written to: one message an interval, and a burst that is borrowed from the time after it.
public struct PairRate: Sendable, Codable, Equatable {
    public var interval: Duration
    public var burst: Int

    public init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}
