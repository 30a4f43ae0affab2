import AdapterKit
import AdapterTesting

extension ToyChannel: ContentRules, TemplateChannel {
    /// The body of a send; nil for what the toy does not send.
    func body(of message: OutboundMessage) -> JSON? {
        guard let phone = message.recipient.first?.value else { return nil }
        let to = JSON.Member("to", .string(phone))
        switch message.content {
        case .text: return .object([to])
        case .media(let media) where media.kind == .image && fault != .sendsNoImage:
            return media.id.flatMap { message.providerIDs[$0] }.map { .object([to, .init("image", .string($0))]) }
        case .interactive: return .object([to, .init("interactive", message.content.json ?? .null)])
        case .template(let template): return .object([to, .init("template", .string(template.name))])
        default: return nil
        }
    }

    func problems(of content: MessageContent) -> [RequestProblem] {
        let pointer = fault == .pointsNowhere ? "/text/nowhere/7" : "/text/body"
        if fault == .refusesGoodText, case .text = content {
            return [RequestProblem(pointer: pointer, code: "wrong_length", detail: "is never right")]
        }
        guard case .text(let text) = content, text.body.count > 1000 else { return [] }
        var detail = "must have 1000 characters at most"
        if fault == .quotesMessage { detail += ", and not \(text.body.prefix(50))" }
        if fault == .changesItsMind { detail += " \(UInt64.random(in: 0 ... .max))" }
        return [
            RequestProblem(
                pointer: pointer, code: fault == .speaksFreely ? "Too long!" : "wrong_length", detail: detail)
        ]
    }

    func templates(after cursor: String?) async throws(ProviderFailure) -> TemplatePage {
        let answer = try await call("GET", "/templates" + (cursor.map { "?after=\($0)" } ?? ""))
        let listed = (answer["data"]?.elements ?? []).map { item in
            MessageTemplate(
                providerID: item["id"]?.string ?? "", name: fault == .namelessTemplates ? "" : "greeting",
                language: "en", status: .approved, category: "UTILITY")
        }
        return TemplatePage(templates: listed, next: fault == .endlessPages ? "again" : answer["next"]?.string)
    }

    func create(_ template: JSON) async throws(ProviderFailure) -> MessageTemplate {
        let answer = try await call("POST", "/templates", template)
        return MessageTemplate(
            providerID: fault == .losesTemplate ? "" : answer["id"]?.string ?? "", name: template["name"]?.string ?? "",
            language: "en", status: .pending, category: "UTILITY")
    }

    func edit(_ template: MessageTemplate, _ changes: JSON) async throws(ProviderFailure) {
        _ = try await call("POST", "/templates/\(template.providerID)", changes)
    }

    func delete(_ template: MessageTemplate) async throws(ProviderFailure) {
        _ = try await call("DELETE", "/templates/\(template.providerID)")
    }

    func problems(of send: MessageContent.Template, using template: MessageTemplate) -> [RequestProblem] {
        if fault == .takesAnyTemplate || (fault != .refusesFittingTemplate && send.components.count == 1) { return [] }
        return [RequestProblem(pointer: "/template/components", code: "wrong_count", detail: "must have one element")]
    }
}
