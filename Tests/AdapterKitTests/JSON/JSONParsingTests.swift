import AdapterKit
import Testing

@Suite("Parsing JSON")
struct JSONParsingTests {
    @Test(
        "A text that comes back as it was",
        arguments: [
            "null", "true", "false", "0", "-0", "37.44", "1e10", "1E+10", "-1.5e-3", "106540352242922",
            "123456789012345678901234567890", "0.1000", #""""#, #""a""#, #""ä😀""#, #""\"\\\n""#, #""\u0001\u001f""#,
            "[]",
            "{}", "[1,[2,[3]]]", #"{"b":1,"a":2}"#, #"{"":null}"#,
        ])
    func roundTrip(text: String) throws {
        #expect(try JSON.parse(text).text == text)
        #expect(try JSON.parse(Array(text.utf8)).encoded == Array(text.utf8))
    }

    @Test(
        "A text that is spelled otherwise comes back in one spelling",
        arguments: [
            (" [ 1 , 2 ]\r\n\t", "[1,2]"), (#""\u00e4\ud83d\ude00""#, #""ä😀""#),
            (#""\/\b\f\t\r""#, #""/\u0008\u000c\u0009\u000d""#),
            (#""\ud800""#, "\"\u{FFFD}\""), (#""\udc00x""#, "\"\u{FFFD}x\""),
            (#""\ud800\ud800""#, "\"\u{FFFD}\u{FFFD}\""),
            (#""\ud800\u0041""#, "\"\u{FFFD}A\""), (#""\u0000""#, #""\u0000""#),
            (#""\u007F""#, "\"\u{7F}\""),
        ])
    func spelling(text: String, canonical: String) throws {
        #expect(try JSON.parse(text).text == canonical)
    }

    @Test(
        "What is no JSON is refused",
        arguments: [
            "", " ", "nul", "nulll", "True", "+1", "01", "1.", ".5", "1e", "1e+", "--1", "0x1", "NaN", "Infinity",
            "'a'",
            #"""#, #""a"#, #""\"#, #""\x""#, #""\u12""#, #""\u12g4""#, "\"a\nb\"", "\"\u{1}\"", "[", "[1", "[1,",
            "[1,]",
            "[,1]", "[1 2]", "]", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,"a":1}"#, "{a:1}", "{1:2}",
            #"{"a":1 "b":2}"#,
            "1 2", "null null", "// x\n1", "[1]x", "\u{FEFF}1",
        ])
    func refused(text: String) {
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(text) }
    }

    @Test(
        "Bytes that are not UTF-8 are refused, in values, names and behind escapes",
        arguments: [
            [0xFF], [0xC3], [0xC3, 0x28], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
        ] as [[UInt8]])
    func encoding(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSON.ParsingError.self) { try JSON.parse([quote] + bytes + [quote]) }
        #expect(throws: JSON.ParsingError.self) { try JSON.parse([quote] + Array(#"\n"#.utf8) + bytes + [quote]) }
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(Array(#"{""#.utf8) + bytes + Array(#"":1}"#.utf8)) }
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(bytes) }
    }

    @Test("64 levels are read, 65 are not, and a hundred thousand do not end the process")
    func depth() throws {
        func lists(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        func objects(_ count: Int) -> String {
            String(repeating: #"{"a":"#, count: count) + "1" + String(repeating: "}", count: count)
        }
        #expect(try JSON.parse(lists(JSON.maximumDepth)).text == lists(JSON.maximumDepth))
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(lists(JSON.maximumDepth + 1)) }
        #expect(try JSON.parse(objects(JSON.maximumDepth - 1)).members.count == 1)
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(objects(JSON.maximumDepth)) }
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(String(repeating: "[", count: 100_000)) }
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(String(repeating: #"{"a":"#, count: 100_000)) }
    }

    @Test("A name twice in one object is refused, however it is spelled and however many there are")
    func duplicates() throws {
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(#"{"a":1,"a":1}"#) }
        #expect(throws: JSON.ParsingError.self) { try JSON.parse(#"{"a":1,"\u0061":2}"#) }
        let members = (0..<40).map { #""k\#($0)":\#($0)"# }
        #expect(try JSON.parse("{" + members.joined(separator: ",") + "}").members.count == 40)
        for index in [0, 15, 16, 39] {
            let text = "{" + (members + [#""k\#(index)":0"#]).joined(separator: ",") + "}"
            #expect(throws: JSON.ParsingError.self, "\(index)") { try JSON.parse(text) }
        }
        #expect(try JSON.parse(#"[{"a":1},{"a":2}]"#).elements.count == 2)
    }

    @Test("An error names a place and never the content")
    func error() throws {
        let error = try #require(throws: JSON.ParsingError.self) { try JSON.parse(#"{"name":"Sheena" "#) }
        #expect(error.offset == 17 && error.description == "',' or '}' is missing at byte 17")
    }

    @Test("Bytes that lie apart are parsed like those that lie together")
    func collections() throws {
        let text = Array(#"{"a":[1,2]}"#.utf8)
        #expect(try JSON.parse(text.lazy.map { $0 }) == JSON.parse(text))
        #expect(try JSON.parse(([0x20] + text)[1...]) == JSON.parse(text))
    }

    @Test("A text that was cut or changed anywhere is read or refused, and never ends the process")
    func damage() throws {
        let text = Array(#"{"a":[1.5e3,"\ud83d\ude00ä",{"b":null,"c":[true,false]}],"d":"\\\"x"}"#.utf8)
        for end in 0..<text.count { #expect(throws: JSON.ParsingError.self) { try JSON.parse(text[..<end]) } }
        var readable = 0
        for position in text.indices {
            for byte in [0, 0x22, 0x2C, 0x30, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xFF] as [UInt8] {
                var changed = text
                changed[position] = byte
                guard let value = try? JSON.parse(changed) else { continue }
                readable += 1
                // What can be read can be written and read again, as the same value.
                #expect(try JSON.parse(value.encoded) == value)
            }
        }
        #expect(readable > 0)
    }
}
