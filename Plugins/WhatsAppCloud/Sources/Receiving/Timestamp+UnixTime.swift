import AdapterKit

extension Timestamp {
    /// Before this no WhatsApp message was sent: 2009-01-01.
    private static let earliest = Timestamp(seconds: 1_230_768_000)

    /// Unix seconds as a string or a number; the time of receipt when they are missing or cannot be true.
    init(unixTime: JSON?, receivedAt: Timestamp) {
        self = receivedAt
        guard let text = unixTime?.identifier, let seconds = Int64(text) else { return }
        let time = Timestamp(seconds: seconds)
        // A clock may be wrong by some hours; a day ahead it is no time that we could sort by.
        if time >= Self.earliest && time <= receivedAt + .seconds(86_400) { self = time }
    }
}
