/// The switch board of a provider: which faults there are, and which are on.
struct ProviderFaults: Sendable {
    private struct Switched: Sendable {
        let value: JSON
        /// How often it still counts; nil for ever.
        var left: Int?
    }

    let known: [ProviderFault]
    private var on: [String: Switched] = [:]

    init(known: [ProviderFault]) { self.known = known }

    /// Switches on what an object names, and all else off. False and null are off.
    mutating func replace(_ json: JSON) throws(ControlError) {
        guard let members = json.members else { throw ControlError("faults are an object of names and values") }
        var switched: [String: Switched] = [:]
        for member in members {
            guard let fault = known.first(where: { $0.name == member.name }) else {
                let names = known.map(\.name).joined(separator: ", ")
                throw ControlError("no fault '\(member.name.prefix(64))'; known are \(names)")
            }
            if member.value == .null || member.value == false { continue }
            let (value, next) = try fault.read(member.value)
            switched[fault.name] = Switched(value: value, left: next)
        }
        on = switched
    }

    mutating func removeAll() { on = [:] }

    /// The value of a fault that is on, used up by one.
    mutating func take(_ name: String) -> JSON? {
        guard let switched = on[name] else { return nil }
        if let left = switched.left { on[name] = left > 1 ? Switched(value: switched.value, left: left - 1) : nil }
        return switched.value
    }

    var json: JSON {
        let values = on.sorted { $0.key < $1.key }.map { name, switched -> JSON.Member in
            guard let left = switched.left else { return .init(name: name, value: switched.value) }
            let counted: JSON =
                switched.value.members == nil ? ["value": switched.value] : switched.value
            return .init(name: name, value: counted.adding("next", JSON(left)))
        }
        return ["faults": .object(values), "known": .array(known.map(\.json))]
    }
}
