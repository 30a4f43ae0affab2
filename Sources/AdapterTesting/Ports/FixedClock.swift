public import AdapterKit

/// A clock that stands still.
public struct FixedClock: ClockPort {
    /// The moment at which it stands.
    public var now: Timestamp

    /// - Parameter now: by default 2026-11-23T08:00:00Z.
    public init(_ now: Timestamp = Timestamp(seconds: 1_795_420_800)) { self.now = now }
}
