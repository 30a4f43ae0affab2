import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

/// Recomputed from the app secret ``Harness/secret``.
private enum SignatureVector {
    static let body = Array(#"{"object":"whatsapp_business_account","entry":[]}"#.utf8)
    static let header = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"
}

@Suite("Signature of a webhook")
struct SignatureTests {
    private func receive(
        _ headers: HTTPFields, secrets: [String] = [Harness.secret], body: [UInt8] = SignatureVector.body
    ) throws -> WebhookReceipt {
        let settings = AdapterSettings(["app_secret": .secret(secrets.map { Secret($0) })])
        let channel = try WhatsAppCloudAdapter(settings: settings, host: TestHost())
        return try channel.receive(WebhookRequest(headers: headers, body: body, receivedAt: Harness.receivedAt))
    }

    @Test("A known vector is taken, and an empty list of entries gives nothing")
    func vector() throws {
        #expect(Harness.signature(SignatureVector.body) == SignatureVector.header)
        #expect(try receive([("x-hub-signature-256", SignatureVector.header)]).batches.isEmpty)
    }

    @Test("Either of two secrets verifies, a third one does not")
    func rotation() throws {
        for secret in ["old", "new"] {
            let headers: HTTPFields = [("X-Hub-Signature-256", Harness.signature(SignatureVector.body, secret: secret))]
            #expect(throws: Never.self) { try receive(headers, secrets: ["new", "old"]) }
        }
        let headers: HTTPFields = [("X-Hub-Signature-256", Harness.signature(SignatureVector.body, secret: "stolen"))]
        #expect(throws: WebhookRejection.signatureWrong) { try receive(headers, secrets: ["new", "old"]) }
    }

    @Test(
        "A header in another form is wrong",
        arguments: [
            "", "sha256=", String(SignatureVector.header.dropLast()), SignatureVector.header + "0",
            String(SignatureVector.header.dropFirst(7)),
            "sha1=" + SignatureVector.header.dropFirst(7), "SHA256=" + SignatureVector.header.dropFirst(7),
            " " + SignatureVector.header,
            SignatureVector.header.replacing("d", with: "g"), "sha256=" + String(repeating: "é", count: 32),
        ])
    func forms(value: String) {
        #expect(throws: WebhookRejection.signatureWrong) { try receive([("X-Hub-Signature-256", value)]) }
    }

    @Test("None or two headers are no signature")
    func count() {
        #expect(throws: WebhookRejection.signatureMissing) { try receive([]) }
        #expect(throws: WebhookRejection.signatureMissing) {
            try receive([
                ("X-Hub-Signature-256", SignatureVector.header), ("x-hub-signature-256", SignatureVector.header),
            ])
        }
        #expect(throws: WebhookRejection.signatureMissing) {
            try receive([("X-Hub-Signature", SignatureVector.header)])
        }
    }

    @Test("Without a secret nothing is taken, not even what an empty key signed")
    func withoutSecret() {
        let headers: HTTPFields = [("X-Hub-Signature-256", Harness.signature(SignatureVector.body, secret: ""))]
        #expect(throws: WebhookRejection.signatureWrong) { try receive(headers, secrets: []) }
    }

    @Test("A body that the host vouches for needs no signature")
    func proven() throws {
        let request = WebhookRequest(body: SignatureVector.body, receivedAt: Harness.receivedAt, isProven: true)
        #expect(try Harness.channel().receive(request).batches.isEmpty)
    }

    @Test("The signature is checked before the body is parsed")
    func order() {
        let garbage = Array("not json".utf8)
        #expect(throws: WebhookRejection.signatureWrong) {
            try receive([("X-Hub-Signature-256", SignatureVector.header)], body: garbage)
        }
    }

    @Test("The raw bytes are signed: the same JSON spelled otherwise is refused")
    func spelling() {
        let escaped = Array(#"{"object":"whatsapp_business_account","entry":[ ]}"#.utf8)
        #expect(throws: WebhookRejection.signatureWrong) {
            try receive([("X-Hub-Signature-256", SignatureVector.header)], body: escaped)
        }
    }
}
