/// Versions of the Admin API: one a quarter, served for a year.
enum AdminVersion {
    static let supported = ["2025-10", "2026-01", "2026-04", "2026-07", "2026-10"]

    /// The version that answers a call: an older one falls forward to the oldest that is served.
    /// - Returns: nil for what is no version, or none yet.
    static func serving(_ text: String) -> String? {
        if text == "unstable" || supported.contains(text) { return text }
        guard text.wholeMatch(of: /20[0-9]{2}-(?:01|04|07|10)/) != nil, let oldest = supported.first, text < oldest
        else { return nil }
        return oldest
    }
}
