import AdapterKit

extension WriteContext {
    /// Templates that are named where only one of them can be sent.
    private static let namedTemplates = 20

    /// Why a message cannot be queued; nil when it can.
    func refusal(of new: NewMessage, _ checks: SendChecks, now: Timestamp) throws -> EnqueueOutcome? {
        var problems: [RequestProblem] = []
        var contact: Int64?
        switch new.recipient {
        case .phone(let phone): contact = try owner(of: ContactIdentity(.phone, phone))
        case .contact(let text):
            contact = ids.number(.contact, text)
            let isKnown =
                try contact.flatMap { try connection.first(Queries.contactExists, [.integer($0)]) { _ in true } }
                ?? false
            if !isKnown {
                problems.append(
                    RequestProblem(pointer: "/to", code: "unknown_contact", detail: "is no contact of this tenant"))
            }
        }
        for (pointer, id) in [("/reply_to", new.repliesTo), ("/reaction/message_id", new.content.reference?.id)] {
            if let id, let problem = try problem(ofMessage: id, at: pointer, channel: new.channel) {
                problems.append(problem)
            }
        }
        for id in new.content.mediaIDs {
            problems += try self.problems(ofMedia: id, in: new.content, checks.media)
        }
        var template: MessageTemplate?
        if case .template(let send) = new.content {
            let found = try check(send, checks)
            template = found.template
            problems += found.problems
        }
        guard problems.isEmpty else { return .refused(problems) }
        if new.content.isFreeForm, checks.channel.window != nil {
            return try closedWindow(contact, checks.channel, now: now)
        }
        if let contact, template?.isMarketing == true,
            let stoppedAt = try connection.first(
                Queries.marketingStop, [.integer(contact), .text(new.channel)], { $0.integer(0) })
        {
            return .marketingStopped(since: Timestamp(milliseconds: stoppedAt))
        }
        return nil
    }

    /// A message that is answered has to be one that the provider knows, too.
    private func problem(ofMessage text: String, at pointer: String, channel: String) throws -> RequestProblem? {
        let known = try ids.number(.message, text).flatMap { id in
            try connection.first(Queries.message, [.integer(id), .text(channel)]) { !$0.isNull(0) }
        }
        guard let hasProviderID = known else {
            return RequestProblem(pointer: pointer, code: "unknown_message", detail: "is no message of this channel")
        }
        guard !hasProviderID else { return nil }
        return RequestProblem(
            pointer: pointer, code: "not_sent_yet", detail: "is a message that the provider has not taken yet")
    }

    private func problems(
        ofMedia text: String, in content: MessageContent, _ rules: [MediaRule]
    ) throws -> [RequestProblem] {
        // Nested media stand somewhere in the type's object; a plain one has its own member.
        var pointer = "/\(content.type)"
        if case .media = content { pointer += "/id" }
        let known = try ids.number(.media, text).flatMap { id in
            try connection.first(Queries.media, [.integer(id)]) { row in
                (state: row.text(0), kind: row.text(1), mimeType: row.optionalText(2), size: row.optionalInteger(3))
            }
        }
        guard let media = known else {
            return [RequestProblem(pointer: pointer, code: "unknown_media", detail: "names media that are not there")]
        }
        guard media.state == "stored" else {
            return [
                RequestProblem(
                    pointer: pointer, code: "media_not_stored",
                    detail: "names media that are \(media.state), not stored")
            ]
        }
        let kind = content.kind(ofMedia: text) ?? MessageContent.Media.Kind(rawValue: media.kind)
        guard let kind, let rule = rules.first(where: { $0.kind == kind }) else { return [] }
        var problems: [RequestProblem] = []
        let type = (media.mimeType ?? "").prefix { $0 != ";" }.lowercased()
        if !rule.mimeTypes.isEmpty, !rule.mimeTypes.contains(type) {
            problems.append(
                RequestProblem(
                    pointer: pointer, code: "wrong_media_type",
                    detail: "\(kind.rawValue) must be one of \(rule.mimeTypes.joined(separator: ", "))"))
        }
        if let size = media.size, size > rule.maximumBytes {
            problems.append(
                RequestProblem(
                    pointer: pointer, code: "media_too_large",
                    detail: "\(kind.rawValue) must have at most \(rule.maximumBytes) bytes"))
        }
        return problems
    }

    /// A registry that was never taken over knows nothing, and then the provider decides.
    private func check(
        _ send: MessageContent.Template, _ checks: SendChecks
    ) throws -> (template: MessageTemplate?, problems: [RequestProblem]) {
        let account = checks.channel.account
        let named = try read.templates(account: account, name: send.name)
        guard let stored = named.first(where: { $0.template.language == send.language }) else {
            guard try read.templatesSyncedAt(account: account) != nil else { return (nil, []) }
            let problem =
                named.isEmpty
                ? RequestProblem(
                    pointer: "/template/name", code: "unknown_template", detail: "is no template of this account")
                : RequestProblem(
                    pointer: "/template/language", code: "unknown_language",
                    detail: "must be one that the template has: "
                        + named.map(\.template.language).joined(separator: ", "))
            return (nil, [problem])
        }
        let template = stored.template
        guard [.approved, .unknown].contains(template.status) else {
            let reason = template.reason.map { " (\($0))" } ?? ""
            return (
                template,
                [
                    RequestProblem(
                        pointer: "/template/name", code: "template_\(template.status.rawValue)",
                        detail: "is \(template.status.rawValue)\(reason) and cannot be sent")
                ]
            )
        }
        return (template, stored.isWhole ? checks.template(send, template) : [])
    }

    private func closedWindow(_ contact: Int64?, _ channel: StoreChannel, now: Timestamp) throws -> EnqueueOutcome? {
        let closesAt = try contact.flatMap { contact in
            try connection.first(Queries.window, [.integer(contact), .text(channel.name)]) { row in
                // A group has no window.
                row.integer(1) > 0 ? .max : row.optionalInteger(0)
            } ?? nil
        }
        if let closesAt, closesAt > now.milliseconds { return nil }
        let usable = try read.templates(account: channel.account).filter { $0.template.status == .approved }
        return .windowClosed(
            since: closesAt.map { Timestamp(milliseconds: $0) },
            templates: usable.prefix(Self.namedTemplates).map {
                TemplateName(name: $0.template.name, language: $0.template.language)
            })
    }

    private enum Queries {
        static let contactExists: SQL = "SELECT id FROM contacts WHERE id = $1"
        static let message: SQL = "SELECT provider_id FROM messages WHERE id = $1 AND channel = $2"
        static let media: SQL = "SELECT state, kind, mime_type, size FROM media WHERE id = $1"
        static let marketingStop: SQL = """
            SELECT changed_at FROM consents
            WHERE contact_id = $1 AND channel = $2 AND purpose = 'marketing' AND is_granted = 0
            """
        static let window: SQL = """
            SELECT window_closes_at, (
                SELECT COUNT(*) FROM contact_identities
                WHERE contact_identities.contact_id = conversations.contact_id AND kind = 'whatsapp_group'
            )
            FROM conversations WHERE contact_id = $1 AND channel = $2
            """
    }
}

extension MessageContent {
    /// The kind as which the content uses media of the hub's id.
    fileprivate func kind(ofMedia id: String) -> Media.Kind? {
        if case .media(let media) = self { media.kind } else { nil }
    }
}
