/// A JSON value (RFC 8259) that keeps the order of members and the spelling of numbers.
///
/// Provider payloads are open-ended and their numbers are ids as often as quantities, so a value is kept as it was
/// written: nothing is lost between what came in and what is sealed, shown or passed on.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number as it was spelled, such as `106540352242922` or `37.44`.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    /// One name and value of an object.
    public struct Member: Sendable, Hashable {
        public var name: String
        public var value: JSON

        @inlinable
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The value of the member `name`, or nil when this is no object or has no such member.
    @inlinable
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        // By bytes: names are keys, not text, and this is the path of every webhook.
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number as an integer, or nil when it has a fraction, an exponent or more than 64 bits.
    public var integer: Int64? {
        if case .number(let value) = self { Int64(value) } else { nil }
    }

    public var double: Double? {
        if case .number(let value) = self { Double(value) } else { nil }
    }

    /// The elements, or an empty list when this is no array.
    public var elements: [JSON] {
        if case .array(let value) = self { value } else { [] }
    }

    /// The members, or an empty list when this is no object.
    public var members: [Member] {
        if case .object(let value) = self { value } else { [] }
    }

    public var isNull: Bool { self == .null }

    /// An id that a provider may write as a string or as a number.
    public var identifier: String? {
        switch self {
        case .string(let value): value
        case .number(let value): value
        default: nil
        }
    }

    /// An object of the members whose value is not nil.
    public static func object(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(members.compactMap { name, value in value.map { Member(name, $0) } })
    }

    public static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .number(String(value)) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0, $1) }) }
    public init(nilLiteral: ()) { self = .null }
}
