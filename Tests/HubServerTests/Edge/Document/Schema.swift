import AdapterKit
import Foundation

@testable import HubServer

/// As much of JSON Schema 2020-12 as the document uses. Stricter in one thing: a member of an answer that the document does
/// not tell of is a fault.
enum Schema {
    static func resolved(_ json: JSON) -> JSON {
        guard let reference = json["$ref"]?.string else { return json }
        let target = reference.dropFirst(2).split(separator: "/").reduce(OpenAPIDocument.json) {
            $0[String($1)] ?? .null
        }
        return resolved(target)
    }

    /// What is wrong with a value, by place.
    static func faults(_ value: JSON, _ schema: JSON, at place: String = "") -> [String] {
        var faults = check(value, schema, at: place)
        if case .object(let members) = value, let known = properties(schema) {
            faults += members.filter { !known.contains($0.name) }.map { "\(place)/\($0.name) is not in the document" }
        }
        return faults
    }

    private static func check(_ value: JSON, _ schema: JSON, at place: String) -> [String] {
        let schema = resolved(schema)
        guard schema != .null else { return ["\(place): a reference leads nowhere"] }
        var faults = keywords(value, schema, at: place)
        for part in schema["allOf"]?.elements ?? [] { faults += check(value, part, at: place) }
        for name in ["anyOf", "oneOf"] {
            guard let parts = schema[name]?.elements else { continue }
            let results = parts.map { self.faults(value, $0, at: place) }
            let fitting = results.count { $0.isEmpty }
            if fitting == 0 { faults += results.min { $0.count < $1.count } ?? [] }
            if name == "oneOf", fitting > 1 { faults.append("\(place) fits more than one of oneOf") }
        }
        for member in value.members {
            guard let part = schema["properties"]?[member.name] else { continue }
            faults += self.faults(member.value, part, at: "\(place)/\(member.name)")
        }
        if let items = schema["items"] {
            for (index, element) in value.elements.enumerated() {
                faults += self.faults(element, items, at: "\(place)/\(index)")
            }
        }
        return faults
    }

    private static func keywords(_ value: JSON, _ schema: JSON, at place: String) -> [String] {
        var faults: [String] = []
        func expect(_ holds: Bool, _ what: String) { if !holds { faults.append("\(place) \(what)") } }
        if let type = schema["type"] {
            let types = type.string.map { [$0] } ?? type.elements.compactMap(\.string)
            expect(types.contains { fits(value, $0) }, "is not of type \(type.text)")
        }
        if let constant = schema["const"] { expect(value == constant, "is not \(constant.text)") }
        if let values = schema["enum"]?.elements { expect(values.contains(value), "is none of the enum") }
        if case .object = value {
            for name in schema["required"]?.elements.compactMap(\.string) ?? [] {
                expect(value[name] != nil, "lacks \(name)")
            }
        }
        if let text = value.string {
            if let pattern = schema["pattern"]?.string { expect(matches(text, pattern), "does not match") }
            expect(text.unicodeScalars.count >= schema["minLength"]?.integer ?? 0, "is too short")
            if schema["format"]?.string == "date-time" {
                expect(matches(text, #"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"#), "is no time")
            }
        }
        if let integer = value.integer, let minimum = schema["minimum"]?.integer {
            expect(integer >= minimum, "is too small")
        }
        if let minimum = schema["minItems"]?.integer { expect(value.elements.count >= minimum, "has too few elements") }
        return faults
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }

    private static func fits(_ value: JSON, _ type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null): true
        case ("number", .number): true
        case ("integer", .number): value.integer != nil
        default: false
        }
    }

    /// The names of all members that a schema tells of; nil when it tells of none, and any will do.
    private static func properties(_ schema: JSON) -> Set<String>? {
        let schema = resolved(schema)
        let own = schema["properties"].map { Set($0.members.map(\.name)) }
        let parts = ["allOf", "anyOf", "oneOf"].flatMap { schema[$0]?.elements ?? [] }.compactMap { properties($0) }
        guard own != nil || !parts.isEmpty else { return nil }
        return parts.reduce(own ?? []) { $0.union($1) }
    }
}
