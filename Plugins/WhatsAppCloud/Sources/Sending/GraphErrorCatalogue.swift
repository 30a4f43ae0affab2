/// What the error codes of Cloud API mean, for an answer and for a failed status alike.
///
/// From Meta's pages on error codes, throughput, groups, calling and business-scoped user ids. Meta no longer says which
/// HTTP status goes with a code and asks to build on the code alone.
enum GraphErrorCatalogue {
    enum Meaning: String, CaseIterable {
        /// This message will never be taken.
        case rejected
        /// No message will be taken until the owner of the channel changes something. A code that stops only some
        /// messages (one recipient, one template, calls) is ``rejected`` instead, so that the others go on.
        case misconfigured
        /// Known to come before a message is taken.
        case unavailable
        /// Meta does not know what happened either.
        case uncertain
        case channelThrottled
        case recipientThrottled
    }

    struct Entry {
        /// One code, or a run of them that Meta names together.
        let codes: ClosedRange<Int>
        let meaning: Meaning
        /// In our words, for people; never the provider's, which may name the recipient.
        let title: String

        init(_ codes: ClosedRange<Int>, _ meaning: Meaning, _ title: String) {
            self.codes = codes
            self.meaning = meaning
            self.title = title
        }

        init(_ code: Int, _ meaning: Meaning, _ title: String) { self.init(code...code, meaning, title) }
    }

    /// The entry of the code itself, else of the run that it stands in.
    static func entry(for code: Int) -> Entry? {
        single[code] ?? runs.first { $0.codes.contains(code) }
    }

    /// `100` is told apart by its subcode and words: it is also what Meta says of an object that is not there, and of a
    /// missing proof, which no message gets past.
    static func entry(for code: Int, subcode: Int?, message: String?) -> Entry? {
        if code == 100, subcode == 33 { return entry(for: 33) }
        if code == 100, message?.contains("appsecret_proof") == true { return entry(for: 104) }
        return entry(for: code)
    }

    private static let single = Dictionary(
        entries.filter { $0.codes.count == 1 }.map { ($0.codes.lowerBound, $0) },
        uniquingKeysWith: { first, _ in first })
    private static let runs = entries.filter { $0.codes.count > 1 }
}
