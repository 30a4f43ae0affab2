import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Conformance of the WhatsApp adapter")
struct ConformanceTests {
    @Test("It keeps every rule of the kit")
    func conforms() async {
        func graphError(_ code: Int) -> HTTPAnswer {
            HTTPAnswer(
                status: 400,
                body: Array(
                    #"{"error":{"message":"(#\#(code)) +16505551234 EAAG-access-token","code":\#(code),"fbtrace_id":"A +1650"}}"#
                        .utf8))
        }
        let report = await ChannelConformance(
            WhatsAppCloudAdapter.self, settings: Harness.settings, sign: Harness.sign,
            webhooks: Shape.all.map(\.sample),
            handshake: HandshakeSample(
                query: ["hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "a-verify-token"],
                token: "hub.verify_token", challenge: "hub.challenge"),
            send: SendSample(
                message: SendFixtures.text, accepting: [SendFixtures.accepted], providerID: "wamid.sent",
                answers: [
                    .init("an unreachable person", graphError(131_026), .rejected),
                    .init("a dead token", graphError(190), .misconfigured),
                    .init("the throughput", graphError(130_429), .throttled),
                    .init("an overload", graphError(131_016), .unavailable),
                    .init("an unknown error", graphError(131_000), .uncertain),
                ]), capabilities: CapabilityFixtures.samples
        ).run()
        #expect(report.isClean, "\(report)")
    }
}
