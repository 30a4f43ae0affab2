import AdapterKit

/// What one word of an account's news means to the owner of a channel.
struct AlertRule {
    /// The provider's word, in capitals.
    let word: String
    /// In our words.
    let title: String
    let severity: ChannelAlert.Severity
    let effect: ChannelAlert.Effect

    init(
        _ word: String, _ title: String, _ severity: ChannelAlert.Severity = .information,
        _ effect: ChannelAlert.Effect = .none
    ) {
        self.word = word
        self.title = title
        self.severity = severity
        self.effect = effect
    }
}

/// How the news of one field become alerts.
struct AlertField {
    /// Where the word stands that tells what happened; empty when the field has none.
    let path: [String]
    /// Whether each word is an alert of its own. Otherwise a later word is news of the same thing, and may end it.
    let isByWord: Bool
    let rules: [AlertRule]
    /// For a word that is newer than the rules.
    let other: AlertRule
    /// Words that no owner needs to hear of.
    let silent: Set<String>

    init(
        _ path: String..., isByWord: Bool = true, rules: [AlertRule] = [], silent: Set<String> = [],
        other title: String, _ severity: ChannelAlert.Severity = .information
    ) {
        self.path = path
        self.isByWord = isByWord
        self.rules = rules
        self.silent = silent
        other = AlertRule("", title, severity)
    }

    func rule(for word: String) -> AlertRule? { rules.first { $0.word == word } }
}

extension Change {
    /// The alert that the change means; nil when it does not say what happened, or nothing that an owner needs to hear.
    func alert(_ field: WebhookField) -> ChannelAlert? {
        guard let rules = AlertField.all[field] else { return nil }
        guard !rules.path.isEmpty else { return alert(field.rawValue, rules.other) }
        guard let word = Self.word(rules.path.reduce(value) { $0[$1] ?? .null }), !rules.silent.contains(word) else {
            return nil
        }
        let rule = rules.rule(for: refined(field, word)) ?? rules.rule(for: word) ?? rules.other
        var alert = alert(rules.isByWord ? "\(field.rawValue).\(Self.code(field, word))" : field.rawValue, rule)
        if field == .accountAlerts { refine(&alert) }
        return alert
    }

    private func alert(_ code: String, _ rule: AlertRule) -> ChannelAlert {
        ChannelAlert(
            code: code, title: rule.title, severity: rule.severity, effect: rule.effect, occurredAt: occurredAt,
            raw: raw)
    }

    /// Some words mean one thing or another by what stands beside them: they are told apart as `WORD/STATE`.
    private func refined(_ field: WebhookField, _ word: String) -> String {
        switch (field, word) {
        case (.accountUpdate, "DISABLED_UPDATE"):
            return "\(word)/\(Self.word(value["ban_info"]?["waba_ban_state"]) ?? "")"
        case (.accountUpdate, "ACCOUNT_RESTRICTION"):
            let types = Set(
                (value["restriction_info"]?.elements ?? []).compactMap { Self.word($0["restriction_type"]) })
            let isAll = types.isSuperset(of: Self.allSending)
            return isAll ? "\(word)/ALL" : types.isDisjoint(with: Self.allSending) ? word : "\(word)/SOME"
        case (.flows, "FLOW_STATUS_CHANGE"): return "\(word)/\(Self.word(value["new_status"]) ?? "")"
        case (.flows, _):
            let isOver = Self.word(value["alert_state"]) == "DEACTIVATED"
            return isOver ? "\(word)/DEACTIVATED" : word
        default: return word
        }
    }

    private static let allSending: Set = [
        "RESTRICTED_BIZ_INITIATED_MESSAGING", "RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
    ]

    /// A word that ends another one's alert has that one's code.
    private static func code(_ field: WebhookField, _ word: String) -> String {
        field == .numberQuality && word == "UNFLAGGED" ? "FLAGGED" : word
    }

    /// Of `account_alerts` Meta says itself how grave it is and whether it still holds.
    private func refine(_ alert: inout ChannelAlert) {
        let info = value["alert_info"] ?? .null
        switch Self.word(info["alert_severity"]) {
        case "CRITICAL": alert.severity = .critical
        case "WARNING": alert.severity = .warning
        case "INFORMATIONAL": alert.severity = .information
        default: break
        }
        if Self.word(info["alert_status"]) == "NONE" { alert.effect = .clears }
    }

    /// A constant of Meta's in capitals. Other text may be anybody's and stays in the raw object.
    private static func word(_ value: JSON?) -> String? {
        guard let word = value?.string?.uppercased(), (1...64).contains(word.utf8.count) else { return nil }
        let isWord = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
        return isWord ? word : nil
    }
}
