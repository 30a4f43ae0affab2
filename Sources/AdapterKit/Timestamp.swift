/// A moment in milliseconds since 1970-01-01 UTC.
public struct Timestamp: Sendable, Hashable, Comparable, Codable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// A Unix time in seconds; one that no calendar of ours can show is brought into years 1970 to 9999.
    public init(seconds: Int64) { self.init(milliseconds: min(max(seconds, 0), 253_402_300_799) * 1000) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    public static func + (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds + right.wholeMilliseconds)
    }

    /// The time from `right` to `left`, negative when `right` is later.
    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }
}

extension Duration {
    /// The duration in whole milliseconds, rounded down.
    public var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds, such as `2026-11-23T08:15:30.250Z`.
    public var description: String {
        let (day, millisecond) = milliseconds.quotientAndRemainder(flooringBy: 86_400_000)
        let (year, month, dayOfMonth) = Self.civil(day: day)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        func put(_ value: Int64, _ digits: Int, _ after: Unicode.Scalar) {
            var divisor: Int64 = 1
            for _ in 1..<digits { divisor *= 10 }
            while divisor > 0 {
                bytes.append(UInt8(0x30 + (value / divisor) % 10))
                divisor /= 10
            }
            bytes.append(UInt8(ascii: after))
        }
        put(year, 4, "-")
        put(month, 2, "-")
        put(dayOfMonth, 2, "T")
        put(millisecond / 3_600_000, 2, ":")
        put(millisecond / 60_000 % 60, 2, ":")
        put(millisecond / 1000 % 60, 2, ".")
        put(millisecond % 1000, 3, "Z")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Year, month and day of a day number since 1970-01-01, after Howard Hinnant's "chrono-compatible date algorithms".
    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainder(flooringBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension Int64 {
    fileprivate func quotientAndRemainder(flooringBy divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
