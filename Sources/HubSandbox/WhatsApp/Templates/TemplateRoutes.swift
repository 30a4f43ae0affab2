import Hummingbird

/// A business account's templates: list, create, delete, unpause. Reading and editing one is `WhatsAppCloud.templateNode`.
struct TemplateRoutes: Sendable {
    let cloud: WhatsAppCloud

    func add(to graph: GraphRouter) {
        graph.get(":id/message_templates") { call in try await list(call) }
        graph.post(":id/message_templates") { call in
            _ = try await cloud.account(for: call)
            try call.require(.management)
            return try await cloud.createTemplate(call.body, account: call.id)
        }
        graph.delete(":id/message_templates") { call in
            _ = try await cloud.account(for: call)
            try call.require(.management)
            return try await cloud.deleteTemplates(try TemplateDeletion(call), account: call.id)
        }
        graph.post(":id/unpause") { call in try await cloud.unpauseTemplate(call) }
    }

    private func list(_ call: GraphCall) async throws(GraphError) -> JSON {
        _ = try await cloud.account(for: call)
        try call.require(.management)
        let all = await cloud.templates.templates(of: call.id)
        let filter = TemplateFilter(call.query)
        let found = all.filter(filter.matches)
        var items: [JSON] = []
        for template in found { items.append(try template.chosen(call.query["fields"])) }
        let summary: JSON = [
            "total_count": JSON(found.count), "message_template_count": JSON(all.count),
            "message_template_limit": JSON(TemplateRegistry.accountLimit), "are_translations_complete": false,
        ]
        return .object(try GraphPage.members(items, for: call) + [JSON.Member(name: "summary", value: summary)])
    }
}

/// The filters of a template list. Values may be a word, words with commas between, or a JSON array.
struct TemplateFilter: Sendable {
    private let words: [String: Set<String>]
    private let text: String?

    init(_ query: [String: String]) {
        var words: [String: Set<String>] = [:]
        for name in ["name", "language", "status", "category", "quality_score"] {
            guard let value = query[name] else { continue }
            let bare = value.filter { !"[]\"".contains($0) }
            words[name] = Set(bare.split(separator: ",").map { $0.trimmingPrefix(" ").lowercased() })
        }
        self.words = words
        text = query["name_or_content"]?.lowercased()
    }

    func matches(_ template: MessageTemplate) -> Bool {
        let values = [
            "name": template.name, "language": template.language, "status": template.status.rawValue,
            "category": template.category, "quality_score": template.quality.rawValue,
        ]
        guard words.allSatisfy({ $0.value.contains(values[$0.key, default: ""].lowercased()) }) else { return false }
        guard let text else { return true }
        return template.name.contains(text) || template.shape.body?.text.lowercased().contains(text) == true
    }
}

/// Which templates a deletion means: all languages of a name, one id, or a list of ids.
struct TemplateDeletion: Hashable, Sendable {
    var name: String?
    var ids: Set<String> = []

    init(_ call: GraphCall) throws(GraphError) {
        name = call.text("name")
        if let id = call.text("hsm_id") { ids.insert(id) }
        if let list = call.parameter("hsm_ids") {
            let texts = list.elements?.compactMap { $0.text ?? $0.integer.map(String.init) }
            let split = (list.text ?? "").filter { !"[]\" ".contains($0) }.split(separator: ",").map(String.init)
            ids.formUnion(texts ?? split)
        }
        guard name != nil || !ids.isEmpty else { throw .missing("name") }
        guard ids.count <= 100 else { throw .invalid("Param hsm_ids must have at most 100 elements.") }
    }

    func matches(_ template: MessageTemplate) -> Bool {
        (name ?? template.name) == template.name && (ids.isEmpty || ids.contains(template.id))
    }
}

extension MessageTemplate {
    /// The members that `fields` asks for, or Meta's choice without it.
    func chosen(_ fields: String?) throws(GraphError) -> JSON {
        guard let fields, !fields.isEmpty else { return json }
        let all = JSON.object((json.members ?? []) + (moreFields.members ?? []))
        let known = Self.emptyFields.union([
            "previous_category", "correct_category", "message_send_ttl_seconds",
        ])
        return try FieldSelection.choose(
            try FieldSelection.parse(fields), of: all, emptyFields: known, node: "WhatsAppMessageTemplate")
    }
}
