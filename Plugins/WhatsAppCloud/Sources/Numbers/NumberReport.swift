import AdapterKit

/// What Meta says of a business phone number (`GET /{phone_number_id}?fields=…`).
struct NumberReport {
    /// Those that every version of the last years has.
    static let coreFields = [
        "display_phone_number", "verified_name", "code_verification_status", "quality_rating", "platform_type",
        "throughput", "status", "name_status",
    ]

    /// All of them. Meta refuses a call for a field that it does not know, in a version or for a number.
    static let fields =
        coreFields + [
            "health_status", "is_on_biz_app", "whatsapp_business_manager_messaging_limit", "webhook_configuration",
        ]

    let json: JSON

    var limits: ChannelLimits {
        ChannelLimits(
            messagesPerSecond: messagesPerSecond,
            newContactsPerDay: MessagingLimit.people(json["whatsapp_business_manager_messaging_limit"])
                ?? MessagingLimit.people(json["messaging_limit_tier"]),
            quality: json["quality_rating"]?.string)
    }

    /// In and out together. A number that the WhatsApp Business app uses too has 20 whatever its level says.
    private var messagesPerSecond: Int? {
        if json["is_on_biz_app"]?.bool == true { return 20 }
        return switch json["throughput"]?["level"]?.string {
        case "STANDARD": 80
        case "HIGH": 1000
        default: nil
        }
    }

    func alerts(at now: Timestamp) -> [ChannelAlert] { [status(now), quality(now)].compactMap(\.self) + health(now) }

    private func status(_ now: Timestamp) -> ChannelAlert? {
        guard let status = json["status"]?.string?.uppercased() else { return nil }
        let severity: ChannelAlert.Severity
        switch status {
        case "BANNED", "DELETED", "RESTRICTED", "DISCONNECTED", "MIGRATED": severity = .critical
        case "FLAGGED", "RATE_LIMITED", "PENDING", "UNVERIFIED": severity = .warning
        // Also for words that are newer than this list: health_status says what they mean for sending.
        default: return nil
        }
        return ChannelAlert(
            code: "number_status.\(status)", title: "The number's status at WhatsApp is \(status)", severity: severity,
            occurredAt: now, raw: ["status": .string(status)])
    }

    private func quality(_ now: Timestamp) -> ChannelAlert? {
        guard json["quality_rating"]?.string?.uppercased() == "RED" else { return nil }
        return ChannelAlert(
            code: "quality.RED", title: "People block or report what this number sends: its quality is low",
            severity: .warning, occurredAt: now, raw: ["quality_rating": "RED"])
    }

    // {"can_send_message": "BLOCKED", "entities": [{"entity_type", "id", "can_send_message",
    //  "errors": [{"error_code", "error_description", "possible_solution"}], "additional_info": ["…"]}]}
    private func health(_ now: Timestamp) -> [ChannelAlert] {
        guard let health = json["health_status"] else { return [] }
        var alerts: [ChannelAlert] = []
        for entity in health["entities"]?.elements ?? [] {
            guard let severity = Self.severity(entity["can_send_message"]?.string) else { continue }
            let kind = entity["entity_type"]?.string.flatMap(Self.word) ?? "UNKNOWN"
            let errors = entity["errors"]?.elements ?? []
            for error in errors {
                let code = error["error_code"]?.identifier.flatMap(Self.word) ?? "unknown"
                let words = [error["error_description"]?.string, error["possible_solution"]?.string]
                alerts.append(
                    ChannelAlert(
                        code: "health.\(kind).\(code)", title: Self.title(kind, severity, words.compactMap(\.self)),
                        severity: severity, occurredAt: now, raw: error))
            }
            guard errors.isEmpty else { continue }
            let notes = (entity["additional_info"]?.elements ?? []).compactMap(\.string)
            alerts.append(
                ChannelAlert(
                    code: "health.\(kind)", title: Self.title(kind, severity, notes), severity: severity,
                    occurredAt: now, raw: entity))
        }
        if alerts.isEmpty, let severity = Self.severity(health["can_send_message"]?.string) {
            alerts.append(
                ChannelAlert(
                    code: "health", title: Self.title("number", severity, []), severity: severity, occurredAt: now,
                    raw: health))
        }
        return alerts
    }

    private static func severity(_ word: String?) -> ChannelAlert.Severity? {
        switch word?.uppercased() {
        case "BLOCKED": .critical
        case "LIMITED": .warning
        default: nil
        }
    }

    /// Meta's words are of the account and of nobody else; a line of them is enough, as the whole is in the raw object.
    private static func title(_ kind: String, _ severity: ChannelAlert.Severity, _ words: [String]) -> String {
        let what = severity == .critical ? "WhatsApp blocks sending" : "WhatsApp limits sending"
        let text = words.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\(what) (\(kind))" + (text.isEmpty ? "" : ": \(text.prefix(300))")
    }

    /// A word that may stand in a code.
    private static func word(_ text: String) -> String? {
        let isWord =
            (1...64).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        return isWord ? text : nil
    }

    /// What is good to know besides.
    var facts: JSON {
        func text(_ name: String) -> JSON? { json[name]?.string.map { .string($0) } }
        return .object([
            "display_phone_number": text("display_phone_number"), "verified_name": text("verified_name"),
            "status": text("status"), "name_status": text("name_status"),
            "code_verification_status": text("code_verification_status"), "platform_type": text("platform_type"),
            "quality_rating": text("quality_rating"), "throughput": json["throughput"]?["level"],
            "is_on_biz_app": json["is_on_biz_app"],
            "messaging_limit": json["whatsapp_business_manager_messaging_limit"] ?? json["messaging_limit_tier"],
            "can_send_message": json["health_status"]?["can_send_message"],
            "webhook_configuration": json["webhook_configuration"],
        ])
    }
}

extension GraphClient {
    func numberReport() async throws(ProviderFailure) -> NumberReport {
        func ask(_ fields: [String]) async throws(ProviderFailure) -> NumberReport {
            let query = [(name: "fields", value: fields.joined(separator: ","))]
            return NumberReport(json: try await json(.get("\(phoneNumberID)", query)))
        }
        do throws(ProviderFailure) {
            return try await ask(NumberReport.fields)
        } catch  where error.kind == .refused && error.reason.code == "100" {
            return try await ask(NumberReport.coreFields)
        }
    }
}
