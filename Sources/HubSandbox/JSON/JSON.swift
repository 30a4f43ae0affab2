/// A JSON value that keeps the order of members and the spelling of numbers, so that a body can be sent on as it was given.
///
/// The sandbox shares no code with the hub: what both read and write must agree by the wire, not by a common type.
enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The number as it is spelt, e.g. `1.50`.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member: Hashable, Sendable {
        let name: String
        let value: JSON
    }

    /// The member of that name, or nil when this is no object, has no such member, or holds null there.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self, let member = members.first(where: { $0.name == name }) else {
            return nil
        }
        return member.value == .null ? nil : member.value
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var flag: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    var integer: Int? {
        if case .number(let digits) = self { Int(digits) } else { nil }
    }

    /// The value as a coordinate: providers take numbers and numbers in quotes.
    var coordinate: Double? {
        switch self {
        case .number(let digits), .string(let digits): Double(digits)
        default: nil
        }
    }

    var elements: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The object without the members of these names; any other value unchanged.
    func without(_ names: Set<String>) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !names.contains($0.name) })
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(String(value)) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// Members in the order written; a nil value leaves its member out.
    init(dictionaryLiteral elements: (String, JSON?)...) {
        self = .object(elements.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    init(_ text: String) { self = .string(text) }
    init(_ number: Int) { self = .number(String(number)) }
}
