import AdapterKit

/// What an event says in a few words: a line of the terminal, and the first line on the page.
struct EventSummary: Sendable {
    private(set) var text = ""
    /// What stands around a message: what it answers, how the person came.
    private(set) var notes: [String] = []

    private let names: [String: String]

    /// - Parameter names: of contacts, by their id.
    init(_ event: JSON, names: [String: String]) {
        self.names = names
        let data = event["data"] ?? .null
        switch event["type"]?.string {
        case "message.received", "message.echoed":
            let message = data["message"] ?? .null
            let who = event["type"]?.string == "message.echoed" ? "you, to " : ""
            text = "\(who)\(Self.name(of: data["contact"] ?? .null)): \(MessageSummary.text(message))"
            notes = MessageSummary.notes(message)
        case "message.status", "message.failed": text = status(data)
        case "media.updated": text = media(data)
        case "contact.updated": text = Self.contact(data["contact"] ?? .null)
        case "template.updated": text = Self.template(data)
        case "order.updated":
            text = "\(person(data).map { "\($0): " } ?? "")order \(data["order"]?["name"]?.string ?? "")"
        case "channel.alert", "system.alert":
            let place = data["channel"]?.string ?? data["system"]?.string ?? ""
            text = "\(place): \(data["title"]?.string ?? "") (\(data["code"]?.string ?? "no code"))"
            notes = [data["severity"]?.string, Self.effects[data["effect"]?.string ?? ""]].compactMap(\.self)
        default: break
        }
    }

    /// For the terminal: one line, without what would steer it.
    var line: String {
        let whole = ([text] + notes.map { "[\($0)]" }).joined(separator: " ")
        let shown = whole.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control || Self.turnsDirection(scalar) ? " " : String(scalar)
        }.joined()
        return shown.count > 160 ? "\(shown.prefix(159))…" : shown
    }

    /// Such as what makes `exe.pdf` of a name that ends in `fdp.exe`.
    private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    static func name(of contact: JSON) -> String {
        let identities = contact["identities"]?.elements ?? []
        return contact["name"]?.string ?? contact["username"]?.string
            ?? (identities.first { $0["kind"]?.string == "phone" } ?? identities.first)?["value"]?.string ?? "someone"
    }

    private func person(_ data: JSON) -> String? { data["contact_id"]?.string.flatMap { names[$0] } }

    private func status(_ data: JSON) -> String {
        let status = data["status"]?.string ?? ""
        let shown = data["provider_status"]?.string == "played" ? "played" : status
        let joint = ["sent": "to", "delivered": "to", "read": "by", "played": "by"][shown] ?? "for"
        return shown + (person(data).map { " \(joint) \($0)" } ?? "") + Self.reason(data["error"])
    }

    private func media(_ data: JSON) -> String {
        let media = data["media"] ?? .null
        let what = (media["kind"]?.string ?? "media") + (person(data).map { " of \($0)" } ?? "")
        guard media["state"]?.string == "stored" else {
            return "\(what): \(media["state"]?.string ?? "")\(Self.reason(media["error"]))"
        }
        let size = media["size"]?.integer.map { $0 < 1024 ? "\($0) bytes" : "\(($0 + 512) / 1024) kB" }
        return "\(what) is stored (\([media["mime_type"]?.string, size].compactMap(\.self).joined(separator: ", ")))"
    }

    private static func contact(_ contact: JSON) -> String {
        let names = (contact["identities"]?.elements ?? []).compactMap { $0["value"]?.string }
        let consents = (contact["consents"]?.elements ?? []).map { consent in
            "\(consent["granted"]?.bool == true ? "allows" : "forbids") \(consent["purpose"]?.string ?? "something")"
        }
        return "\(name(of: contact)): \((names + consents).joined(separator: ", "))"
    }

    private static func template(_ data: JSON) -> String {
        let news = ["status", "reason", "category", "quality"].compactMap { name in
            data[name]?.string.map { name == "status" ? $0 : "\(name) \($0)" }
        }
        return "\(data["name"]?.string ?? "") (\(data["language"]?.string ?? "")): \(news.joined(separator: ", "))"
    }

    private static func reason(_ error: JSON?) -> String {
        guard let error, let title = error["title"]?.string else { return "" }
        return ": \(title)" + (error["code"]?.string.map { " (\($0))" } ?? "")
    }

    private static let effects = [
        "pauses": "nothing is sent until somebody resumes the channel", "resumes": "messages are sent again",
        "clears": "what was told before is over",
    ]
}
