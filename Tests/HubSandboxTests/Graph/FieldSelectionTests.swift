import Testing

@testable import HubSandbox

struct FieldSelectionTests {
    private static let object: JSON = [
        "id": "1", "name": "Acme",
        "health": ["state": "OK", "parts": [["id": "2", "size": 3], ["id": "4", "size": 5]]],
    ]

    @Test func `inner selections reach through lists`() throws {
        let fields = try FieldSelection.parse("name, health{parts{size}}")
        let chosen = try FieldSelection.choose(fields, of: Self.object, node: "Thing")
        let expected: JSON = ["name": "Acme", "health": ["parts": [["size": 3], ["size": 5]]], "id": "1"]
        #expect(chosen == expected)
    }

    @Test func `modifiers are taken, fields without a value are left out`() throws {
        let fields = try FieldSelection.parse("health.limit(5){state},motto")
        let chosen = try FieldSelection.choose(fields, of: Self.object, emptyFields: ["motto"], node: "Thing")
        #expect(chosen == ["health": ["state": "OK"], "id": "1"])
    }

    @Test func `a field that does not exist is refused by its name and the object's type`() throws {
        let fields = try FieldSelection.parse("shoe_size")
        #expect(throws: GraphError.self) {
            try FieldSelection.choose(fields, of: Self.object, node: "Thing")
        }
    }

    @Test(arguments: ["a{b", "a}b", "{a}", "a{b}}"])
    func `braces must match`(text: String) {
        #expect(throws: GraphError.self) { try FieldSelection.parse(text) }
    }
}
