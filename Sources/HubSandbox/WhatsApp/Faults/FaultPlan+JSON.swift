extension FaultPlan {
    /// Reads the body of `PUT /_sandbox/whatsapp/faults`: what it does not name is off.
    /// - Throws: ``ControlError`` that names the member and what it takes.
    init(_ json: JSON) throws(ControlError) {
        guard let members = json.members else { throw ControlError("the body must be a JSON object") }
        for member in members where member.value != .null {
            guard let set = Self.known[member.name] else {
                let names = Self.known.keys.sorted().joined(separator: ", ")
                throw ControlError("unknown fault '\(member.name.prefix(40))'; known are \(names)")
            }
            try set(&self, member.value)
        }
    }

    /// The plan as it stands now, with what is left of counted faults.
    var json: JSON {
        let members = Self.known.keys.sorted().compactMap { name in
            shown(name).map { JSON.Member(name: name, value: $0) }
        }
        return .object(members)
    }

    private typealias Setter = @Sendable (inout FaultPlan, JSON) throws(ControlError) -> Void

    /// What each fault takes.
    private static let known: [String: Setter] = [
        // How webhooks travel.
        "duplicates": { (plan, value) throws(ControlError) in
            plan.delivery.copies = try FaultValue.whole(value, "duplicates", 1...20)
        },
        "reorder": { (plan, value) throws(ControlError) in plan.reorder = try FaultValue.flag(value, "reorder") },
        "batch": { (plan, value) throws(ControlError) in
            plan.delivery.batchWindow = try FaultValue.duration(value, "batch")
        },
        "late_retry": { (plan, value) throws(ControlError) in
            plan.delivery.lateRetry = try FaultValue.duration(value, "late_retry")
        },
        "signature": { (plan, value) throws(ControlError) in
            plan.delivery.signature = try FaultValue.choice(value, "signature")
        },
        // What is in them.
        "omit": { (plan, value) throws(ControlError) in
            plan.delivery.payload.omitted = try FaultValue.names(value, "omit")
        },
        "unknown_type": { (plan, value) throws(ControlError) in
            plan.delivery.payload.unknownType = try FaultValue.name(value, "unknown_type", "sandbox_unknown_type")
        },
        "unknown_field": { (plan, value) throws(ControlError) in
            plan.delivery.payload.unknownField = try FaultValue.name(value, "unknown_field", "sandbox_unknown_field")
        },
        "interactive_without_body": { (plan, value) throws(ControlError) in
            plan.delivery.payload.interactiveWithoutBody = try FaultValue.flag(value, "interactive_without_body")
        },
        "emoji_absent": { (plan, value) throws(ControlError) in
            plan.delivery.payload.emojiAbsent = try FaultValue.flag(value, "emoji_absent")
        },
        "media_error": { (plan, value) throws(ControlError) in
            let code = value["code"] ?? (value == true ? 131052 : value)
            plan.delivery.payload.mediaError = try FaultValue.whole(code, "media_error.code", 1...9_999_999)
        },
        "pad": { (plan, value) throws(ControlError) in
            plan.delivery.payload.paddedTo = try FaultValue.whole(value, "pad", 1...PayloadFaults.longestBody)
        },
        // What becomes of calls.
        "slow": { (plan, value) throws(ControlError) in plan.slow = try FaultValue.duration(value, "slow") },
        "throttle": { (plan, value) throws(ControlError) in plan.throttle = try FaultValue.throttle(value) },
        "error": { (plan, value) throws(ControlError) in
            plan.error = try FaultValue.refusal(value, "error", defaultCode: 131000)
        },
        "management_error": { (plan, value) throws(ControlError) in
            plan.managementError = try FaultValue.refusal(value, "management_error", defaultCode: 2)
        },
        "dead_token": { (plan, value) throws(ControlError) in
            (plan.deadTokens, plan.deadTokenSubcodes) = try FaultValue.deadTokens(value)
        },
        "drop": { (plan, value) throws(ControlError) in plan.drop = try FaultValue.count(value, "drop") },
        "accept_then_drop": { (plan, value) throws(ControlError) in
            plan.acceptThenDrop = try FaultValue.count(value, "accept_then_drop")
        },
        // What becomes of messages and files.
        "fail_async": { (plan, value) throws(ControlError) in
            plan.failAsync = try FaultValue.refusal(value, "fail_async", defaultCode: 131026)
        },
        "failed_after_sent": { (plan, value) throws(ControlError) in
            plan.failedAfterSent = try FaultValue.refusal(value, "failed_after_sent", defaultCode: 131026)
        },
        "status_before_answer": { (plan, value) throws(ControlError) in
            plan.statusBeforeAnswer = try FaultValue.flag(value, "status_before_answer")
        },
        "skip_delivered": { (plan, value) throws(ControlError) in
            plan.skipDelivered = try FaultValue.flag(value, "skip_delivered")
        },
        "read_off": { (plan, value) throws(ControlError) in plan.readOff = try FaultValue.flag(value, "read_off") },
        "closed_window": { (plan, value) throws(ControlError) in
            plan.closedWindow = try FaultValue.flag(value, "closed_window")
        },
        "media": { (plan, value) throws(ControlError) in plan.mediaFault = try FaultValue.media(value) },
        "link_fetch": { (plan, value) throws(ControlError) in
            plan.linkFailure = try FaultValue.refusal(value, "link_fetch", defaultCode: 131053)
        },
    ]

    private func shown(_ name: String) -> JSON? {
        let payload = delivery.payload
        return switch name {
        case "accept_then_drop": acceptThenDrop > 0 ? ["count": JSON(acceptThenDrop)] : nil
        case "batch": delivery.batchWindow > .zero ? ["ms": JSON(delivery.batchWindow.milliseconds)] : nil
        case "closed_window": closedWindow ? true : nil
        case "dead_token": FaultValue.json(deadTokens: deadTokens, subcodes: deadTokenSubcodes)
        case "drop": drop > 0 ? ["count": JSON(drop)] : nil
        case "duplicates": delivery.copies > 1 ? JSON(delivery.copies) : nil
        case "emoji_absent": payload.emojiAbsent ? true : nil
        case "error": error?.json
        case "fail_async": failAsync?.json
        case "failed_after_sent": failedAfterSent?.json
        case "interactive_without_body": payload.interactiveWithoutBody ? true : nil
        case "late_retry": delivery.lateRetry.map { ["ms": JSON($0.milliseconds)] }
        case "link_fetch": linkFailure?.json
        case "management_error": managementError?.json
        case "media": mediaFault?.json
        case "media_error": payload.mediaError.map { ["code": JSON($0)] }
        case "omit": payload.omitted.isEmpty ? nil : .array(payload.omitted.sorted().map { JSON($0) })
        case "pad": payload.paddedTo.map { JSON($0) }
        case "read_off": readOff ? true : nil
        case "reorder": reorder ? true : nil
        case "signature": delivery.signature == .none ? nil : JSON(delivery.signature.rawValue)
        case "skip_delivered": skipDelivered ? true : nil
        case "slow": slow > .zero ? ["ms": JSON(slow.milliseconds)] : nil
        case "status_before_answer": statusBeforeAnswer ? true : nil
        case "throttle": throttle?.json
        case "unknown_field": payload.unknownField.map { JSON($0) }
        case "unknown_type": payload.unknownType.map { JSON($0) }
        default: nil
        }
    }
}
