import Crypto
import FoundationEssentials
import Testing

@testable import HubSandbox

struct SignedRequestTests {
    private func signature(of payload: some StringProtocol, secret: String = "secret") -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(
                for: Data(String(payload).utf8), using: SymmetricKey(data: Data(secret.utf8))))
    }

    private func parts(_ flaw: SignedRequest.Flaw?) -> [Substring] {
        SignedRequest.make(userID: "42", secret: "secret", now: 1000, flaw: flaw)
            .split(separator: ".", omittingEmptySubsequences: false)
    }

    @Test func `the signature is over the payload as it is encoded`() throws {
        let parts = parts(nil)
        #expect(parts.count == 2)
        #expect(Base64URL.decode(parts[0]) == signature(of: parts[1]))
        let payload = try JSON.parse(try #require(Base64URL.decode(parts[1])))
        #expect(payload == ["user_id": "42", "algorithm": "HMAC-SHA256", "issued_at": 1000])
    }

    @Test(arguments: [SignedRequest.Flaw.badSignature, .signedPayload, .otherSecret])
    func `a forged one does not hold`(flaw: SignedRequest.Flaw) {
        let parts = parts(flaw)
        #expect(parts.count == 2)
        #expect(Base64URL.decode(parts[0]) != signature(of: parts[1]))
    }

    @Test(arguments: [SignedRequest.Flaw.algorithmLowerCase, .algorithmOther, .notJSON, .noUser, .future, .old])
    func `what is wrong inside is properly signed`(flaw: SignedRequest.Flaw) throws {
        let parts = parts(flaw)
        #expect(Base64URL.decode(parts[0]) == signature(of: parts[1]))
        let payload = try? JSON.parse(try #require(Base64URL.decode(parts[1])))
        switch flaw {
        case .algorithmLowerCase: #expect(payload?["algorithm"] == "hmac-sha256")
        case .algorithmOther: #expect(payload?["algorithm"] == "HMAC-SHA1")
        case .notJSON: #expect(payload == nil)
        case .noUser: #expect(payload != nil && payload?["user_id"] == nil)
        case .future: #expect(payload?["issued_at"] == 1600)
        default: #expect(payload?["issued_at"]?.integer ?? 0 < 0)
        }
    }

    @Test func `the other shapes are as named`() {
        #expect(parts(.algorithmNone).first == "")
        #expect(parts(.onePart).count == 1)
        #expect(parts(.threeParts).count == 3)
        #expect(parts(.padding).joined().contains("="))
        #expect(SignedRequest.make(userID: "42", secret: "secret", now: 0, flaw: .empty) == "")
    }
}
