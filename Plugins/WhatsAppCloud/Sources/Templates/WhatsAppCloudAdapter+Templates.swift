public import AdapterKit

extension WhatsAppCloudAdapter: TemplateChannel {
    /// One page of up to 100 templates of the business account.
    public func templates(after cursor: String?) async throws(ProviderFailure) -> TemplatePage {
        let graph = try number()
        let page = try await graph.page(
            "\(graph.businessAccountID)/message_templates",
            [("fields", MessageTemplate.cloudFields), ("limit", "100")], after: cursor)
        return TemplatePage(templates: page.data.compactMap { MessageTemplate(cloud: $0) }, next: page.next)
    }

    /// Hands a template in for review by `POST /{business_account_id}/message_templates`, in Meta's form:
    /// `name`, `language`, `category`, `parameter_format` and `components`.
    public func create(_ template: JSON) async throws(ProviderFailure) -> MessageTemplate {
        let graph = try number()
        let answer = try await graph.json(.post("\(graph.businessAccountID)/message_templates", template))
        // {"id", "status", "category"}: the category may be another one than was asked for.
        let told = answer.members.filter { ["id", "status", "category"].contains($0.name) }
        let known = template.members.filter { member in !told.contains { $0.name == member.name } }
        guard let created = MessageTemplate(cloud: .object(known + told)) else {
            throw ProviderFailure(
                .unavailable,
                FailureReason(code: "no_template_id", title: "WhatsApp took the template but named no id for it"))
        }
        return created
    }

    /// Changes a template by `POST /{template_id}`, in Meta's form: `components`, `category` and the like.
    public func edit(_ template: MessageTemplate, _ changes: JSON) async throws(ProviderFailure) {
        let graph = try number()
        try Self.expectSuccess(try await graph.json(.post("\(template.providerID)", changes)))
    }

    /// Deletes one language of a template. Its name stays taken for 30 days.
    public func delete(_ template: MessageTemplate) async throws(ProviderFailure) {
        let graph = try number()
        // Without the id, all languages of the name would go.
        let answer = try await graph.json(
            .delete(
                "\(graph.businessAccountID)/message_templates",
                [("name", template.name), ("hsm_id", template.providerID)]))
        try Self.expectSuccess(answer)
    }

    /// Compares what is sent with what the template has places for.
    public func problems(of send: MessageContent.Template, using template: MessageTemplate) -> [RequestProblem] {
        TemplateMatch.problems(of: send, using: template)
    }

    private static func expectSuccess(_ answer: JSON) throws(ProviderFailure) {
        guard answer["success"]?.bool == false else { return }
        throw ProviderFailure(
            .refused, FailureReason(code: "no_success", title: "WhatsApp answered that it did not change the template"))
    }
}
