import AdapterKit

/// Times as Shopify writes them: RFC 3339, with any fraction and any offset.
enum ShopifyTime {
    /// Nil for anything else, and for a time before 1970.
    static func read(_ text: String) -> Timestamp? {
        var rest = text.utf8[...]
        func digits(_ count: Int) -> Int64? {
            let digits = rest.prefix(count)
            guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            rest = rest.dropFirst(count)
            return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        func sign(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = digits(4), sign("-"), let month = digits(2), sign("-"), let day = digits(2), sign("T"),
            let hour = digits(2), sign(":"), let minute = digits(2), sign(":"), let second = digits(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        var milliseconds: Int64 = 0
        if sign(".") {
            let fraction = rest.prefix { (0x30...0x39).contains($0) }
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count)
            milliseconds = (Array(fraction.prefix(3)) + [0x30, 0x30]).prefix(3).reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        var offset: Int64 = 0
        if !sign("Z") {
            let isBehind = sign("-")
            guard isBehind || sign("+"), let hours = digits(2), sign(":"), let minutes = digits(2) else { return nil }
            offset = (hours * 60 + minutes) * (isBehind ? -60 : 60)
        }
        guard rest.isEmpty else { return nil }
        let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - offset
        guard (0..<253_402_300_800).contains(seconds) else { return nil }
        return Timestamp(milliseconds: seconds * 1000 + milliseconds)
    }

    /// Days since 1970-01-01, with years that begin in March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let monthOfYear = month > 2 ? month - 3 : month + 9
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (153 * monthOfYear + 2) / 5 + day - 1
            - 719_468
    }
}
