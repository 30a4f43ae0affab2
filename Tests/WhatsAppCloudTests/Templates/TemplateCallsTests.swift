import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Calls for templates")
struct TemplateCallsTests {
    private static let template = MessageTemplate(
        providerID: "1689556908129835", name: "order_confirmation", language: "en_US", status: .approved,
        category: "UTILITY")

    private func answer(_ body: String, status: Int = 200) -> RecordingHTTP {
        RecordingHTTP([.success(HTTPAnswer(status: status, body: Array(body.utf8)))])
    }

    private func failure(_ body: String, status: Int = 400) async throws -> ProviderFailure {
        do throws(ProviderFailure) {
            try await (try? Harness.channel(http: answer(body, status: status)))?.delete(Self.template)
        } catch {
            return error
        }
        throw Harness.Missing()
    }

    @Test("A page of the list, and the cursor of the next one without the address that holds the token")
    func list() async throws {
        let http = answer(
            #"""
            {"data":[
              {"id":"1","name":"a","language":"en_US","status":"APPROVED","category":"MARKETING","parameter_format":"NAMED",
               "quality_score":{"score":"GREEN","date":1},"rejected_reason":"NONE","components":[{"type":"BODY","text":"Hi {{name}}"}]},
              {"id":2,"name":"b","language":"pt-BR","status":"paused","category":"UTILITY"},
              {"name":"without an id"}],
             "paging":{"cursors":{"before":"B","after":"NEXT"},"next":"https://graph.facebook.com/v25.0/1/message_templates?access_token=EAAG-access-token&after=NEXT"}}
            """#)
        let page = try await Harness.channel(http: http).templates(after: "BEFORE")
        #expect(
            page
                == TemplatePage(
                    templates: [
                        MessageTemplate(
                            providerID: "1", name: "a", language: "en_US", status: .approved, category: "MARKETING",
                            quality: "GREEN", hasNamedParameters: true,
                            components: [["type": "BODY", "text": "Hi {{name}}"]]),
                        MessageTemplate(
                            providerID: "2", name: "b", language: "pt_BR", status: .paused, category: "UTILITY"),
                    ], next: "NEXT"))
        let call = try #require(http.calls.first)
        #expect(call.method == "GET" && call.url.contains("/102290129340398/message_templates?"))
        #expect(
            call.url.contains("limit=100") && call.url.contains("after=BEFORE") && call.url.contains("quality_score"))
        #expect(!call.url.contains("EAAG") && call.headers["authorization"] == "Bearer EAAG-access-token")
    }

    @Test("The last page has no next one")
    func lastPage() async throws {
        let http = answer(#"{"data":[],"paging":{"cursors":{"before":"B","after":"A"}}}"#)
        let page = try await Harness.channel(http: http).templates(after: nil)
        #expect(page == TemplatePage(templates: [], next: nil))
        #expect(http.calls.first?.url.contains("after=") == false)
    }

    @Test(
        "Meta's words for a status, in capitals or not",
        arguments: [
            ("APPROVED", .approved), ("approved", .approved), ("PENDING", .pending), ("REJECTED", .rejected),
            ("paused", .paused), ("DISABLED", .disabled), ("IN_APPEAL", .appealed), ("ARCHIVED", .archived),
            ("LOCKED", .locked), ("PENDING_DELETION", .deleted), ("DELETED", .deleted), ("FLAGGED", .approved),
            ("SOMETHING_NEW", .unknown),
        ] as [(String, MessageTemplate.Status)])
    func statuses(word: String, status: MessageTemplate.Status) {
        let template = MessageTemplate(cloud: ["id": "1", "name": "n", "language": "en", "status": .string(word)])
        #expect(template?.status == status)
    }

    @Test("A new template goes to the business account and comes back with its id, state and perhaps another category")
    func create() async throws {
        let http = answer(#"{"id":"1689","status":"PENDING","category":"MARKETING"}"#)
        let draft: JSON = [
            "name": "n", "language": "en_US", "category": "UTILITY", "parameter_format": "named",
            "components": [["type": "BODY", "text": "Hi {{a}} there"]],
        ]
        let created = try await Harness.channel(http: http).create(draft)
        #expect(
            created
                == MessageTemplate(
                    providerID: "1689", name: "n", language: "en_US", status: .pending, category: "MARKETING",
                    hasNamedParameters: true, components: [["type": "BODY", "text": "Hi {{a}} there"]]))
        let call = try #require(http.calls.first)
        #expect(call.method == "POST" && call.url.contains("/102290129340398/message_templates"))
        #expect(try JSON.parse(call.body) == draft)
    }

    @Test("An answer without an id is no success")
    func createWithoutID() async throws {
        await #expect(throws: ProviderFailure.self) {
            try await Harness.channel(http: answer("{}")).create(["name": "n", "language": "en"])
        }
    }

    @Test("A change goes to the template itself")
    func edit() async throws {
        let http = answer(#"{"success":true}"#)
        try await Harness.channel(http: http).edit(Self.template, ["category": "MARKETING"])
        let call = try #require(http.calls.first)
        #expect(call.method == "POST" && call.url.contains("/v25.0/1689556908129835"))
        #expect(try JSON.parse(call.body) == ["category": "MARKETING"])
    }

    @Test("Deleting names the template's id too, or all its languages would go")
    func delete() async throws {
        let http = answer(#"{"success":true}"#)
        try await Harness.channel(http: http).delete(Self.template)
        let call = try #require(http.calls.first)
        #expect(call.method == "DELETE" && call.url.contains("/102290129340398/message_templates?"))
        #expect(call.url.contains("name=order_confirmation") && call.url.contains("hsm_id=1689556908129835"))
    }

    @Test("Refusals say which kind they are, in our words")
    func refusals() async throws {
        let status = try await failure(#"{"error":{"code":2388039,"message":"m"}}"#)
        #expect(status.kind == .refused && status.reason.title == "The template's status does not allow it")
        let missing = try await failure(#"{"error":{"code":100,"error_subcode":33,"message":"m"}}"#)
        #expect(missing.kind == .notFound)
        let limit = try await failure(#"{"error":{"code":80007,"message":"m"}}"#)
        #expect(limit.kind == .throttled)
        let token = try await failure(#"{"error":{"code":190,"message":"m"}}"#, status: 401)
        #expect(token.kind == .misconfigured)
        let no = try await failure(#"{"success":false}"#, status: 200)
        #expect(no.kind == .refused && no.reason.code == "no_success")
    }

    @Test("An app that tenants share has no templates")
    func sharedApp() async throws {
        let settings = AdapterSettings(["app_secret": .secret([Secret(Harness.secret)])])
        let app = try WhatsAppCloudAdapter(settings: settings, host: TestHost())
        await #expect(throws: ProviderFailure.self) { try await app.templates(after: nil) }
    }
}
