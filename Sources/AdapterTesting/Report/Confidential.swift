import AdapterKit

/// The words of a run that no log line, title or URL may hold.
struct Confidential {
    private var words: [(kind: String, text: String)] = []

    init(secrets: [String]) {
        for secret in secrets { add("a secret", secret) }
    }

    /// Words of fewer than four characters would be found by chance.
    mutating func add(_ kind: String, _ text: String) {
        guard text.utf8.count >= 4 else { return }
        words.append((kind, text))
    }

    mutating func add(_ identities: [ContactIdentity]) {
        for identity in identities {
            add("an identity", identity.value.hasPrefix("+") ? String(identity.value.dropFirst()) : identity.value)
        }
    }

    /// The texts that somebody wrote. Ids, types and the provider's own words may well stand in an address.
    mutating func add(_ content: MessageContent) {
        switch content {
        case .template(let template): add(strings: .array(template.components))
        case .location(let location):
            add("a place", location.name ?? "")
            add("a place", location.address ?? "")
        default: add(strings: content.json ?? .null)
        }
    }

    mutating func add(_ receipt: WebhookReceipt) {
        for case .message(let message) in receipt.batches.flatMap(\.updates) {
            add(message.sender)
            add(message.content)
            add("a name", message.profileName ?? "")
            add("a message id", message.providerID)
        }
    }

    private static let personal: Set<String> = [
        "text", "body", "caption", "filename", "title", "description", "formatted_name", "phone", "email", "payload",
        "response_json", "display_text",
    ]

    private mutating func add(strings json: JSON) {
        for element in json.elements { add(strings: element) }
        for member in json.members {
            if Self.personal.contains(member.name), let text = member.value.string { add("a message text", text) }
            add(strings: member.value)
        }
    }

    func check(_ log: RecordingLog, _ report: inout ConformanceReport, _ during: String) {
        for line in log.lines {
            check(line.message, "a log line", during, &report)
            for (name, value) in line.fields { check("\(name) \(value)", "a log line", during, &report) }
        }
    }

    func check(_ reason: FailureReason, _ report: inout ConformanceReport, _ during: String) {
        check("\(reason.code) \(reason.title)", "an outcome's code or title", during, &report)
    }

    func check(_ text: String, _ place: String, _ during: String, _ report: inout ConformanceReport) {
        for word in words where text.contains(word.text) {
            report.add(.confidentiality, "\(word.kind) in \(place) (\(during))")
        }
    }

    /// All of the words, for an answer that repeats everything.
    var echo: String { words.map(\.text).joined(separator: " ") }
}
