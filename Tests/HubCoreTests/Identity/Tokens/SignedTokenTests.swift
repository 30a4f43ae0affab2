import AdapterKit
import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import HubCore

@Suite("A token's form and signature")
struct SignedTokenTests {
    private let keys: KeySets
    private let server: KeyServer

    init() throws {
        server = KeyServer(keys: [try TokenMint.jwk(), TokenMint.ellipticJWK()])
        keys = KeySets(http: server, clock: MovingClock())
    }

    private func reason(
        _ text: String, _ algorithms: [IDTokenRules.Algorithm] = IDTokenRules.Algorithm.allCases
    ) async -> SignInRefusal.Reason? {
        await refusal {
            let token = try SignedToken(text, as: .identity, algorithms: algorithms)
            try await keys.verify(token, keysAt: "https://issuer.example/keys")
        }
    }

    @Test("a good token of each algorithm is taken")
    func goodTokens() async throws {
        #expect(await reason(try TokenMint.token()) == nil)
        #expect(await reason(try TokenMint.ellipticToken()) == nil)
    }

    @Test("row 1: no algorithm is not an algorithm", arguments: ["none", "None", "nOnE", ""])
    func row001(_ name: String) async throws {
        let text = TokenMint.compact(
            header: #"{"alg":"\#(name)","kid":"rsa-1"}"#, claims: TokenMint.claims().text, signature: [])
        #expect(await reason(text) == .algorithmRefused)
    }

    @Test("rows 2 and 3: a shared secret, or the public key as one, signs nothing", arguments: [true, false])
    func row002(_ usesPublicKey: Bool) async throws {
        let key =
            usesPublicKey
            ? Array(TokenMint.rsa.publicKey.pemRepresentation.utf8) : Array("client-secret-of-the-test".utf8)
        let signed =
            Base64URL.encode(#"{"alg":"HS256","kid":"rsa-1"}"#.utf8) + "."
            + Base64URL.encode(TokenMint.claims().encoded)
        let signature = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: SymmetricKey(data: key))
        #expect(await reason("\(signed).\(Base64URL.encode(signature))") == .algorithmRefused)
    }

    @Test("row 4: one bit makes another signature")
    func row004() async throws {
        let text = try TokenMint.token()
        let parts = text.split(separator: ".")
        var signature = try #require(Base64URL.decode(parts[2]))
        signature[10] ^= 1
        #expect(await reason("\(parts[0]).\(parts[1]).\(Base64URL.encode(signature))") == .signatureWrong)
        #expect(await reason(try TokenMint.token(key: TokenMint.otherRSA)) == .signatureWrong)
    }

    @Test("row 5: an elliptic signature of zeros, or in DER, is none")
    func row005() async throws {
        #expect(await reason(try TokenMint.ellipticToken(isZero: true)) == .signatureWrong)
        #expect(await reason(try TokenMint.ellipticToken(isDER: true)) == .signatureWrong)
    }

    @Test("row 6: an algorithm outside the list is not looked at", arguments: ["RS384", "PS256", "ES384"])
    func row006(_ name: String) async throws {
        let text = try TokenMint.token(header: #"{"alg":"\#(name)","kid":"rsa-1"}"#)
        #expect(await reason(text, [.rs256]) == .algorithmRefused)
    }

    @Test(
        "row 7: a key that the token brings or names is not followed",
        arguments: [
            #""jwk":{"kty":"RSA"}"#, #""jku":"https://evil.example/keys""#, #""x5u":"https://evil.example/x""#,
            #""x5c":["MIIB"]"#,
        ])
    func row007(_ member: String) async throws {
        #expect(
            await reason(try TokenMint.token(header: #"{"alg":"RS256","kid":"rsa-1",\#(member)}"#)) == .headerRefused)
        #expect(server.calls.isEmpty)
    }

    @Test(
        "row 8: what changes the meaning of a signature is refused",
        arguments: [#""crit":["bork"]"#, #""b64":false"#, #""zip":"DEF""#])
    func row008(_ member: String) async throws {
        #expect(
            await reason(try TokenMint.token(header: #"{"alg":"RS256","kid":"rsa-1",\#(member)}"#)) == .headerRefused)
    }

    @Test("row 30: a name that stands twice is refused, in header and claims")
    func row030() async throws {
        #expect(
            await reason(try TokenMint.token(header: #"{"alg":"none","alg":"RS256","kid":"rsa-1"}"#))
                == .idTokenMalformed)
        let doubled = TokenMint.compact(
            header: #"{"alg":"RS256","kid":"rsa-1"}"#, claims: #"{"iss":"a","iss":"b"}"#, signature: [1])
        #expect(await reason(doubled) == .idTokenMalformed)
    }

    @Test("row 31: only the one spelling of three segments is a token")
    func row031() async throws {
        let text = try TokenMint.token()
        let parts = text.split(separator: ".").map(String.init)
        for wrong in [
            parts[0] + "." + parts[1], text + ".x", text + ".x.y", " " + text, text + "=", text + "\n",
            parts[0] + "=." + parts[1] + "." + parts[2], "", "..",
        ] {
            let reason = await reason(wrong)
            #expect(reason == .idTokenMalformed || reason == .signatureWrong, "\(wrong.count)")
        }
    }

    @Test("row 32: a token of more than 16 KiB, or nested deep, is refused at once")
    func row032() async throws {
        let long = try TokenMint.token(claims: TokenMint.claims(["x": .string(String(repeating: "a", count: 16_384))]))
        #expect(await reason(long) == .idTokenMalformed)
        let deep = String(repeating: "[", count: 3000)
        #expect(
            await reason(TokenMint.compact(header: #"{"alg":"RS256"}"#, claims: deep, signature: [1]))
                == .idTokenMalformed)
    }

    @Test("row 33: a token of another kind is not an ID token", arguments: ["at+jwt", "logout+jwt", "secevent+jwt"])
    func row033(_ type: String) async throws {
        let text = try TokenMint.token(header: #"{"alg":"RS256","kid":"rsa-1","typ":"\#(type)"}"#)
        #expect(await reason(text) == .tokenOfOtherKind)
        #expect(await reason(try TokenMint.token(header: #"{"alg":"RS256","kid":"rsa-1","typ":"JWT"}"#)) == nil)
    }
}

extension JSON {
    var text: String { String(decoding: encoded, as: UTF8.self) }
}
