import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("News of templates")
struct TemplateNewsTests {
    private func template(_ body: String) throws -> TemplateUpdate {
        let batch = try Harness.batch(body)
        #expect(batch.account == .parent("102290129340398"))
        guard case .template(let template)? = batch.updates.first else { throw Harness.Missing() }
        #expect(template.name == "order_confirmation" && template.language == "en_US")
        #expect(template.providerID == "1689556908129832")
        return template
    }

    @Test(
        "The words of a template's status, in capitals or not",
        arguments: [
            ("APPROVED", .approved), ("approved", .approved), ("REINSTATED", .approved), ("UNARCHIVED", .approved),
            ("PENDING", .pending), ("REJECTED", .rejected), ("PAUSED", .paused), ("paused", .paused),
            ("DISABLED", .disabled), ("IN_APPEAL", .appealed), ("ARCHIVED", .archived), ("LOCKED", .locked),
            ("DELETED", .deleted), ("PENDING_DELETION", .deleted), ("LIMIT_EXCEEDED", .unknown), ("FLAGGED", nil),
            ("TELEPORTED", nil),
        ] as [(String, MessageTemplate.Status?)])
    func words(word: String, status: MessageTemplate.Status?) throws {
        let update = try template(Fixtures.templateStatus(word))
        #expect(update.status == status && update.reason == nil)
        #expect(update.raw["value"]?["event"]?.string == word)
    }

    @Test("Why a template was refused or paused is kept in Meta's words")
    func reasons() throws {
        let rejected = try template(Fixtures.templateRejected)
        #expect(rejected.reason == "INVALID_FORMAT: Variables at the edge: Add words around them")
        #expect(rejected.category == "MARKETING" && rejected.status == .rejected)
        let paused = try template(Fixtures.templatePaused)
        #expect(paused.status == .paused && paused.reason == "FIRST_PAUSE: Paused for 3 hours")
        #expect(paused.occurredAt == Timestamp(seconds: 1_795_420_600))
        #expect(paused.raw["time"] == 1_795_420_600)
    }

    @Test("Quality, category and parts are news of their own")
    func others() throws {
        let quality = try template(Fixtures.templateQuality)
        #expect(quality.quality == "YELLOW" && quality.status == nil && quality.category == nil)
        let category = try template(Fixtures.templateCategory)
        #expect(category.category == "MARKETING" && category.status == nil && category.quality == nil)
        let parts = try template(Fixtures.templateComponents)
        #expect(parts.status == nil && parts.raw["value"]?["message_template_element"] == "Hello {{1}}")
    }

    @Test("News of a template without its name is kept with a problem")
    func withoutName() throws {
        let body = Fixtures.accountChange("message_template_status_update", #"{"event":"PAUSED"}"#)
        let batch = try #require(try Harness.receive(body).first)
        #expect(batch.updates.isEmpty && batch.problem == "news of a template without its name or language")
    }
}
