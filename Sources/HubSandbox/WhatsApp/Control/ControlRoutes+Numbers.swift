import Hummingbird

/// `/_sandbox/whatsapp/numbers`: the state of numbers that only Meta, or the passing of time, can change.
extension ControlRoutes {
    func addNumbers(to group: RouterGroup<SandboxContext>) {
        group.get("numbers") { _, _ in
            var items: [JSON] = []
            for number in cloud.configuration.numbers {
                items.append(number.publicJSON + NumberControl.json(await cloud.state(of: number)))
            }
            return Response.json(["numbers": .array(items)])
        }
        group.post("numbers") { request, _ in
            let json = try await request.json()
            let number = try await number(in: json)
            return Response.json(try await cloud.controlState(of: number, json))
        }
        group.post("accounts") { request, _ in
            let json = try await request.json()
            let number = try await numberOrAccount(in: json)
            let health = try json["health"].map { (value) throws(ControlError) in try NumberControl.health(value) }
            await cloud.setHealth(health, account: number.businessAccountID)
            return Response.json(["success": true])
        }
    }
}

extension WhatsAppCloud {
    func controlState(of number: SandboxConfiguration.Number, _ json: JSON) throws(ControlError) -> JSON {
        var state = state(of: number)
        try NumberControl.change(&state, json, now: clock.milliseconds)
        numberStates[number.phoneNumberID] = state
        return number.publicJSON + NumberControl.json(state)
    }

    func setHealth(_ health: NumberHealth?, account: String) { accountHealth[account] = health }
}

/// Reads and shows the state of a number for control calls.
enum NumberControl {
    static func json(_ state: NumberState) -> JSON {
        [
            "registered": .bool(state.isRegistered), "pin": state.pin.map { JSON($0) } ?? .null,
            "code_verification_status": JSON(state.codeVerification),
            // What the customer's phone would have been sent.
            "verification_code": state.code.map { JSON($0.text) } ?? .null,
            "quality_rating": JSON(state.quality), "throughput": JSON(state.throughput),
            "messaging_limit": JSON(state.messagingLimit), "status": JSON(state.connection),
            "name_status": JSON(state.nameStatus), "is_on_biz_app": .bool(state.isOnBusinessApp),
            "is_official_business_account": .bool(state.isOfficial),
            "health": JSON(state.health?.canSend ?? "AVAILABLE"), "shares_history": .bool(state.sharesHistory),
            "history": [
                "threads": JSON(state.appHistory.threads), "messages": JSON(state.appHistory.messagesPerThread),
            ],
        ]
    }

    /// - Parameter now: Unix milliseconds.
    static func change(_ state: inout NumberState, _ json: JSON, now: Int) throws(ControlError) {
        for member in json.members ?? [] where member.name != "phone_number_id" {
            try set(&state, member.name, member.value, now: now)
        }
    }

    private static func set(
        _ state: inout NumberState, _ name: String, _ value: JSON, now: Int
    ) throws(ControlError) {
        switch name {
        case "registered": state.isRegistered = try FaultValue.flag(value, name)
        case "pin": state.pin = value.text
        case "code_verification_status":
            state.codeVerification = try one(of: ["VERIFIED", "NOT_VERIFIED", "EXPIRED"], value, name)
        case "quality_rating": state.quality = try one(of: ["GREEN", "YELLOW", "RED", "NA", "UNKNOWN"], value, name)
        case "throughput": state.throughput = try one(of: ["STANDARD", "HIGH", "NOT_APPLICABLE"], value, name)
        case "messaging_limit":
            state.messagingLimit = try one(
                of: [
                    "TIER_NOT_SET", "TIER_50", "TIER_250", "TIER_1K", "TIER_2K", "TIER_10K", "TIER_100K",
                    "TIER_UNLIMITED",
                ], value, name)
        case "status": state.status = value.text
        case "name_status":
            state.nameStatus = try one(
                of: ["APPROVED", "AVAILABLE_WITHOUT_REVIEW", "DECLINED", "EXPIRED", "PENDING_REVIEW", "NONE"], value,
                name)
        case "is_on_biz_app":
            state.isOnBusinessApp = try FaultValue.flag(value, name)
            // The number is new: its contacts and history can be had now.
            state.onboardedAt = now
            state.syncs = []
        case "is_official_business_account": state.isOfficial = try FaultValue.flag(value, name)
        case "health": state.health = value == .null ? nil : try health(value)
        case "shares_history": state.sharesHistory = try FaultValue.flag(value, name)
        case "history":
            state.appHistory = HistoryPlan(
                threads: try FaultValue.whole(value["threads"] ?? 2, "history.threads", 0...1000),
                messagesPerThread: try FaultValue.whole(value["messages"] ?? 6, "history.messages", 0...1000))
        default:
            let known = (NumberControl.json(NumberState()).members ?? []).map(\.name).filter {
                $0 != "verification_code"
            }
            throw ControlError(
                "unknown member '\(name.prefix(40))'; known are \(known.joined(separator: ", "))")
        }
    }

    /// Reads `"LIMITED"` or `{"can_send_message", "errors", "additional_info"}`.
    static func health(_ value: JSON) throws(ControlError) -> NumberHealth {
        let state = try one(
            of: ["AVAILABLE", "LIMITED", "BLOCKED"], value["can_send_message"] ?? value, "health.can_send_message")
        return NumberHealth(
            canSend: state, errors: value["errors"]?.elements ?? [],
            additionalInfo: value["additional_info"]?.elements?.compactMap(\.text) ?? [])
    }

    private static func one(of known: [String], _ value: JSON, _ name: String) throws(ControlError) -> String {
        guard let text = value.text, known.contains(text) else {
            throw ControlError("\(name) takes one of \(known.joined(separator: ", "))")
        }
        return text
    }
}
