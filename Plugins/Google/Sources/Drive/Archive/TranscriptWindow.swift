import AdapterKit

/// The part of a conversation whose transcripts still change: from the start of a month on. What is before it was filed and
/// is not read again.
struct TranscriptWindow: Sendable {
    /// So long into a month the one before it may change: a message can be edited or taken back for a while.
    private static let grace: Duration = .seconds(3 * 86_400)
    private static let page = 500

    let conversations: any ConversationPort
    let ledger: DriveLedger
    let conversation: String

    private struct Place {
        var month = ""
        var after: String?

        init(_ text: String?) {
            let parts = (text ?? "").split(separator: " ").map(String.init)
            guard parts.count == 2 else { return }
            month = parts[0]
            after = parts[1]
        }
    }

    func months() async throws(ProviderFailure) -> [TranscriptMonth] {
        let place = Place(try await ledger.text(DriveLedger.window(conversation)))
        var lines: [TranscriptLine] = []
        while true {
            let more: [TranscriptLine]
            do {
                more = try await conversations.transcript(
                    conversation, after: lines.last?.message ?? place.after, limit: Self.page)
            } catch {
                throw ProviderFailure(
                    .unavailable, FailureReason(code: "transcript_unreadable", title: "The messages cannot be read now")
                )
            }
            lines += more
            if more.count < Self.page { break }
        }
        return TranscriptMonth.months(lines, notBefore: place.month)
    }

    /// Moves the window to the newest month, once the months before it are filed and settled.
    func advance(over months: [TranscriptMonth], at now: Timestamp) async throws(ProviderFailure) {
        guard months.count > 1, let newest = months.last, let first = newest.lines.first, now - first.at > Self.grace,
            let last = months[months.count - 2].lines.last
        else { return }
        try await ledger.keep("\(newest.name) \(last.message)", as: DriveLedger.window(conversation))
    }
}
