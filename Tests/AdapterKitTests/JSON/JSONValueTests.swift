import AdapterKit
import Foundation
import Testing

@Suite("JSON values")
struct JSONValueTests {
    private static let value: JSON = [
        "id": 106_540_352_242_922, "rate": .number("37.44"), "ok": true, "list": [nil, "x"],
    ]

    @Test("A member is found by its name, and anything else is nil")
    func members() {
        #expect(Self.value["id"]?.integer == 106_540_352_242_922)
        #expect(Self.value["rate"]?.double == 37.44)
        #expect(Self.value["ok"]?.bool == true)
        #expect(Self.value["list"]?.elements == [.null, "x"])
        #expect(Self.value["missing"] == nil)
        #expect(JSON.array([])["id"] == nil && JSON.string("id")["id"] == nil)
    }

    @Test("A value is read as what it is and as nothing else")
    func kinds() {
        #expect(JSON.number("1").string == nil && JSON.string("1").integer == nil && JSON.string("true").bool == nil)
        #expect(JSON.null.elements.isEmpty && JSON.string("x").members.isEmpty)
        #expect(JSON.null.isNull && !JSON.string("").isNull)
    }

    @Test(
        "An integer has no fraction, no exponent and 64 bits",
        arguments: [
            ("0", 0), ("-5", -5), ("9223372036854775807", .max), ("9223372036854775808", nil), ("1.0", nil),
            ("1e3", nil),
        ] as [(String, Int64?)])
    func integers(spelled: String, value: Int64?) {
        #expect(JSON.number(spelled).integer == value)
    }

    @Test("An id may be a string or a number")
    func identifier() {
        #expect(JSON.string("102290129340398").identifier == "102290129340398")
        #expect(JSON.number("102290129340398").identifier == "102290129340398")
        #expect(JSON.null.identifier == nil && JSON.bool(true).identifier == nil && JSON.array([]).identifier == nil)
    }

    @Test("An object leaves out what is nil and keeps what is null")
    func object() {
        #expect(JSON.object(["a": nil, "b": .null, "c": 1]).text == #"{"b":null,"c":1}"#)
    }

    @Test("A number keeps its spelling, so two spellings are two values")
    func spelling() throws {
        #expect(try JSON.parse("1.0") != JSON.parse("1"))
        #expect(try JSON.parse("1.10").text == "1.10")
    }

    @Test("Any coder keeps order and spelling")
    func coding() throws {
        let value = try JSON.parse(#"{"b":1.10,"a":[null,"\u00e4"]}"#)
        let again = try JSONDecoder().decode([JSON].self, from: JSONEncoder().encode([value]))
        #expect(again == [value] && again.first?.text == #"{"b":1.10,"a":[null,"ä"]}"#)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([JSON].self, from: Data(#"["{"]"#.utf8)) }
    }
}
