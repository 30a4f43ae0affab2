import AdapterKit
import Testing

struct ConstantTimeTests {
    @Test("Row 104: the same is the same", arguments: ["", "a", "state-1", String(repeating: "x", count: 10_000), "é"])
    func same(text: String) {
        #expect(ConstantTime.isEqual(text, text))
        #expect(ConstantTime.isEqual(Array(text.utf8), text.utf8))
        #expect(Secret(text) == Secret(text))
    }

    @Test(
        "Row 104: what differs at its ends, in its length or in its spelling is not",
        arguments: [
            ("abc", "xbc"), ("abc", "abx"), ("abc", "ab"), ("abc", "abcd"), ("", "a"), ("a", ""), ("a", "a\0"),
            ("\u{E9}", "e\u{301}"), ("K", "\u{212A}"),
        ])
    func others(left: String, right: String) {
        #expect(!ConstantTime.isEqual(left, right))
        #expect(!ConstantTime.isEqual(right, left))
        #expect(Secret(left) != Secret(right))
    }
}
