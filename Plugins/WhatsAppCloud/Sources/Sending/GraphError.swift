import AdapterKit

/// An error of the Graph API, in an answer (`{"error": {…}}`) or in the `errors` of a status.
struct GraphError {
    /// Nil when the object has no readable code.
    let code: Int?
    /// What the catalogue says of it; nil for a code that it does not know.
    let entry: GraphErrorCatalogue.Entry?
    /// The title is ours; Meta's words may name the recipient and stay in the detail.
    let reason: FailureReason
    /// `fbtrace_id`, when it looks like one.
    let trace: String?

    init(_ error: JSON) {
        let code = error["code"]?.identifier.flatMap { Int($0) }
        let message = error["message"]?.string ?? error["title"]?.string
        entry = code.flatMap { code in
            GraphErrorCatalogue.entry(
                for: code, subcode: error["error_subcode"]?.identifier.flatMap { Int($0) }, message: message)
        }
        // `error_data` is an object with `details`, on some endpoints a string.
        let details = error["error_data"]?["details"]?.string ?? error["error_data"]?.string
        let words = [message, details == message ? nil : details].compactMap { $0 }
        reason = FailureReason(
            code: code.map { String($0) } ?? "unknown", title: entry?.title ?? "An error without a known meaning",
            detail: words.isEmpty ? nil : words.joined(separator: ": "))
        trace = error["fbtrace_id"]?.string.flatMap { Self.isTrace($0) ? $0 : nil }
        self.code = code
    }

    private static func isTrace(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
