import AdapterKit
import AdapterTesting
import Crypto
import Foundation
import Testing

@testable import Webhook

@Suite("Webhook to a business system")
struct WebhookAdapterTests {
    /// The example of the Standard Webhooks libraries, which their own tests hold.
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let otherSecret = "whsec_" + Data(repeating: 7, count: 64).base64EncodedString()
    private static let delivery = EventDelivery(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", type: "message.received", body: Array(#"{"test": 2432232314}"#.utf8),
        attempt: 1)
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private static func settings(_ secrets: [String] = [secret]) -> AdapterSettings {
        AdapterSettings([
            "url": .text("https://crm.acme.example/hooks/comfile?tenant=acme"),
            "secret": .secret(secrets.map { Secret($0) }), "timeout_seconds": .integer(5),
        ])
    }

    private func deliver(
        _ reply: RecordingHTTP.Reply = .success(HTTPAnswer(status: 200)), secrets: [String] = [secret]
    ) async throws -> (DeliveryOutcome, [HTTPCall]) {
        let http = RecordingHTTP(then: reply)
        let host = TestHost(http: http, clock: FixedClock(Timestamp(milliseconds: 1_614_265_330_999)))
        let outcome = try await WebhookAdapter(settings: Self.settings(secrets), host: host).deliver(Self.delivery)
        return (outcome, http.calls)
    }

    @Test("It keeps every rule of the kit")
    func conforms() async {
        let report = await SystemConformance(
            WebhookAdapter.self, settings: Self.settings([Self.secret, Self.otherSecret])
        ).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("The known vector of Standard Webhooks is signed as published")
    func vector() async throws {
        let (outcome, calls) = try await deliver()
        #expect(outcome == .delivered)
        let call = try #require(calls.first)
        #expect(call.method == "POST" && call.url == "https://crm.acme.example/hooks/comfile?tenant=acme")
        #expect(call.body == Self.delivery.body)
        #expect(call.headers["webhook-id"] == Self.delivery.id)
        #expect(call.headers["webhook-timestamp"] == "1614265330")
        #expect(call.headers["webhook-signature"] == Self.signature)
        #expect(call.headers["content-type"] == "application/json")
        #expect(call.headers["user-agent"]?.hasPrefix("comfile-hub-webhook/") == true)
        #expect(call.timeout == .seconds(5) && call.maximumAnswerBytes == 4096)
    }

    @Test("Two secrets give two signatures, and each verifies by itself")
    func rotation() async throws {
        let calls = try await deliver(secrets: [Self.otherSecret, Self.secret]).1
        let signatures = try #require(calls.first?.headers["webhook-signature"]).split(separator: " ")
        #expect(signatures.count == 2 && signatures[1] == Self.signature)
        let text = Array(#"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#.utf8)
        let code = HMAC<SHA256>.authenticationCode(for: text, using: SymmetricKey(data: Data(repeating: 7, count: 64)))
        #expect(signatures[0] == "v1,\(Data(code).base64EncodedString())")
    }

    @Test(
        "A secret in another form is refused, without being repeated",
        arguments: [
            [], ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], ["whsec_"], ["whsec_not base64!"], ["whsec_MfKQ9r8G"],
            ["whsec_" + Data(repeating: 1, count: 23).base64EncodedString()],
            ["whsec_" + Data(repeating: 1, count: 65).base64EncodedString()], [secret, "whsec_MfKQ9r8G"],
        ])
    func secrets(secrets: [String]) throws {
        let problem = try #require(throws: SettingsProblem.self) {
            try WebhookAdapter(settings: Self.settings(secrets), host: TestHost())
        }
        #expect(problem.key == "secret" && !problem.description.contains("MfKQ9r8G"))
    }

    @Test("24 and 64 bytes are long enough", arguments: [24, 64])
    func lengths(count: Int) {
        let secret = "whsec_" + Data(repeating: 1, count: count).base64EncodedString()
        #expect(throws: Never.self) { try WebhookAdapter(settings: Self.settings([secret]), host: TestHost()) }
    }

    @Test(
        "A failure has a code of ours",
        arguments: [
            (.failure(.refused(reason: "r")), "address_refused"),
            (.failure(.notConnected(reason: "r")), "no_connection"),
            (.failure(.unanswered(reason: "r")), "no_answer"), (.success(HTTPAnswer(status: 302)), "redirect_refused"),
            (.success(HTTPAnswer(status: 404)), "http_404"), (.success(HTTPAnswer(status: 500)), "http_500"),
        ] as [(RecordingHTTP.Reply, String)])
    func codes(reply: RecordingHTTP.Reply, code: String) async throws {
        guard case .failed(let reason, nil) = try await deliver(reply).0 else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.code == code)
    }

    @Test("What the system wrote is kept apart from the title, and not at any length")
    func detail() async throws {
        let answer = HTTPAnswer(status: 422, body: Array(String(repeating: "a", count: 4096).utf8))
        guard case .failed(let reason, _) = try await deliver(.success(answer)).0 else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.title == "The system answered 422")
        #expect(reason.detail?.count == 1024)
    }
}
