extension FaultPlan {
    /// Reads the body of `PUT /_sandbox/whatsapp/faults`: what it does not name is off.
    /// - Throws: ``ControlError`` that names the member and what it takes.
    init(_ json: JSON) throws(ControlError) {
        guard let members = json.members else { throw ControlError("the body must be a JSON object") }
        for member in members where member.value != .null {
            try set(member.name, member.value)
        }
    }

    private mutating func set(_ name: String, _ value: JSON) throws(ControlError) {
        switch name {
        case "duplicates": delivery.copies = try Self.whole(value, name, 1...20)
        case "reorder": reorder = try Self.flag(value, name)
        case "batch": delivery.batchWindow = try Self.duration(value, name)
        case "late_retry": delivery.lateRetry = try Self.duration(value, name)
        case "slow": slow = try Self.duration(value, name)
        case "throttle":
            let refusal = try Self.refusal(value, name, defaultCode: 130429)
            guard Self.throttleCodes.contains(refusal.code) else {
                throw ControlError("throttle.code must be one of 130429, 131056, 80007, 4")
            }
            throttle = refusal
        case "error": error = try Self.refusal(value, name, defaultCode: 131000)
        case "fail_async": failAsync = try Self.refusal(value, name, defaultCode: 131026)
        case "failed_after_sent": failedAfterSent = try Self.refusal(value, name, defaultCode: 131026)
        case "accept_then_drop": acceptThenDrop = try Self.whole(value["count"] ?? value, name, 0...1_000_000)
        case "dead_token":
            let ids = (value.elements ?? [value]).map(\.text)
            guard !ids.contains(nil) else { throw ControlError("dead_token takes a phone_number_id or a list of them") }
            deadTokens = Set(ids.compactMap { $0 })
        case "status_before_answer": statusBeforeAnswer = try Self.flag(value, name)
        case "skip_delivered": skipDelivered = try Self.flag(value, name)
        case "read_off": readOff = try Self.flag(value, name)
        case "closed_window": closedWindow = try Self.flag(value, name)
        default:
            throw ControlError("unknown fault '\(name.prefix(40))'; known are \(Self.names.joined(separator: ", "))")
        }
    }

    private static let throttleCodes: Set<Int> = [130429, 131056, 80007, 4]
    private static let names = [
        "accept_then_drop", "batch", "closed_window", "dead_token", "duplicates", "error", "fail_async",
        "failed_after_sent", "late_retry", "read_off", "reorder", "skip_delivered", "slow", "status_before_answer",
        "throttle",
    ]

    /// The plan as it stands now, with what is left of counted faults.
    var json: JSON {
        [
            "accept_then_drop": acceptThenDrop > 0 ? ["count": JSON(acceptThenDrop)] : nil,
            "batch": delivery.batchWindow > .zero ? ["ms": JSON(delivery.batchWindow.milliseconds)] : nil,
            "closed_window": closedWindow ? true : nil,
            "dead_token": deadTokens.isEmpty ? nil : .array(deadTokens.sorted().map { JSON($0) }),
            "duplicates": delivery.copies > 1 ? JSON(delivery.copies) : nil,
            "error": error?.json, "fail_async": failAsync?.json, "failed_after_sent": failedAfterSent?.json,
            "late_retry": delivery.lateRetry.map { ["ms": JSON($0.milliseconds)] },
            "read_off": readOff ? true : nil, "reorder": reorder ? true : nil,
            "skip_delivered": skipDelivered ? true : nil,
            "slow": slow > .zero ? ["ms": JSON(slow.milliseconds)] : nil,
            "status_before_answer": statusBeforeAnswer ? true : nil,
            "throttle": throttle?.json,
        ]
    }

    private static func whole(_ value: JSON, _ name: String, _ range: ClosedRange<Int>) throws(ControlError) -> Int {
        guard let number = value.integer, range.contains(number) else {
            throw ControlError("\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func flag(_ value: JSON, _ name: String) throws(ControlError) -> Bool {
        guard let flag = value.flag else { throw ControlError("\(name) takes true or false") }
        return flag
    }

    /// Reads milliseconds, bare or as `{"ms": 250}`; at most ten minutes.
    private static func duration(_ value: JSON, _ name: String) throws(ControlError) -> Duration {
        .milliseconds(try whole(value["ms"] ?? value, "\(name).ms", 0...600_000))
    }

    /// Reads `{"code", "http", "count"}`; count is 1 unless given.
    private static func refusal(_ value: JSON, _ name: String, defaultCode: Int) throws(ControlError) -> Refusal {
        guard value.members != nil else { throw ControlError("\(name) takes {\"code\": …, \"count\": …}") }
        return Refusal(
            code: try value["code"].map { (code) throws(ControlError) in try whole(code, "\(name).code", 0...9_999_999)
            }
                ?? defaultCode,
            http: try value["http"].map { (http) throws(ControlError) in try whole(http, "\(name).http", 200...599) },
            count: try value["count"].map { (count) throws(ControlError) in
                try whole(count, "\(name).count", 1...1_000_000)
            }
                ?? 1)
    }
}

extension FaultPlan.Refusal {
    fileprivate var json: JSON { ["code": JSON(code), "http": http.map { JSON($0) }, "count": JSON(count)] }
}

extension Duration {
    var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
