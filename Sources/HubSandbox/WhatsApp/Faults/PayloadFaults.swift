/// What is wrong with the bodies of webhooks: shapes that Meta has sent, or may, and that receivers must survive.
struct PayloadFaults: Hashable, Sendable {
    /// Bodies are made no longer than this; Meta's limit is 3 MB.
    static let longestBody = 3_000_000

    /// Members left out of messages, contacts and statuses wherever they stand, e.g. `from`, `wa_id`, `recipient_id`.
    var omitted: Set<String> = []
    /// Messages come with a type that nobody knows.
    var unknownType: String?
    /// Every entry has a change of a field that nobody knows in front of its own.
    var unknownField: String?
    /// Interactive answers come without `interactive`, and with an error beside them.
    var interactiveWithoutBody = false
    /// Reactions come without `emoji`, which is how a removal may look.
    var emojiAbsent = false
    /// Media messages come without their file and with this error: Meta could not download it, or it is too large.
    var mediaError: Int?
    /// Bodies are made this long, in bytes.
    var paddedTo: Int?

    var isNone: Bool { self == PayloadFaults() }

    func distort(_ update: WebhookUpdate) -> WebhookUpdate {
        guard !isNone else { return update }
        var update = update
        if update.kind == .message { distort(message: &update) }
        if !omitted.isEmpty {
            update.contact = update.contact?.without(omitted)
            if case .value = update.kind {} else { update.element = update.element.without(omitted) }
        }
        return update
    }

    private func distort(message update: inout WebhookUpdate) {
        let type = update.element["type"]?.text ?? ""
        if interactiveWithoutBody, type == "interactive" {
            update.element = update.element.without(["interactive"])
            var error = GraphError.catalogued(131000)
            error.details = "Unsupported webhook payload"
            update.errors = [error.webhookElement]
        }
        if emojiAbsent, type == "reaction", let reaction = update.element["reaction"] {
            update.element = update.element.replacing("reaction", with: reaction.without(["emoji"]))
        }
        if let mediaError, ["audio", "document", "image", "sticker", "video"].contains(type) {
            let errors = JSON.array([GraphError.catalogued(mediaError).webhookElement])
            update.element = update.element.without([type]).adding("errors", errors)
        }
        if let unknownType {
            let members = (update.element.members ?? []).map { member in
                switch member.name {
                case "type": JSON.Member(name: "type", value: JSON(unknownType))
                case type: JSON.Member(name: unknownType, value: member.value)
                default: member
                }
            }
            update.element = .object(members)
        }
    }

    /// The body of a webhook, as bytes.
    func body(_ updates: [WebhookUpdate]) -> [UInt8] {
        let extra = unknownField.map { field -> JSON in
            ["value": ["note": "a field from the future"], "field": JSON(field)]
        }
        let body = WebhookEnvelope.body(updates, extraChange: extra)
        guard let paddedTo else { return body.bytes }
        let bytes = body.adding("padding", "").bytes
        let padding = String(repeating: "x", count: max(0, min(paddedTo, Self.longestBody) - bytes.count))
        return body.adding("padding", JSON(padding)).bytes
    }
}

/// What is wrong with the signature of webhooks.
enum SignatureFault: String, Hashable, Sendable, CaseIterable {
    case none = "right"
    case wrong
    case missing

    /// The header's value; nil leaves the header out.
    func header(of body: [UInt8], secret: String) -> String? {
        switch self {
        case .none: WebhookSignature.header(of: body, secret: secret)
        case .wrong: WebhookSignature.header(of: body, secret: "not-\(secret)")
        case .missing: nil
        }
    }
}

extension JSON {
    /// The object with another value for a member; a new member comes last.
    func replacing(_ name: String, with value: JSON) -> JSON {
        guard case .object(let members) = self, members.contains(where: { $0.name == name }) else {
            return adding(name, value)
        }
        return .object(members.map { $0.name == name ? Member(name: name, value: value) : $0 })
    }

    /// The object with one more member at its end.
    func adding(_ name: String, _ value: JSON) -> JSON {
        .object((members ?? []) + [Member(name: name, value: value)])
    }
}
