/// One thing that goes wrong at a provider on request: its name, what it takes, and what it does.
struct ProviderFault: Hashable, Sendable {
    enum Value: Hashable, Sendable {
        /// `true`
        case flag
        /// `true` for what is usual, or a text.
        case text
        /// A whole number in that range.
        case whole(ClosedRange<Int>)
        /// An object with some of these members.
        case object([String])
    }

    let name: String
    let takes: Value
    let does: String

    init(_ name: String, _ takes: Value, _ does: String) {
        self.name = name
        self.takes = takes
        self.does = does
    }

    /// A fault that is on or off.
    init(_ name: String, _ does: String) { self.init(name, .flag, does) }

    /// Reads a value, and how often it counts; nil for ever.
    ///
    /// Every value may stand bare or as `{"value": …, "next": 2}`; an object takes `next` among its members.
    func read(_ json: JSON) throws(ControlError) -> (value: JSON, next: Int?) {
        var next: Int?
        if let given = json["next"] {
            guard let count = given.integer, (1...1_000_000).contains(count) else {
                throw ControlError("\(name).next takes a whole number from 1 to 1000000")
            }
            next = count
        }
        var value = json.without(["next"])
        if case .object = takes {} else if json.members != nil { value = json["value"] ?? true }
        guard accepts(value) else { throw ControlError("\(name) takes \(takes.description)") }
        return (value, next)
    }

    private func accepts(_ value: JSON) -> Bool {
        switch takes {
        case .flag: value == true
        case .text: value == true || value.text != nil
        case .whole(let range): value.integer.map(range.contains) ?? false
        case .object(let names): value.members?.allSatisfy { names.contains($0.name) } ?? false
        }
    }

    var json: JSON { ["name": JSON(name), "takes": JSON(takes.description), "does": JSON(does)] }
}

extension ProviderFault.Value: CustomStringConvertible {
    var description: String {
        switch self {
        case .flag: "true"
        case .text: "true or a text"
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .object(let names): "an object of " + names.joined(separator: ", ")
        }
    }
}
