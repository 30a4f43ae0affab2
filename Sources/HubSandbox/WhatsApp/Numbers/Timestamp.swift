import FoundationEssentials

/// Times as the Graph API writes them in objects.
enum Timestamp {
    /// E.g. `2026-11-23T04:05:06+0000`.
    static func iso8601(seconds: Int) -> String {
        let text = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
        return text.hasSuffix("Z") ? text.dropLast() + "+0000" : text
    }
}
