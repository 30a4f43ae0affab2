import Crypto
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct AppleTokenTests {
    @Test func `a code becomes an id token, and a refresh token that brings no other`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let reply = try await visit.tokens()
            let claims = try await visit.claims(reply)
            #expect(claims["email"] == "ada@acme.example")
            #expect(claims["email_verified"] == true)
            #expect(claims["is_private_email"] == nil)
            #expect(claims["nonce_supported"] == true)
            let refreshed = try await visit.refresh(try #require(reply["refresh_token"]?.text)).json
            #expect(refreshed["refresh_token"] == nil)
            #expect(try await visit.claims(refreshed, nonce: nil)["sub"] == claims["sub"])
        }
    }

    @Test func `a hidden address is a relay's, the same each time`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let first = try await visit.claims(try await visit.tokens("mary"))
            #expect(first["email"]?.text?.hasSuffix("@privaterelay.appleid.com") == true)
            #expect(first["is_private_email"] == true)
            #expect(try await visit.claims(try await visit.tokens("mary"))["email"] == first["email"])
            // Chosen on the page, against what the person usually does.
            try await sandbox.consent("apple", "grace", ["fields": ["email": "hide"]])
            let page = try await visit.authorize()
            let reply = try await visit.exchange(try #require(page.input("code"))).json
            #expect(try await visit.claims(reply)["is_private_email"] == true)
        }
    }

    @Test func `a code works once and five minutes, at the address and for the client it was made for`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let code = try #require(try await visit.consent().input("code"))
            #expect(try await visit.exchange(code, ["redirect_uri": nil]).json["error"] == "invalid_grant")
            #expect(try await visit.exchange(code).status == 200)
            #expect(try await visit.exchange(code).json["error"] == "invalid_grant")
            let late = try #require(try await visit.consent().input("code"))
            try await sandbox.advance(milliseconds: 300_000)
            let secret = try visit.secret(claims: ["exp": JSON(SandboxClock().seconds + 3600)])
            #expect(try await visit.exchange(late, ["client_secret": secret]).json["error"] == "invalid_grant")
        }
    }

    @Test(
        arguments: [
            (["alg": "HS256"], .object([])), (["kid": "OTHERKEY00"], .object([])), (["kid": .null], .object([])),
            (.object([]), ["iss": "OTHERTEAM0"]), (.object([]), ["sub": "com.example.other"]),
            (.object([]), ["aud": "https://account.apple.com"]), (.object([]), ["exp": 1_700_000_000]),
            (.object([]), ["exp": .null]), (.object([]), ["exp": 4_000_000_000]), (.object([]), ["iat": .null]),
        ] as [(JSON, JSON)])
    func `a client secret with a wrong header or claim is refused`(header: JSON, claims: JSON) async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let code = try #require(try await visit.consent().input("code"))
            let secret = try visit.secret(header: header, claims: claims)
            let refused = try await visit.exchange(code, ["client_secret": secret])
            #expect(refused.status == 400)
            #expect(refused.json["error"] == "invalid_client")
            // The refusal has not spent the code.
            #expect(try await visit.exchange(code).status == 200)
        }
    }

    @Test func `a client secret in DER, by another key, or in the header is refused`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let code = try #require(try await visit.consent().input("code"))
            let der = try await visit.exchange(code, ["client_secret": try visit.secret(inDER: true)])
            #expect(der.json["error"] == "invalid_client")
            let stranger = P256.Signing.PrivateKey().publicKey.pemRepresentation
            _ = try await sandbox.call(
                .post, "/_sandbox/apple/clients", ["id": JSON(AppleVisit.client), "public_key": JSON(stranger)])
            #expect(try await visit.exchange(code).json["error"] == "invalid_client")
            #expect(try await visit.exchange(code, ["client_secret": nil]).json["error"] == "invalid_client")
        }
    }

    @Test func `revoking answers 200 for any token of a good client, and ends what it names`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let refresh = try #require(try await visit.tokens()["refresh_token"]?.text)
            #expect(try await visit.revoke("never-given").status == 200)
            #expect(try await visit.revoke(refresh, ["client_secret": "wrong"]).json["error"] == "invalid_client")
            #expect(try await visit.refresh(refresh).status == 200)
            #expect(try await visit.revoke(refresh).status == 200)
            #expect(try await visit.refresh(refresh).json["error"] == "invalid_grant")
            #expect(try await visit.revoke(refresh).status == 200)
            // What is revoked is forgotten: the next authorisation is a first one.
            #expect(try await visit.consent().input("user") != nil)
        }
    }

    @Test func `truths can come as texts, and every fault of Google's tokens is Apple's too`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            try await sandbox.setFaults(of: "apple", ["bools_as_text": true])
            let claims = try await visit.claims(try await visit.tokens("mary"))
            #expect(claims["email_verified"] == "true")
            #expect(claims["is_private_email"] == "true")
            #expect(claims["nonce_supported"] == "true")
            try await sandbox.setFaults(of: "apple", ["wrong_audience": "com.example.other"])
            let reply = try await visit.tokens()
            await #expect(throws: StrictReader.Refusal.claim("aud")) { try await visit.claims(reply) }
            let names = AppleFaults.known.map(\.name)
            #expect(Set(names).count == names.count)
        }
    }
}
