import AdapterKit

/// How many people a business may write to first in 24 hours, as Meta spells it in different places.
enum MessagingLimit {
    /// `TIER_2K`, `TIER_UNLIMITED`, `2000`, `"2000"` or `-1`; `Int.max` is no limit, nil what is none of these, such as
    /// `TIER_NOT_SET`.
    static func people(_ json: JSON?) -> Int? {
        guard let word = json?.identifier?.uppercased() else { return nil }
        if let number = Int(word) { return number < 0 ? .max : number }
        if word == "UNLIMITED" { return .max }
        guard word.hasPrefix("TIER_") else { return nil }
        let tier = word.dropFirst("TIER_".count)
        if tier == "UNLIMITED" { return .max }
        if tier.hasSuffix("K") {
            return Int(tier.dropLast()).flatMap { (1...1_000_000).contains($0) ? $0 * 1000 : nil }
        }
        return Int(tier)
    }
}
