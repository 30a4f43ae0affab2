import HTTPTypes
import HummingbirdCore

/// Templates as the management API changes them.
extension WhatsAppCloud {
    /// Seconds in which an approved template may be edited once, and those in which ten times.
    private static let editPauses = (one: 86_400, ten: 30 * 86_400)

    func createTemplate(_ body: JSON, account: String) throws(GraphError) -> JSON {
        let template = try templates.create(try TemplateDraft(body), account: account, now: now)
        review(template.id, account: account)
        return ["id": JSON(template.id), "status": JSON(template.status.rawValue), "category": JSON(template.category)]
    }

    /// The answer to `GET` and `POST` on a template, or nil when the id is none of one.
    func templateNode(_ call: GraphCall) throws(GraphError) -> JSON? {
        guard let (account, template) = template(of: call) else { return nil }
        try call.require(.management)
        switch call.request.method {
        case .get: return try template.chosen(call.query["fields"])
        case .post: return try edit(template, account: account, call.body)
        default: return nil
        }
    }

    func unpauseTemplate(_ call: GraphCall) throws(GraphError) -> JSON {
        guard let (account, template) = template(of: call) else { throw call.unknownObject }
        try call.require(.management)
        guard template.status == .paused else {
            return ["success": false, "reason": "The template is not paused."]
        }
        setStatus(.approved, of: template.id, account: account, TemplateNews(title: "UNPAUSE"))
        return ["success": true]
    }

    func deleteTemplates(_ deletion: TemplateDeletion, account: String) throws(GraphError) -> JSON {
        let deleted = templates.delete(from: account, now: now, where: deletion.matches)
        guard !deleted.isEmpty else {
            throw .template(
                2593002, "Message Template Not Found", "There is no message template of this name or id.")
        }
        for template in deleted {
            var gone = template
            gone.status = .deleted
            announce("message_template_status_update", TemplateNews().statusUpdate(gone), account: account)
        }
        return ["success": true]
    }

    /// The template that a call names, in one of the accounts that its token reaches.
    private func template(of call: GraphCall) -> (account: String, template: MessageTemplate)? {
        for account in call.token.accounts.sorted() {
            if let template = templates.template(call.id, of: account) { return (account, template) }
        }
        return nil
    }

    private func edit(_ template: MessageTemplate, account: String, _ body: JSON) throws(GraphError) -> JSON {
        guard template.status.isEditable else {
            throw .template(
                2388039, "Template Can't Be Edited",
                "Only templates that are approved, rejected or paused can be edited; this one is \(template.status.rawValue)."
            )
        }
        let now = now
        if template.status == .approved {
            let edits = template.edits.filter { $0 > now - Self.editPauses.ten }
            guard edits.count < 10, edits.allSatisfy({ $0 <= now - Self.editPauses.one }) else {
                throw .template(
                    2388039, "Template Can't Be Edited",
                    "An approved template can be edited once in 24 hours and ten times in 30 days.")
            }
        }
        let category = body["category"]?.text?.uppercased() ?? template.category
        guard category == template.category || template.status != .approved else {
            throw .invalid("The category of an approved template can't be changed.")
        }
        guard TemplateDraft.categories.contains(category) else {
            throw .invalid("Param category must be one of {\(TemplateDraft.categories.joined(separator: ", "))}.")
        }
        let format = try TemplateDraft.format(body["parameter_format"]) ?? template.format
        let components = body["components"]?.elements ?? template.components
        try TemplateRules.check(components, category: category, format: format)
        guard
            body["components"] != nil || body["category"] != nil || body["message_send_ttl_seconds"] != nil
                || body["parameter_format"] != nil
        else { throw .missing("components") }
        templates.update(template.id, of: account, now: now) { kept in
            if kept.status == .approved { kept.edits.append(now) }
            kept.category = category
            kept.format = format
            kept.components = components
            kept.lifetime = body["message_send_ttl_seconds"]?.integer ?? kept.lifetime
            kept.status = .pending
        }
        if let edited = templates.template(template.id, of: account) {
            announce("message_template_components_update", TemplateNews.components(edited), account: account)
        }
        review(template.id, account: account)
        return [
            "success": true, "id": JSON(template.id), "name": JSON(template.name), "category": JSON(category),
        ]
    }
}
