import AdapterKit

extension TemplateUpdate {
    /// News of a template's status, quality, category or parts.
    init(_ change: Change) throws(ItemProblem) {
        let value = change.value
        guard let name = value["message_template_name"]?.string, !name.isEmpty,
            let language = value["message_template_language"]?.string, !language.isEmpty
        else { throw .templateWithoutName }
        self.init(
            providerID: value["message_template_id"]?.identifier, name: name,
            language: Self.language(language), occurredAt: change.occurredAt, raw: change.raw)
        switch WebhookField(rawValue: change.field) {
        case .templateStatus:
            let event = value["event"]?.string
            status = event.flatMap(MessageTemplate.Status.init(event:))
            reason = Self.reason(value)
            category = value["message_template_category"]?.string
        case .templateQuality: quality = value["new_quality_score"]?.string?.uppercased()
        case .templateCategory: category = value["new_category"]?.string
        default: break
        }
    }

    /// `en-US` of the documents is the `en_US` of sends and lists.
    static func language(_ language: String) -> String {
        String(decoding: language.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }

    /// All that Meta says of why, in its words.
    private static func reason(_ value: JSON) -> String? {
        let (rejection, other) = (value["rejection_info"], value["other_info"])
        let words = [
            value["reason"]?.string, rejection?["reason"]?.string, rejection?["recommendation"]?.string,
            other?["title"]?.string, other?["description"]?.string, value["disable_info"]?["disable_date"]?.identifier,
        ]
        var said: [String] = []
        for case let word? in words where !word.isEmpty && word != "NONE" && !said.contains(word) { said.append(word) }
        return said.isEmpty ? nil : said.joined(separator: ": ")
    }
}

extension MessageTemplate.Status {
    /// What a template is after an event, in capitals or not; nil when the event is of something else, or unknown: then the
    /// template stays what it was, and Meta is the judge of a send.
    init?(event: String) {
        switch event.uppercased() {
        case "APPROVED", "REINSTATED", "UNARCHIVED": self = .approved
        case "PENDING", "IN_REVIEW": self = .pending
        case "REJECTED": self = .rejected
        case "PAUSED": self = .paused
        case "DISABLED": self = .disabled
        case "IN_APPEAL": self = .appealed
        case "ARCHIVED": self = .archived
        case "LOCKED": self = .locked
        case "DELETED", "PENDING_DELETION": self = .deleted
        case "LIMIT_EXCEEDED": self = .unknown
        // FLAGGED says that it may be disabled soon: it can still be sent.
        default: return nil
        }
    }
}
