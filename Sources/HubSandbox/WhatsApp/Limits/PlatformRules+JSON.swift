extension PlatformRules {
    /// Changes what the body of `PUT /_sandbox/whatsapp/rules` names; null sets a rule back to its default.
    /// - Throws: ``ControlError`` that names the member and what it takes.
    mutating func change(_ json: JSON) throws(ControlError) {
        guard let members = json.members else { throw ControlError("the body must be a JSON object") }
        // All or nothing: a mistake in the third member must not leave the first two behind.
        var changed = self
        for member in members { try changed.set(member.name, member.value) }
        self = changed
    }

    private mutating func set(_ name: String, _ value: JSON) throws(ControlError) {
        let fresh = PlatformRules()
        let isDefault = value == .null
        switch name {
        case "window": window = isDefault ? fresh.window : try Self.choice(value, name)
        case "throughput": throughput = isDefault ? nil : try Self.whole(value, name, 1...100_000)
        case "pair_limit": pairLimit = isDefault ? false : try Self.flag(value, name)
        case "messaging_limit": messagingLimit = isDefault ? nil : try Self.messagingLimit(value)
        case "pacing": pacing = isDefault ? nil : try Self.pacing(value)
        case "pricing": pricing = isDefault ? fresh.pricing : try Self.choice(value, name)
        case "user_ids": userIDs = isDefault ? fresh.userIDs : try Self.choice(value, name)
        case "webhook_version": webhookVersion = isDefault ? nil : try Self.version(value, name)
        case "media_url_seconds":
            mediaAddressSeconds = isDefault ? fresh.mediaAddressSeconds : try Self.whole(value, name, 0...86_400)
        case "media_hash": mediaHash = isDefault ? fresh.mediaHash : try Self.choice(value, name)
        case "template_review_ms":
            let review = isDefault ? nil : Duration.milliseconds(try Self.whole(value, name, 0...86_400_000))
            templateReview = review ?? fresh.templateReview
        case "groups": groups = isDefault ? [:] : try Self.groups(value)
        default:
            throw ControlError("unknown rule '\(name.prefix(40))'; known are \(Self.names.joined(separator: ", "))")
        }
    }

    /// The rules as they stand.
    var json: JSON {
        let limit = messagingLimit.map { limit -> JSON in ["users": JSON(limit.users), "code": JSON(limit.code)] }
        let pacing = pacing.map { pacing -> JSON in
            [
                "after": JSON(pacing.after), "hold_ms": JSON(pacing.hold.milliseconds),
                "releases": .bool(pacing.releases),
            ]
        }
        let groups = groups.sorted { $0.key < $1.key }.map { group in
            JSON.Member(name: group.key, value: .array(group.value.map { JSON($0) }))
        }
        return [
            "window": JSON(window.rawValue), "throughput": throughput.map { JSON($0) } ?? .null,
            "pair_limit": .bool(pairLimit), "messaging_limit": limit ?? .null, "pacing": pacing ?? .null,
            "pricing": JSON(pricing.rawValue), "user_ids": JSON(userIDs.rawValue),
            "webhook_version": webhookVersion.map { JSON($0) } ?? .null,
            "media_url_seconds": JSON(mediaAddressSeconds), "media_hash": JSON(mediaHash.rawValue),
            "template_review_ms": JSON(templateReview.milliseconds),
            "groups": .object(groups),
        ]
    }

    private static var names: [String] { PlatformRules().json.members?.map(\.name) ?? [] }

    private static func messagingLimit(_ value: JSON) throws(ControlError) -> MessagingLimit {
        var limit = MessagingLimit(users: try whole(value["users"] ?? value, "messaging_limit.users", 0...10_000_000))
        if let code = value["code"] { limit.code = try whole(code, "messaging_limit.code", 1...9_999_999) }
        return limit
    }

    private static func pacing(_ value: JSON) throws(ControlError) -> Pacing {
        var pacing = Pacing(after: try whole(value["after"] ?? value, "pacing.after", 0...1_000_000))
        if let hold = value["hold_ms"] { pacing.hold = .milliseconds(try whole(hold, "pacing.hold_ms", 0...3_600_000)) }
        if let releases = value["releases"] { pacing.releases = try flag(releases, "pacing.releases") }
        return pacing
    }

    private static func groups(_ value: JSON) throws(ControlError) -> [String: [String]] {
        guard let members = value.members, members.count <= 100 else {
            throw ControlError("groups takes {\"<group id>\": [\"+16505551234\", …]}, at most 100")
        }
        var groups: [String: [String]] = [:]
        for member in members {
            var people: [String] = []
            for person in member.value.elements ?? [] {
                guard let text = person.text, case .phone(let digits)? = Recipient.phone(from: text, businessDigits: "")
                else { throw ControlError("groups: members are phone numbers with '+'") }
                people.append(digits)
            }
            guard (1...1024).contains(people.count) else {
                throw ControlError("groups: a group has 1 to 1,024 members")
            }
            groups[member.name] = people
        }
        return groups
    }

    private static func version(_ value: JSON, _ name: String) throws(ControlError) -> String {
        guard let text = value.text, text.wholeMatch(of: /v[0-9]{2}\.0/) != nil else {
            throw ControlError("\(name) takes a version such as \"v23.0\"")
        }
        return text
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ value: JSON, _ name: String
    ) throws(ControlError) -> Choice where Choice.RawValue == String {
        guard let choice = value.text.flatMap({ Choice(rawValue: $0) }) else {
            let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw ControlError("\(name) takes one of \(known)")
        }
        return choice
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
}
