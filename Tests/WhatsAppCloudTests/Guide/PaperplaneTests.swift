import AdapterKit
import AdapterTesting
import Crypto
import Testing

@Suite("Paperplane")
struct PaperplaneTests {
    @Test("Paperplane keeps every rule of the kit")
    func conforms() async {
        let report = await ChannelConformance(
            PaperplaneAdapter.self,
            settings: AdapterSettings([
                "account": .text("a1"), "signing_secret": .secret([Secret("paper-secret")]),
                "access_token": .secret([Secret("paper-token")]),
            ]),
            sign: { body in
                let key = SymmetricKey(data: Array("paper-secret".utf8))
                let code = HMAC<SHA256>.authenticationCode(for: body, using: key)
                return [("X-Paperplane-Signature", code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())]
            },
            webhooks: [
                WebhookSample(
                    "two messages",
                    #"{"account":"a1","messages":[{"id":"m1","from":"+16505551234","name":"Sheena","text":"hi"},{"id":"m2","from":"+16505551234"}]}"#,
                    items: 2)
            ],
            send: SendSample(
                message: OutboundMessage(
                    id: "msg_1", recipient: [ContactIdentity(.phone, "+16505551234")],
                    content: .text(.init(body: "Good morning"))),
                accepting: [HTTPAnswer(status: 201, body: Array(#"{"id":"pp-1"}"#.utf8))], providerID: "pp-1",
                answers: [
                    .init("a dead token", HTTPAnswer(status: 401), .misconfigured),
                    .init("too fast", HTTPAnswer(status: 429), .throttled),
                    .init("a wrong number", HTTPAnswer(status: 422), .rejected),
                ])
        ).run()
        #expect(report.isClean, "\(report)")
    }
}
