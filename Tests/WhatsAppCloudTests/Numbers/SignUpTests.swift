import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Embedded Signup")
struct SignUpTests {
    private static let app: [String: AdapterSettings.Value] = ["app_id": .text("670843887433847")]
    private static let code = AdapterSettings(["code": .secret([Secret("AQD-code")])])
    private static let token = GraphHarness.ok(#"{"access_token":"EAAG-signed-up","token_type":"bearer"}"#)
    private static let success = GraphHarness.ok(#"{"success":true}"#)

    private static func report(_ account: String) -> RecordingHTTP.Reply {
        GraphHarness.batch(
            #"""
            {"data":{"is_valid":true,"expires_at":0,"scopes":["whatsapp_business_messaging","whatsapp_business_management"],
            "granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["\#(account)"]}]}}
            """#)
    }

    @Test("A code becomes a token that the store keeps, that subscribes the app, and that nobody sees")
    func exchange() async throws {
        let number = try GraphHarness(
            [Self.token, Self.report("102290129340398"), Self.success], without: ["access_token"], settings: Self.app)
        let answer = try await number.adapter.perform("exchange_code", Self.code)
        #expect(number.asked == ["POST /oauth/access_token", "POST /", "POST /102290129340398/subscribed_apps"])
        #expect(
            number.form(0) == [
                "client_id": "670843887433847", "client_secret": "test_app_secret", "code": "AQD-code",
            ])
        #expect(number.calls[0].headers["authorization"] == nil)
        #expect(number.calls[2].headers["authorization"] == "Bearer EAAG-signed-up")
        #expect(number.host.memoryCredentials.kept == ["access_token": Secret("EAAG-signed-up")])
        #expect(answer["is_subscribed"] == true)
        for secret in ["EAAG", "AQD", "test_app_secret"] {
            #expect(!answer.text.contains(secret) && !number.addresses.contains(secret))
        }
    }

    @Test("A token of another business account is not kept")
    func otherAccount() async throws {
        let number = try GraphHarness(
            [Self.token, Self.report("1")], without: ["access_token"], settings: Self.app)
        let failed = await failure { () async throws(ProviderFailure) in
            _ = try await number.adapter.perform("exchange_code", Self.code)
        }
        #expect(failed?.kind == .refused && failed?.reason.code == "token.account")
        #expect(number.host.memoryCredentials.kept.isEmpty)
    }

    @Test("A token stays kept when the subscription fails, as its code is used up")
    func subscriptionFails() async throws {
        let number = try GraphHarness(
            [Self.token, GraphHarness.error(2), GraphHarness.error(200)], without: ["access_token"], settings: Self.app)
        let answer = try await number.adapter.perform("exchange_code", Self.code)
        #expect(answer["token"] == "kept" && answer["is_subscribed"] == false)
        #expect(answer["problem"]?["code"] == "200" && answer["problem"]?["detail"] == nil)
        #expect(number.host.memoryCredentials.kept.count == 1)
    }

    @Test("A code is not spent where a token of tenants.yaml would be used, or the app's id is missing")
    func unspent() async throws {
        for (without, settings, code) in [
            (Set<String>(), Self.app, "token_configured"), (["access_token"], [:], "no_app_id"),
        ] {
            let number = try GraphHarness([], without: without, settings: settings)
            let failed = await failure { () async throws(ProviderFailure) in
                _ = try await number.adapter.perform("exchange_code", Self.code)
            }
            #expect(failed?.reason.code == code && number.calls.isEmpty)
        }
    }

    @Test("A token is told of, and forgotten, without being shown")
    func tokenAndEnd() async throws {
        let number = try GraphHarness(
            [Self.report("102290129340398")], without: ["access_token"], settings: Self.app,
            credentials: ["access_token": Secret("EAAG-signed-up")])
        let told = try await number.adapter.perform("token", AdapterSettings([:]))
        #expect(told["is_valid"] == true && told["expires_at"] == .null && !told.text.contains("EAAG"))
        _ = try await number.adapter.perform("forget_token", AdapterSettings([:]))
        #expect(number.host.memoryCredentials.kept.isEmpty)
    }
}
