/// Reads what a fault takes, and says what it takes when that is something else.
enum FaultValue {
    static let throttleCodes = [4, 613, 80007, 130429, 131048, 131056, 131057, 131064, 131208, 132069]

    static func whole(_ value: JSON, _ name: String, _ range: ClosedRange<Int>) throws(ControlError) -> Int {
        guard let number = value.integer, range.contains(number) else {
            throw ControlError("\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    static func flag(_ value: JSON, _ name: String) throws(ControlError) -> Bool {
        guard let flag = value.flag else { throw ControlError("\(name) takes true or false") }
        return flag
    }

    /// Reads a count, bare or as `{"count": 2}`.
    static func count(_ value: JSON, _ name: String) throws(ControlError) -> Int {
        try whole(value["count"] ?? value, name, 0...1_000_000)
    }

    /// Reads milliseconds, bare or as `{"ms": 250}`; at most ten minutes.
    static func duration(_ value: JSON, _ name: String) throws(ControlError) -> Duration {
        .milliseconds(try whole(value["ms"] ?? value, "\(name).ms", 0...600_000))
    }

    /// Reads a name, or true for a made one.
    static func name(_ value: JSON, _ name: String, _ made: String) throws(ControlError) -> String? {
        if let flag = value.flag { return flag ? made : nil }
        guard let text = value.text, text.wholeMatch(of: /[A-Za-z0-9_]{1,64}/) != nil else {
            throw ControlError("\(name) takes true or a name of letters, digits and _")
        }
        return text
    }

    /// Reads a name or a list of names.
    static func names(_ value: JSON, _ name: String) throws(ControlError) -> Set<String> {
        let names = (value.elements ?? [value]).map(\.text)
        guard !names.isEmpty, names.count <= 50, !names.contains(nil) else {
            throw ControlError("\(name) takes the name of a member or a list of them")
        }
        return Set(names.compactMap { $0 })
    }

    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ value: JSON, _ name: String
    ) throws(ControlError) -> Choice where Choice.RawValue == String {
        guard let choice = value.text.flatMap({ Choice(rawValue: $0) }) else {
            throw ControlError("\(name) takes one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    /// Reads `{"code", "http", "count"}`; count is 1 unless given.
    static func refusal(_ value: JSON, _ name: String, defaultCode: Int) throws(ControlError) -> FaultPlan.Refusal {
        guard value.members != nil else { throw ControlError("\(name) takes {\"code\": …, \"count\": …}") }
        var refusal = FaultPlan.Refusal(code: defaultCode, count: 1)
        if let code = value["code"] { refusal.code = try whole(code, "\(name).code", 0...9_999_999) }
        if let http = value["http"] { refusal.http = try whole(http, "\(name).http", 200...599) }
        if let count = value["count"] { refusal.count = try whole(count, "\(name).count", 1...1_000_000) }
        return refusal
    }

    static func throttle(_ value: JSON) throws(ControlError) -> FaultPlan.Refusal {
        let refusal = try refusal(value, "throttle", defaultCode: 130429)
        guard throttleCodes.contains(refusal.code) else {
            let codes = throttleCodes.map(String.init).joined(separator: ", ")
            throw ControlError("throttle.code must be one of \(codes)")
        }
        return refusal
    }

    /// Reads a phone number id, `{"phone_number_id", "subcode"}`, or a list of either.
    static func deadTokens(_ value: JSON) throws(ControlError) -> (Set<String>, [String: Int]) {
        var ids: Set<String> = []
        var subcodes: [String: Int] = [:]
        for item in value.elements ?? [value] {
            guard let id = item.text ?? item["phone_number_id"]?.text else {
                throw ControlError(
                    "dead_token takes a phone_number_id, {\"phone_number_id\", \"subcode\"}, or a list of them")
            }
            ids.insert(id)
            guard let given = item["subcode"] else { continue }
            guard let subcode = given.integer, GraphError.deathSubcodes[subcode] != nil else {
                let known = GraphError.deathSubcodes.keys.sorted().map(String.init).joined(separator: ", ")
                throw ControlError("dead_token.subcode must be one of \(known)")
            }
            subcodes[id] = subcode
        }
        return (ids, subcodes)
    }

    static func json(deadTokens: Set<String>, subcodes: [String: Int]) -> JSON? {
        guard !deadTokens.isEmpty else { return nil }
        return .array(
            deadTokens.sorted().map { id in
                subcodes[id].map { ["phone_number_id": JSON(id), "subcode": JSON($0)] } ?? JSON(id)
            })
    }

    /// Reads `{"kind", "count", "http", "bytes", "location"}`, or a bare kind.
    static func media(_ value: JSON) throws(ControlError) -> MediaFault {
        var fault = MediaFault(kind: try choice(value["kind"] ?? value, "media.kind"))
        if let http = value["http"] { fault.http = try whole(http, "media.http", 200...599) }
        if let bytes = value["bytes"] { fault.bytes = try whole(bytes, "media.bytes", 1...1_073_741_824) }
        if let count = value["count"] { fault.count = try whole(count, "media.count", 1...1_000_000) }
        if let location = value["location"] {
            guard let text = location.text, text.hasPrefix("http://") || text.hasPrefix("https://") else {
                throw ControlError("media.location takes an http or https address")
            }
            fault.location = text
        }
        return fault
    }
}

extension FaultPlan.Refusal {
    var json: JSON { ["code": JSON(code), "http": http.map { JSON($0) }, "count": JSON(count)] }
}

extension MediaFault {
    var json: JSON {
        [
            "kind": JSON(kind.rawValue), "http": kind == .unavailable ? JSON(http) : nil,
            "bytes": kind == .tooLarge ? JSON(bytes) : nil, "location": kind == .redirect ? JSON(location) : nil,
            "count": JSON(count),
        ]
    }
}

extension Duration {
    var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
