import AdapterKit
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "A moment is written in RFC 3339 with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"), (999, "1970-01-01T00:00:00.999Z"),
            (86_399_999, "1970-01-01T23:59:59.999Z"), (86_400_000, "1970-01-02T00:00:00.000Z"),
            (68_169_600_000, "1972-02-29T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"), (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (1_709_251_200_000, "2024-03-01T00:00:00.000Z"),
            (1_735_689_599_999, "2024-12-31T23:59:59.999Z"), (1_735_689_600_000, "2025-01-01T00:00:00.000Z"),
            (1_740_787_200_000, "2025-03-01T00:00:00.000Z"), (1_795_421_730_250, "2026-11-23T08:15:30.250Z"),
            (4_107_456_000_000, "2100-02-28T00:00:00.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (-86_400_000, "1969-12-31T00:00:00.000Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func description(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test(
        "Seconds that no calendar shows are brought into years 1970 to 9999",
        arguments: [
            (Int64.min, "1970-01-01T00:00:00.000Z"), (-1, "1970-01-01T00:00:00.000Z"),
            (253_402_300_799, "9999-12-31T23:59:59.000Z"), (253_402_300_800, "9999-12-31T23:59:59.000Z"),
            (.max, "9999-12-31T23:59:59.000Z"),
        ] as [(Int64, String)])
    func seconds(seconds: Int64, text: String) {
        #expect(Timestamp(seconds: seconds).description == text)
    }

    @Test("Moments are ordered, and differ by durations")
    func arithmetic() {
        let start = Timestamp(seconds: 1_795_420_800)
        let later = start + .milliseconds(1500)
        #expect(start < later && later - start == .milliseconds(1500) && start - later == .milliseconds(-1500))
        #expect(start + .seconds(-1) < start)
        #expect(Duration.microseconds(1999).wholeMilliseconds == 1)
    }
}
