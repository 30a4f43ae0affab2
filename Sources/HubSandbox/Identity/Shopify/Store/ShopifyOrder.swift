/// An order of a shop.
struct ShopifyOrder: Hashable, Sendable {
    enum FinancialStatus: String, Sendable, CaseIterable {
        case authorized = "AUTHORIZED"
        case expired = "EXPIRED"
        case paid = "PAID"
        case partiallyPaid = "PARTIALLY_PAID"
        case partiallyRefunded = "PARTIALLY_REFUNDED"
        case pending = "PENDING"
        case refunded = "REFUNDED"
        case voided = "VOIDED"
    }

    enum FulfillmentStatus: String, Sendable, CaseIterable {
        case fulfilled = "FULFILLED"
        case inProgress = "IN_PROGRESS"
        case onHold = "ON_HOLD"
        case partiallyFulfilled = "PARTIALLY_FULFILLED"
        case scheduled = "SCHEDULED"
        case unfulfilled = "UNFULFILLED"
    }

    struct Item: Hashable, Sendable {
        let title: String
        let quantity: Int
        /// Price of one, in hundredths.
        let cents: Int
    }

    struct Tracking: Hashable, Sendable {
        var company: String
        var number: String
        var url: String
    }

    let id: Int
    /// What people call it, e.g. `#1001`, without the sign.
    let number: Int
    var customerID: Int?
    var email: String?
    var phone: String?
    /// Unix seconds.
    let createdAt: Int
    var updatedAt: Int
    var cancelledAt: Int?
    var financial: FinancialStatus = .paid
    var fulfillment: FulfillmentStatus = .unfulfilled
    var items: [Item]
    var tags: [String] = []
    var note: String?
    var tracking: Tracking?

    var globalID: String { "gid://shopify/Order/\(id)" }
    var name: String { "#\(number)" }
    var cents: Int { items.reduce(0) { $0 + $1.cents * $1.quantity } }
}

/// Money and times as Shopify writes them.
enum ShopifyFormat {
    /// Hundredths as a decimal number, e.g. `59.90`.
    static func amount(_ cents: Int) -> String {
        let part = cents % 100
        return "\(cents / 100).\(part < 10 ? "0" : "")\(part)"
    }

    /// Unix seconds as `2026-08-01T10:20:30Z`.
    static func time(_ seconds: Int) -> String {
        // Civil date from days since 1970-01-01, proleptic Gregorian; years begin in March here.
        let days = seconds / 86_400 + 719_468
        let era = days / 146_097
        let day = days % 146_097
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let shifted = (5 * ofYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let date = [year + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * shifted + 2) / 5 + 1]
        let rest = seconds % 86_400
        let clock = [rest / 3600, rest % 3600 / 60, rest % 60]
        return date.map(padded).joined(separator: "-") + "T" + clock.map(padded).joined(separator: ":") + "Z"
    }

    private static func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
