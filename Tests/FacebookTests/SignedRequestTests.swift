import AdapterKit
import AdapterTesting
import Facebook
import Testing

@Suite("Facebook's signed requests")
struct SignedRequestTests {
    private func receive(
        _ signedRequest: String, topic: String = "deletion", secrets: [String] = [Sample.secret]
    ) throws -> ProviderEventProof {
        try Sample.adapter(secrets: secrets).receive(Sample.request(signedRequest), topic: topic)
    }

    private func signed(_ changes: [String: JSON?] = [:]) -> String {
        Sample.signedRequest(Sample.payload(changes).encoded)
    }

    @Test("Row 96: a deletion of any user is an event, known or not: the host answers with its page")
    func deletion() throws {
        let event = ProviderEvent(
            id: "deletion/99/1795420790", kind: .erasureRequested, issuer: "https://www.facebook.com", subject: "99",
            occurredAt: Timestamp(seconds: 1_795_420_790))
        #expect(try receive(signed(["user_id": "99"])) == .proven([event]))
        #expect(FacebookAdapter.manifest.identity?.eventTopics.map(\.status) == [200, 200])
    }

    @Test("Row 95: the signature is checked before the payload is looked at")
    func order() {
        let payload = Sample.base64URL(Array("not json".utf8))
        let wrong = Sample.base64URL([UInt8](repeating: 7, count: 32))
        #expect(throws: WebhookRejection.signatureWrong) { try receive("\(wrong).\(payload)") }
        // Signed well, the same payload is what cannot be read.
        #expect(throws: WebhookRejection.malformed) { try receive(Sample.signedRequest(Array("not json".utf8))) }
    }

    @Test("Row 95: one bit of the signature is another")
    func flipped() {
        let encoded = Sample.base64URL(Sample.payload().encoded)
        var code = Sample.code(encoded)
        code[31] ^= 1
        #expect(throws: WebhookRejection.signatureWrong) { try receive("\(Sample.base64URL(code)).\(encoded)") }
    }

    @Test("Row 95: a signature over the decoded payload, or with another app's secret, is wrong")
    func otherSignatures() {
        let payload = Sample.payload()
        let encoded = Sample.base64URL(payload.encoded)
        let decoded = Sample.base64URL(Sample.code(payload.text))
        #expect(throws: WebhookRejection.signatureWrong) { try receive("\(decoded).\(encoded)") }
        #expect(throws: WebhookRejection.signatureWrong) {
            try receive(Sample.signedRequest(payload.encoded, secret: "another-app-secret"))
        }
    }

    @Test("Row 95: the algorithm compares without regard to case", arguments: ["HMAC-SHA256", "hmac-sha256"])
    func algorithm(name: String) throws {
        #expect(throws: Never.self) { try receive(signed(["algorithm": .string(name)])) }
    }

    @Test(
        "Row 95: any other algorithm is refused, however well it is signed",
        arguments: ["none", "NONE", "", "HMAC-SHA1", "HMAC-SHA256 ", .null, nil, .array(["HMAC-SHA256"])] as [JSON?])
    func otherAlgorithms(name: JSON?) {
        #expect(throws: WebhookRejection.signatureWrong) { try receive(signed(["algorithm": name])) }
    }

    @Test("Row 95: without a signature, with one part or three, with padding or another alphabet, it is none")
    func forms() {
        let good = signed()
        let parts = good.split(separator: ".").map(String.init)
        for text in [
            "", ".", parts[1], ".\(parts[1])", "\(parts[0]).", "\(good).\(parts[1])", "\(parts[0])=.\(parts[1])",
            "\(parts[0]) .\(parts[1])", String(parts[0].dropLast()) + ".\(parts[1])", "\(parts[0])A.\(parts[1])",
            "+/\(parts[0].dropFirst(2)).\(parts[1])",
        ] {
            #expect(throws: WebhookRejection.self, "\(text)") { try receive(text) }
        }
    }

    @Test("Row 95: padding is not taken, though it is what was signed")
    func padded() {
        let bytes = Array(#"{"algorithm":"HMAC-SHA256","issued_at":1795420790,"user_id":"1022451"}"#.utf8)
        let encoded = Sample.base64URL(bytes) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
        #expect(encoded.hasSuffix("="))
        #expect(throws: WebhookRejection.malformed) {
            try receive("\(Sample.base64URL(Sample.code(encoded))).\(encoded)")
        }
    }

    @Test("Row 95: signature digits with bits left over are another spelling, and not taken")
    func leftOver() throws {
        let parts = signed().split(separator: ".").map(String.init)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let last = try #require(parts[0].last.flatMap(alphabet.firstIndex))
        // 32 bytes are 43 digits, and the last one has two bits that mean nothing.
        for other in (last / 4 * 4)..<(last / 4 * 4 + 4) where other != last {
            let text = parts[0].dropLast() + String(alphabet[other])
            #expect(throws: WebhookRejection.self) { try receive("\(text).\(parts[1])") }
        }
    }

    @Test("Row 95: a replay is the same event, and the other callback's is another one")
    func replay() throws {
        let request = signed()
        #expect(try receive(request) == receive(request))
        #expect(try receive(request, topic: "deauthorize") != receive(request, topic: "deletion"))
    }

    @Test(
        "One of the future is refused, an old one is not",
        arguments: [(301, false), (300, true), (0, true), (-30 * 86_400, true)])
    func times(offset: Int64, isTaken: Bool) {
        let issued = FixedClock().now.milliseconds / 1000 + offset
        let request = signed(["issued_at": .integer(issued)])
        #expect(((try? receive(request)) != nil) == isTaken)
    }

    @Test(
        "Without a user or a time it is malformed",
        arguments: [
            ["user_id": nil], ["user_id": ""], ["user_id": "../x"], ["user_id": ["1"]], ["issued_at": nil],
            ["issued_at": "soon"], ["issued_at": 0], ["issued_at": .number("1e400")], ["issued_at": .number("-1")],
        ] as [[String: JSON?]])
    func incomplete(changes: [String: JSON?]) {
        #expect(throws: WebhookRejection.malformed) { try receive(signed(changes)) }
    }

    @Test("Either of two secrets verifies while they are rotated, and without one nothing is taken")
    func rotation() {
        let request = Sample.signedRequest(Sample.payload().encoded, secret: "old-secret")
        #expect(throws: Never.self) { try receive(request, secrets: ["new-secret", "old-secret"]) }
        #expect(throws: WebhookRejection.signatureWrong) { try receive(request, secrets: ["new-secret"]) }
        #expect(throws: SettingsProblem.self) { try Sample.adapter(secrets: []) }
    }

    @Test("The field is there once, and other fields do no harm")
    func fields() throws {
        let adapter = try Sample.adapter()
        func isTaken(_ body: String) -> Bool {
            let request = WebhookRequest(body: Array(body.utf8), receivedAt: FixedClock().now)
            return (try? adapter.receive(request, topic: "deletion")) != nil
        }
        let good = "signed_request=\(signed())"
        #expect(isTaken(good))
        #expect(isTaken("a=b&\(good)&c"))
        #expect(!isTaken("\(good)&\(good)"))
        #expect(!isTaken("x\(good)"))
        #expect(!isTaken(#"{"signed_request":"\#(signed())"}"#))
        #expect(!isTaken(good + "&a=" + String(repeating: "b", count: 20_000)))
    }

    @Test("Another topic is none of Facebook's", arguments: ["risc", "", "Deletion"])
    func topic(name: String) {
        #expect(throws: WebhookRejection.malformed) { try receive(signed(), topic: name) }
    }
}
