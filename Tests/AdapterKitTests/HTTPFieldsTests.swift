import AdapterKit
import Testing

@Suite("HTTP fields and answers")
struct HTTPFieldsTests {
    @Test("Names compare without case; the first value counts")
    func names() {
        let fields: HTTPFields = [("X-Hub-Signature-256", "a"), ("x-hub-signature-256", "b"), ("Accept", "*/*")]
        #expect(fields["x-HUB-signature-256"] == "a")
        #expect(fields.count("X-HUB-SIGNATURE-256") == 2 && fields.count("accept") == 1 && fields.count("date") == 0)
        #expect(fields["X-Hub-Signature"] == nil)
    }

    @Test("Fields are equal when names without case and values are, in order")
    func equality() {
        let fields: HTTPFields = [("A", "1"), ("B", "2")]
        #expect(fields == [("a", "1"), ("b", "2")])
        #expect(fields != [("b", "2"), ("a", "1")])
        #expect(fields != [("a", "1")] && fields != [("a", "1"), ("b", "x")])
        var longer: HTTPFields = [("A", "1")]
        longer.append("b", "2")
        #expect(longer == fields)
    }

    @Test(
        "Retry-After is seconds, at most a week",
        arguments: [
            ("0", .seconds(0)), ("120", .seconds(120)), ("99999999", .seconds(604_800)), ("-1", nil), ("", nil),
            ("1.5", nil),
            ("Wed, 21 Oct 2026 07:28:00 GMT", nil), ("99999999999999999999", nil),
        ] as [(String, Duration?)])
    func retryAfter(text: String, duration: Duration?) {
        #expect(HTTPAnswer(status: 429, headers: [("RETRY-AFTER", text)]).retryAfter == duration)
        #expect(HTTPAnswer(status: 429).retryAfter == nil)
    }
}
