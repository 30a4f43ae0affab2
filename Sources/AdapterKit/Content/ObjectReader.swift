/// Reads a JSON object member by member and notes everything that is wrong with it, where a decoder would stop at the first.
///
/// A required member that is missing or wrong is noted and read as an empty value, so that reading goes on; whoever started
/// the reading asks for the problems and uses the value only when there are none.
public final class ObjectReader {
    /// What all readers of one reading have found.
    final class Findings {
        var problems: [RequestProblem] = []
    }

    /// Where the object stands, as a JSON Pointer.
    public let pointer: String
    private let object: JSON
    private let findings: Findings
    private var known: Set<String> = []

    private init(_ object: JSON, at pointer: String, _ findings: Findings) {
        self.object = object
        self.pointer = pointer
        self.findings = findings
    }

    /// Reads an object, and says all that is wrong with it, members that nobody asked for among it.
    public static func read<Value>(
        _ json: JSON, at pointer: String = "", _ read: (ObjectReader) -> Value
    ) -> (value: Value, problems: [RequestProblem]) {
        let findings = Findings()
        let value = ObjectReader(json, at: pointer, findings).whole(read)
        return (value, findings.problems)
    }

    private func whole<Value>(_ read: (ObjectReader) -> Value) -> Value {
        guard case .object = object else {
            findings.problems.append(.init(pointer: pointer, code: "wrong_type", detail: "must be an object"))
            return read(ObjectReader(.object([]), at: pointer, Findings()))
        }
        let value = read(self)
        for member in object.members where !known.contains(member.name) {
            report(String(member.name.prefix(60)), "unknown_member", "is not known here")
        }
        return value
    }

    /// Notes a problem of a member, of an element of a list in it, or of the object itself when the name is empty.
    public func report(_ name: String, at index: Int? = nil, _ code: String, _ detail: String) {
        let element = index.map { "/\($0)" } ?? ""
        findings.problems.append(.init(pointer: place(name) + element, code: code, detail: detail))
    }

    /// Whether the object has the member, and not as null.
    public func has(_ name: String) -> Bool { object[name].map { !$0.isNull } ?? false }

    /// The member as it stands; nil for null.
    public func json(_ name: String) -> JSON? {
        known.insert(name)
        return object[name].flatMap { $0.isNull ? nil : $0 }
    }

    /// A required value of any kind.
    public func requiredJSON(_ name: String) -> JSON { required(name, json(name)) ?? .null }

    // MARK: Text

    /// A required text; its length is counted in characters as Unicode scalars.
    public func text(_ name: String, _ length: ClosedRange<Int> = 1...65_536) -> String {
        required(name, json(name)).flatMap { text($0, name, length) } ?? ""
    }

    public func optionalText(_ name: String, _ length: ClosedRange<Int> = 0...65_536) -> String? {
        json(name).flatMap { text($0, name, length) }
    }

    /// A required id, which may be written as text or as a number.
    public func identifier(_ name: String) -> String {
        guard let value = required(name, json(name)) else { return "" }
        if let text = value.identifier, !text.isEmpty { return text }
        report(name, "wrong_type", "must be a text that is not empty")
        return ""
    }

    public func optionalIdentifier(_ name: String) -> String? { has(name) ? identifier(name) : ignored(name) }

    /// One of a closed set of words; the first of them when it is wrong.
    public func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, _: Choice.Type) -> Choice? {
        let text = text(name)
        if let choice = Choice(rawValue: text) { return choice }
        if !text.isEmpty {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            report(name, "unknown_\(name)", "must be one of \(words)")
        }
        return nil
    }

    // MARK: Numbers and flags

    public func number(_ name: String, in range: ClosedRange<Double>? = nil) -> Double {
        guard let value = required(name, json(name)) else { return 0 }
        return number(value, name, range) ?? 0
    }

    public func optionalNumber(_ name: String, in range: ClosedRange<Double>? = nil) -> Double? {
        json(name).flatMap { number($0, name, range) }
    }

    public func optionalInteger(_ name: String, in range: ClosedRange<Int64>? = nil) -> Int64? {
        guard let value = json(name) else { return nil }
        guard let integer = value.integer else {
            report(name, "wrong_type", "must be a whole number")
            return nil
        }
        if let range, !range.contains(integer) {
            report(name, "out_of_range", "must be between \(range.lowerBound) and \(range.upperBound)")
        }
        return integer
    }

    public func flag(_ name: String) -> Bool {
        guard let value = json(name) else { return false }
        if let flag = value.bool { return flag }
        report(name, "wrong_type", "must be true or false")
        return false
    }

    // MARK: Objects and lists

    public func object<Value>(_ name: String, _ read: (ObjectReader) -> Value) -> Value {
        let value = required(name, json(name)) ?? .object([])
        let child = ObjectReader(value, at: place(name), has(name) ? findings : Findings())
        return child.whole(read)
    }

    public func optionalObject<Value>(_ name: String, _ read: (ObjectReader) -> Value) -> Value? {
        has(name) ? object(name, read) : ignored(name)
    }

    public func list<Value>(
        _ name: String, count: ClosedRange<Int> = 0...1000, _ read: (ObjectReader) -> Value
    ) -> [Value] {
        guard let value = count.lowerBound > 0 ? required(name, json(name)) : json(name) else { return [] }
        guard case .array(let elements) = value else {
            report(name, "wrong_type", "must be a list")
            return []
        }
        if !count.contains(elements.count) {
            report(name, "wrong_count", "must have \(count.lowerBound) to \(count.upperBound) elements")
        }
        return elements.prefix(count.upperBound).enumerated().map { index, element in
            ObjectReader(element, at: "\(place(name))/\(index)", findings).whole(read)
        }
    }

    // MARK: Parts

    private func place(_ name: String) -> String {
        name.isEmpty
            ? pointer : "\(pointer)/\(name.replacing("~", with: "~0").replacing("/", with: "~1"))"
    }

    private func required(_ name: String, _ value: JSON?) -> JSON? {
        if value == nil { report(name, "missing", "is required") }
        return value
    }

    private func ignored<Value>(_ name: String) -> Value? {
        known.insert(name)
        return nil
    }

    private func text(_ value: JSON, _ name: String, _ length: ClosedRange<Int>) -> String? {
        guard let text = value.string else {
            report(name, "wrong_type", "must be a string")
            return nil
        }
        if !length.contains(text.unicodeScalars.count) {
            report(name, "wrong_length", "must have \(length.lowerBound) to \(length.upperBound) characters")
        }
        return text
    }

    private func number(_ value: JSON, _ name: String, _ range: ClosedRange<Double>?) -> Double? {
        guard let number = value.double, number.isFinite else {
            report(name, "wrong_type", "must be a number")
            return nil
        }
        if let range, !range.contains(number) {
            report(name, "out_of_range", "must be between \(range.lowerBound) and \(range.upperBound)")
        }
        return number
    }
}
