import Testing

@testable import HubSandbox

struct JSONTests {
    @Test func `non-ASCII text is written in lower-case escapes and a slash is escaped`() {
        let value: JSON = ["a": "äöå 👍 https://x/y", "b": "tab\tquote\""]
        let expected =
            #"{"a":"\u00e4\u00f6\u00e5 \ud83d\udc4d https:\/\/x\/y","b":"tab\tquote\""}"#
        #expect(String(decoding: value.bytes, as: UTF8.self) == expected)
    }

    @Test(arguments: [
        #"{"z":1,"a":[1.50,-2e+3,true,false,null],"n":{"k":"v"}}"#, "[]", #"["\u0001\u007f"]"#, "-0.5", #""""#,
    ])
    func `order and numbers survive reading and writing`(text: String) throws {
        let value = try JSON.parse(Array(text.utf8))
        #expect(try JSON.parse(value.bytes) == value)
    }

    @Test func `a body is passed on with its own order and spelling`() throws {
        let text = #"{"z":1,"a":[1.50,-2e+3,true,false,null],"n":{"k":"v"}}"#
        #expect(String(decoding: try JSON.parse(Array(text.utf8)).bytes, as: UTF8.self) == text)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\" 1}", "01", "1.", "nul", "\"\u{1}\"", "\"\\x\"", "\"\\ud83", "[1] 2",
        String(repeating: "[", count: 65),
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(Array(text.utf8)) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSON.ParsingError.self) { try JSON.parse([0x22, 0xFF, 0x22]) }
    }
}
