import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Operations of a number")
struct OperationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let parameters: [String: AdapterSettings.Value]
        let asked: String
        /// Null for a call without a body.
        let body: JSON

        init(_ name: String, _ asked: String, _ body: JSON = .null) { self.init(name, [:], asked, body) }

        init(_ name: String, _ parameters: [String: AdapterSettings.Value], _ asked: String, _ body: JSON = .null) {
            self.name = name
            self.parameters = parameters
            self.asked = asked
            self.body = body
        }

        var testDescription: String { name }
    }

    private static let phone = "/106540352242922"
    private static let account = "/102290129340398"
    private static let hook = "https://hub.example/hook"

    private static let cases: [Case] = [
        Case("numbers", "GET \(account)/phone_numbers"), Case("health", "GET \(phone)"), Case("limits", "GET \(phone)"),
        Case(
            "register", ["pin": .secret([Secret("212834")]), "data_localization_region": .text("CH")],
            "POST \(phone)/register",
            ["messaging_product": "whatsapp", "pin": "212834", "data_localization_region": "CH"]),
        Case("deregister", "POST \(phone)/deregister", ["messaging_product": "whatsapp"]),
        Case(
            "request_code", ["code_method": .text("VOICE"), "language": .text("de")], "POST \(phone)/request_code",
            ["code_method": "VOICE", "language": "de"]),
        Case("verify_code", ["code": .secret([Secret("123456")])], "POST \(phone)/verify_code", ["code": "123456"]),
        Case("set_pin", ["pin": .secret([Secret("212834")])], "POST \(phone)", ["pin": "212834"]),
        Case("profile", "GET \(phone)/whatsapp_business_profile"),
        Case(
            "set_profile", ["about": .text("Fresh food"), "websites": .list(["https://shop.example"])],
            "POST \(phone)/whatsapp_business_profile",
            ["messaging_product": "whatsapp", "about": "Fresh food", "websites": ["https://shop.example"]]),
        Case("username", "GET \(phone)/username"),
        Case("set_username", ["username": .text("jaspers")], "POST \(phone)/username", ["username": "jaspers"]),
        Case("delete_username", "DELETE \(phone)/username"),
        Case("username_suggestions", "GET \(phone)/username_suggestions"),
        Case("subscribed_apps", "GET \(account)/subscribed_apps"),
        Case("subscribe_app", "POST \(account)/subscribed_apps"),
        Case(
            "subscribe_app", ["override_callback_uri": .text(hook)], "POST \(account)/subscribed_apps",
            ["override_callback_uri": .string(hook), "verify_token": "a-verify-token"]),
        Case("unsubscribe_app", "DELETE \(account)/subscribed_apps"), Case("webhook", "GET \(phone)"),
        Case(
            "set_webhook", ["override_callback_uri": .text(hook), "verify_token": .secret([Secret("another")])],
            "POST \(phone)",
            ["webhook_configuration": ["override_callback_uri": .string(hook), "verify_token": "another"]]),
        Case("remove_webhook", "POST \(phone)", ["webhook_configuration": ["override_callback_uri": ""]]),
        Case(
            "sync_contacts", "POST \(phone)/smb_app_data",
            ["messaging_product": "whatsapp", "sync_type": "smb_app_state_sync"]),
        Case("sync_history", "POST \(phone)/smb_app_data", ["messaging_product": "whatsapp", "sync_type": "history"]),
        Case(
            "contact_book_delete", ["user_id": .text("US.1349")], "DELETE \(phone)/contact_book",
            ["messaging_product": "whatsapp", "bsuid": "US.1349"]),
    ]

    @Test("An operation is the call that Meta documents", arguments: cases)
    func calls(operation: Case) async throws {
        let number = try GraphHarness([GraphHarness.ok(#"{"success":true}"#)])
        _ = try await number.adapter.perform(operation.name, AdapterSettings(operation.parameters))
        #expect(number.asked == [operation.asked])
        #expect(number.body(0) == operation.body)
        for secret in ["212834", "123456", "a-verify-token", "US.1349"] { #expect(!number.addresses.contains(secret)) }
    }

    @Test("Every operation has its call here, or a test of its own")
    func complete() {
        let others: Set = ["token", "exchange_code", "forget_token", "message_history"]
        #expect(
            Set(WhatsAppCloudAdapter.operations.map(\.name)) == Set(Self.cases.map(\.name)).union(others))
    }

    @Test("No answer gives back what may have a token in it")
    func withoutTokens() async throws {
        let number = try GraphHarness(
            [
                GraphHarness.ok(
                    #"{"data":[{"whatsapp_business_api_data":{"id":"670843887433847"}}],"paging":{"next":"https://x?access_token=EAAG-access-token"}}"#
                )
            ], settings: ["app_id": .text("670843887433847")])
        let answer = try await number.adapter.perform("subscribed_apps", AdapterSettings([:]))
        #expect(answer["is_subscribed"] == true && !answer.text.contains("EAAG"))
        #expect(answer["data"]?.elements.count == 1)
    }

    @Test(
        "What is too long, or nothing, is refused before Meta is asked",
        arguments: [
            ("set_profile", [:]), ("set_profile", ["about": .text(String(repeating: "a", count: 140))]),
            ("set_profile", ["websites": .list(["a", "b", "c"])]),
            ("set_webhook", ["override_callback_uri": .text("https://" + String(repeating: "a", count: 193))]),
            ("dance", [:]),
        ] as [(String, [String: AdapterSettings.Value])])
    func refused(name: String, parameters: [String: AdapterSettings.Value]) async throws {
        let number = try GraphHarness([])
        let failed = await failure { () async throws(ProviderFailure) in
            _ = try await number.adapter.perform(name, AdapterSettings(parameters))
        }
        #expect(failed?.kind == .refused && number.calls.isEmpty)
    }

    @Test("The history of a message is asked for without its id in the address")
    func messageHistory() async throws {
        let number = try GraphHarness([GraphHarness.batch(#"{"data":[{"message_id":"wamid.x"}]}"#)])
        let answer = try await number.adapter.perform(
            "message_history", AdapterSettings(["message_id": .text("wamid.x")]))
        #expect(answer["data"]?.elements.first?["message_id"] == "wamid.x")
        #expect(number.asked == ["POST /"] && !number.addresses.contains("wamid"))
        #expect(number.form(0)["batch"]?.contains("106540352242922/message_history?message_id=wamid.x") == true)
    }

    @Test("A failure within a batch is the call's")
    func batchFailure() async throws {
        let number = try GraphHarness([GraphHarness.batch(#"{"error":{"code":10}}"#, code: 403)])
        let failed = await failure { () async throws(ProviderFailure) in
            _ = try await number.adapter.perform("message_history", AdapterSettings(["message_id": .text("wamid.x")]))
        }
        #expect(failed?.kind == .misconfigured && failed?.reason.code == "10")
    }
}
