import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("The probe of a number")
struct ProbeTests {
    @Test(
        "A messaging limit is read in every spelling of Meta's",
        arguments: [
            ("\"TIER_50\"", 50), ("\"TIER_250\"", 250), ("\"TIER_2K\"", 2000), ("\"tier_10K\"", 10_000),
            ("\"TIER_100K\"", 100_000), ("\"TIER_UNLIMITED\"", .max), ("2000", 2000), ("\"2000\"", 2000), ("-1", .max),
            ("\"TIER_NOT_SET\"", nil), ("null", nil), ("{}", nil), ("\"TIER_99999999999999999K\"", nil),
        ] as [(String, Int?)])
    func messagingLimit(spelling: String, people: Int?) throws {
        #expect(MessagingLimit.people(try JSON.parse(spelling)) == people)
    }

    @Test(
        "The throughput follows the level, and is 20 beside the WhatsApp Business app",
        arguments: [
            (#"{"throughput":{"level":"STANDARD"}}"#, 80), (#"{"throughput":{"level":"HIGH"}}"#, 1000),
            (#"{"throughput":{"level":"HIGH"},"is_on_biz_app":true}"#, 20), (#"{"is_on_biz_app":true}"#, 20),
            (#"{"throughput":{"level":"NOT_APPLICABLE"}}"#, nil), ("{}", nil),
        ] as [(String, Int?)])
    func throughput(number: String, perSecond: Int?) throws {
        #expect(NumberReport(json: try JSON.parse(number)).limits.messagesPerSecond == perSecond)
    }

    private func probe(_ replies: [RecordingHTTP.Reply], appID: String? = nil) async throws -> (
        ChannelProbe, GraphHarness
    ) {
        let number = try GraphHarness(replies, settings: appID.map { ["app_id": .text($0)] } ?? [:])
        return (try await number.adapter.probe(), number)
    }

    @Test("A number tells its limits, what is wrong, and facts")
    func number() async throws {
        let (probe, number) = try await probe([.success(CapabilityFixtures.number)])
        #expect(number.asked == ["GET /106540352242922"])
        #expect(
            probe.limits == ChannelLimits(messagesPerSecond: 80, newContactsPerDay: 2000, quality: "GREEN"))
        #expect(probe.alerts.map(\.code) == ["health.WABA.141006"])
        #expect(probe.alerts.first?.severity == .warning && probe.alerts.first?.effect == ChannelAlert.Effect.none)
        #expect(probe.alerts.first?.title.contains("Add a payment method.") == true)
        #expect(probe.facts["status"] == "CONNECTED" && probe.facts["verified_name"] == "Jasper's Market")
        #expect(probe.credentialExpiresAt == nil)
    }

    @Test(
        "A number that is in trouble raises alerts",
        arguments: [
            (#"{"status":"BANNED"}"#, ["number_status.BANNED"], ChannelAlert.Severity.critical),
            (#"{"status":"FLAGGED"}"#, ["number_status.FLAGGED"], .warning),
            (#"{"quality_rating":"RED"}"#, ["quality.RED"], .warning),
            (#"{"health_status":{"can_send_message":"BLOCKED"}}"#, ["health"], .critical),
            (
                #"{"health_status":{"entities":[{"entity_type":"BUSINESS","can_send_message":"BLOCKED"}]}}"#,
                ["health.BUSINESS"], .critical
            ),
        ])
    func trouble(number: String, codes: [String], severity: ChannelAlert.Severity) async throws {
        let (probe, _) = try await probe([GraphHarness.ok(number)])
        #expect(probe.alerts.map(\.code) == codes && probe.alerts.allSatisfy { $0.severity == severity })
    }

    @Test("A status that is new to us raises nothing")
    func unknownStatus() async throws {
        let (probe, _) = try await probe([GraphHarness.ok(#"{"status":"ENLIGHTENED"}"#)])
        #expect(probe.alerts.isEmpty && probe.facts["status"] == "ENLIGHTENED")
    }

    @Test("A version that lacks a field is asked for the old ones")
    func olderVersion() async throws {
        let (probe, number) = try await probe([
            GraphHarness.error(100), GraphHarness.ok(#"{"throughput":{"level":"HIGH"}}"#),
        ])
        #expect(probe.limits.messagesPerSecond == 1000)
        #expect(number.calls.count == 2 && !number.calls[1].url.contains("health_status"))
    }

    private static func token(_ members: String) -> RecordingHTTP.Reply {
        GraphHarness.batch(#"{"data":{"app_id":"670843887433847",\#(members)}}"#)
    }

    private static let scopes = #""scopes":["whatsapp_business_messaging","whatsapp_business_management"]"#

    @Test(
        "A token tells when it ends, and what it lacks",
        arguments: [
            (#""is_valid":true,"expires_at":0,"# + scopes, [], nil),
            (#""is_valid":true,"expires_at":1803196800,"# + scopes, [], 1_803_196_800),
            (#""is_valid":true,"expires_at":1796025600,"# + scopes, ["token.expires"], 1_796_025_600),
            (
                #""is_valid":true,"scopes":["whatsapp_business_messaging"]"#,
                ["token.scope.whatsapp_business_management"], nil
            ),
            (
                #""is_valid":true,"granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["1"]}],"#
                    + scopes, ["token.account"], nil
            ),
            (
                #""is_valid":true,"granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["102290129340398"]}],"#
                    + scopes, [], nil
            ),
        ] as [(String, [String], Int64?)])
    func token(members: String, codes: [String], expiresAt: Int64?) async throws {
        let (probe, number) = try await probe(
            [Self.token(members), GraphHarness.ok("{}")], appID: "670843887433847")
        #expect(probe.alerts.map(\.code) == codes)
        #expect(probe.credentialExpiresAt == expiresAt.map { Timestamp(seconds: $0) })
        #expect(number.asked == ["POST /", "GET /106540352242922"])
        #expect(number.calls[0].headers["authorization"] == "Bearer 670843887433847|test_app_secret")
        #expect(number.form(0)["batch"]?.contains("debug_token?input_token=EAAG-access-token") == true)
        #expect(!number.addresses.contains("EAAG"))
    }

    @Test("A dead token is an alert of its own, and the number is not asked with it")
    func deadToken() async throws {
        let (probe, number) = try await probe(
            [Self.token(#""is_valid":false,"error":{"code":190}"#)], appID: "670843887433847")
        #expect(probe.alerts.map(\.code) == ["token.invalid"] && probe.alerts.first?.severity == .critical)
        #expect(probe.facts["token"]?["is_valid"] == false && number.calls.count == 1)
    }

    @Test("A probe goes on when Meta does not speak of the token")
    func untoldToken() async throws {
        let (probe, _) = try await probe(
            [GraphHarness.error(2, status: 500), .success(CapabilityFixtures.number)], appID: "670843887433847")
        #expect(probe.limits.messagesPerSecond == 80 && probe.facts["token"] == nil)
    }
}
