/// The Meta app: what its settings say, and what it is told of its usage and of usernames.
struct AppState: Sendable {
    /// "Require App Secret": calls without `appsecret_proof` are refused.
    var requiresAppSecretProof: Bool
    /// Shown in place of the counted usage.
    var shownUsage: GraphUsage.Shown?
    /// What becomes of usernames that businesses take.
    var usernameStatus = BusinessUsername.Status.approved
    /// Usernames that cannot be had, with the code that says why (147001 to 147004).
    var usernameRefusals: [String: Int] = ["whatsapp": 147001, "meta": 147001, "support": 147001]

    init(_ configuration: SandboxConfiguration) {
        requiresAppSecretProof = configuration.requiresAppSecretProof
    }

    var json: JSON {
        let usage = shownUsage.map { usage -> JSON in
            ["call_count": JSON(usage.callCount), "estimated_time_to_regain_access": JSON(usage.timeToRegainAccess)]
        }
        let refusals = usernameRefusals.sorted { $0.key < $1.key }.map { name, code in
            JSON.Member(name: name, value: JSON(code))
        }
        return [
            "require_appsecret_proof": .bool(requiresAppSecretProof), "usage": usage ?? .null,
            "username_status": JSON(usernameStatus.rawValue), "username_refusals": .object(refusals),
        ]
    }

    /// Changes what the body of `PUT /_sandbox/whatsapp/app` names.
    mutating func change(_ json: JSON) throws(ControlError) {
        guard let members = json.members else { throw ControlError("the body must be a JSON object") }
        var changed = self
        for member in members { try changed.set(member.name, member.value) }
        self = changed
    }

    private mutating func set(_ name: String, _ value: JSON) throws(ControlError) {
        switch name {
        case "require_appsecret_proof": requiresAppSecretProof = try FaultValue.flag(value, name)
        case "usage":
            shownUsage =
                value == .null
                ? nil
                : GraphUsage.Shown(
                    callCount: try FaultValue.whole(value["call_count"] ?? 0, "usage.call_count", 0...1000),
                    timeToRegainAccess: try FaultValue.whole(
                        value["estimated_time_to_regain_access"] ?? 0, "usage.estimated_time_to_regain_access",
                        0...10_000))
        case "username_status": usernameStatus = try FaultValue.choice(value, name)
        case "username_refusals":
            var refusals: [String: Int] = [:]
            for member in value.members ?? [] {
                refusals[member.name] = try FaultValue.whole(member.value, "\(name).\(member.name)", 1...9_999_999)
            }
            usernameRefusals = refusals
        default:
            throw ControlError(
                "unknown setting '\(name.prefix(40))'; known are require_appsecret_proof, usage, username_status, "
                    + "username_refusals")
        }
    }
}
