/// A partial response: the members that `fields` names, e.g. `nextPageToken,files(id,owners/emailAddress)`.
struct DriveFields: Hashable, Sendable {
    /// The members by name, each with what is wanted of it; nil for all of it.
    private var members: [String: DriveFields?] = [:]

    /// - Returns: nil for a text that is no selection.
    init?(_ text: String) {
        var rest = text[...]
        guard let fields = Self.list(&rest), rest.isEmpty else { return nil }
        self = fields
    }

    private init() {}

    func select(_ json: JSON) -> JSON {
        if case .array(let elements) = json { return .array(elements.map(select)) }
        guard case .object(let all) = json, members["*"] == nil else { return json }
        return .object(
            all.compactMap { member in
                guard let wanted = members[member.name] else { return nil }
                return .init(name: member.name, value: wanted?.select(member.value) ?? member.value)
            })
    }

    private static func list(_ rest: inout Substring) -> DriveFields? {
        var fields = DriveFields()
        while true {
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "*" || $0 == "_" }
            guard !name.isEmpty else { return nil }
            rest = rest.dropFirst(name.count)
            var inner: DriveFields?
            if rest.first == "(" {
                rest.removeFirst()
                inner = list(&rest)
                guard inner != nil, rest.first == ")" else { return nil }
                rest.removeFirst()
            } else if rest.first == "/" {
                rest.removeFirst()
                inner = single(&rest)
                guard inner != nil else { return nil }
            }
            fields.members[String(name)] = .some(inner)
            guard rest.first == "," else { return fields }
            rest.removeFirst()
        }
    }

    /// What stands behind a slash: one member, which may go deeper.
    private static func single(_ rest: inout Substring) -> DriveFields? {
        var one = rest.prefix { $0 != "," && $0 != ")" }
        let length = one.count
        guard let fields = list(&one), one.isEmpty else { return nil }
        rest = rest.dropFirst(length)
        return fields
    }
}
