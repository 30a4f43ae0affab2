import AdapterKit
import AdapterTesting
import Apple
import Crypto
import Foundation
import Testing

@Suite("Apple's client secret")
struct AppleClientSecretTests {
    private func bytes(_ part: Substring) throws -> Data {
        let text = part.replacing("-", with: "+").replacing("_", with: "/")
        return try #require(Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4)))
    }

    @Test("The secret is a token of five minutes for Apple, signed by the key with ES256")
    func secret() throws {
        let adapter = try Sample.adapter()
        let text = try adapter.clientSecret(try adapter.provider([:])).reveal()
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        #expect(!text.contains("=") && !text.contains("+") && !text.contains("/"))
        let header = try JSON.parse(Array(bytes(parts[0])))
        #expect(header == ["alg": "ES256", "kid": "F6G7H8J9K0", "typ": "JWT"])
        let now = FixedClock().now.milliseconds / 1000
        let claims = try JSON.parse(Array(bytes(parts[1])))
        #expect(
            claims == [
                "iss": "A1B2C3D4E5", "iat": .integer(now), "exp": .integer(now + 300),
                "aud": "https://appleid.apple.com", "sub": "com.example.signin",
            ])
        let signature = try bytes(parts[2])
        #expect(signature.count == 64)
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        #expect(
            Sample.key.publicKey.isValidSignature(
                try P256.Signing.ECDSASignature(rawRepresentation: signature), for: signed))
    }

    @Test("A key in one line, as environments have it, is a key")
    func oneLine() throws {
        let line = Sample.key.pemRepresentation.replacing("\n", with: "\\n")
        let adapter = try Sample.adapter(["private_key": .secret([Secret(line)])])
        #expect(throws: Never.self) { try adapter.clientSecret(try adapter.provider([:])) }
    }

    @Test(
        "What is no .p8 file is refused at once, and the message does not hold it",
        arguments: [
            "", "not a key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            P384.Signing.PrivateKey().pemRepresentation, Sample.key.publicKey.pemRepresentation,
        ])
    func otherKeys(text: String) throws {
        let problem = #expect(throws: SettingsProblem.self) {
            try Sample.adapter(["private_key": .secret([Secret(text)])])
        }
        #expect(
            problem
                == SettingsProblem(key: "private_key", message: "must be the .p8 file that Apple gives for the key"))
    }
}
