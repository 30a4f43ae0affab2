import AdapterKit

extension Timestamp {
    /// Before this no WhatsApp message was sent: 2009-01-01.
    private static let earliest = Timestamp(seconds: 1_230_768_000)

    /// Unix seconds as a string or a number; the time of receipt when they are missing or cannot be true.
    init(unixTime: JSON?, receivedAt: Timestamp) {
        self = receivedAt
        guard let time = Timestamp(unixTime) else { return }
        // A clock may be wrong by some hours; a day ahead it is no time that we could sort by.
        if time >= Self.earliest && time <= receivedAt + .seconds(86_400) { self = time }
    }

    /// Unix seconds as a string or a number, which may be ahead; nil when they are neither.
    init?(_ unixTime: JSON?) {
        guard let seconds = unixTime?.identifier.flatMap({ Int64($0) }) else { return nil }
        self.init(seconds: seconds)
    }
}
