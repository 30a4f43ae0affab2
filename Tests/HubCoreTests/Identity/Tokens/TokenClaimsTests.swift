import AdapterKit
import Crypto
import Testing

@testable import HubCore

@Suite("The claims of an ID token")
struct TokenClaimsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let row: Int
        let name: String
        let changes: [(String, JSON)]
        let reason: SignInRefusal.Reason?

        init(_ row: Int, _ name: String, _ changes: KeyValuePairs<String, JSON>, _ reason: SignInRefusal.Reason?) {
            self.row = row
            self.name = name
            self.changes = changes.map { ($0.key, $0.value) }
            self.reason = reason
        }

        var testDescription: String { "row \(row): \(name)" }
    }

    static let cases: [Case] = [
        Case(9, "no issuer", ["iss": .null], .issuerWrong),
        Case(9, "another issuer", ["iss": "https://other.example"], .issuerWrong),
        Case(9, "a slash more", ["iss": "https://issuer.example/"], .issuerWrong),
        Case(9, "http", ["iss": "http://issuer.example"], .issuerWrong),
        Case(9, "no text", ["iss": 1], .issuerWrong),
        Case(11, "no audience", ["aud": .null], .audienceWrong),
        Case(11, "another client", ["aud": "other"], .audienceWrong),
        Case(11, "an empty list", ["aud": []], .audienceWrong),
        Case(11, "a list with a number", ["aud": ["our-client", 1]], .audienceWrong),
        Case(12, "two audiences and no azp", ["aud": ["our-client", "other"]], .authorizedPartyWrong),
        Case(12, "two and another azp", ["aud": ["our-client", "other"], "azp": "other"], .authorizedPartyWrong),
        Case(12, "two and our azp", ["aud": ["our-client", "other"], "azp": "our-client"], nil),
        Case(12, "one and another azp", ["azp": "other"], .authorizedPartyWrong),
        Case(13, "a list of exactly ours", ["aud": ["our-client"]], nil),
        Case(14, "another tenant's client", ["aud": "client-of-another-tenant"], .audienceWrong),
        Case(15, "no subject", ["sub": .null], .subjectWrong),
        Case(15, "an empty subject", ["sub": ""], .subjectWrong),
        Case(15, "a number", ["sub": 42], .subjectWrong),
        Case(15, "256 characters", ["sub": .string(String(repeating: "s", count: 256))], .subjectWrong),
        Case(15, "255 characters", ["sub": .string(String(repeating: "s", count: 255))], nil),
        Case(15, "a NUL", ["sub": "a\u{0}b"], .subjectWrong),
        Case(16, "no iat", ["iat": .null], .issuedAtWrong),
        Case(16, "iat in the future", ["iat": TokenMint.seconds(61)], .issuedAtWrong),
        Case(16, "iat a week old", ["iat": TokenMint.seconds(-7 * 86_400)], .issuedAtWrong),
        Case(17, "no exp", ["exp": .null], .expired),
        Case(17, "exp long ago", ["exp": TokenMint.seconds(-3600)], .expired),
        Case(17, "exp as text", ["exp": "1800000600"], .idTokenMalformed),
        Case(17, "exp beyond all numbers", ["exp": .number("1e400")], .idTokenMalformed),
        Case(17, "a negative exp", ["exp": -1], .idTokenMalformed),
        Case(18, "exp now", ["exp": TokenMint.seconds(0)], nil),
        Case(18, "exp 60 s ago", ["exp": TokenMint.seconds(-60)], nil),
        Case(18, "exp 61 s ago", ["exp": TokenMint.seconds(-61)], .expired),
        Case(18, "iat 60 s ahead", ["iat": TokenMint.seconds(60)], nil),
        Case(18, "nbf 60 s ahead", ["nbf": TokenMint.seconds(60)], nil),
        Case(19, "nbf 61 s ahead", ["nbf": TokenMint.seconds(61)], .notYetValid),
        Case(20, "no nonce", ["nonce": .null], .nonceWrong),
        Case(20, "another nonce", ["nonce": "nonce-of-another-one"], .nonceWrong),
        Case(20, "a nonce of another type", ["nonce": 1], .nonceWrong),
        Case(22, "a wrong at_hash", ["at_hash": "AAAAAAAAAAAAAAAAAAAAAA"], .tokenHashWrong),
        Case(22, "an at_hash of another type", ["at_hash": true], .tokenHashWrong),
        Case(22, "a wrong c_hash", ["c_hash": "AAAAAAAAAAAAAAAAAAAAAA"], .tokenHashWrong),
        Case(33, "a logout token", ["events": [:]], .tokenOfOtherKind),
        Case(0, "all is well", [:], nil),
    ]

    @Test("each row of the catalogue", arguments: cases)
    func claims(_ example: Case) async {
        var members = TokenMint.claims().members
        for (name, value) in example.changes {
            members.removeAll { $0.name == name }
            if !value.isNull { members.append(.init(name, value)) }
        }
        let claims = TokenClaims(claims: .object(members), now: TokenMint.now)
        let reason = await refusal {
            try claims.check(
                TokenMint.rules, nonce: TokenMint.nonce, accessToken: TokenMint.accessToken, code: "code-of-the-test")
        }
        #expect(reason == example.reason)
    }

    @Test("row 22: the right half of the hash is taken")
    func atHash() throws {
        let hash = Base64URL.encode(SHA256.hash(data: Array(TokenMint.accessToken.reveal().utf8)).prefix(16))
        let claims = TokenClaims(claims: TokenMint.claims(["at_hash": .string(hash)]), now: TokenMint.now)
        try claims.check(TokenMint.rules, nonce: TokenMint.nonce, accessToken: TokenMint.accessToken)
    }

    @Test("row 98: a security event needs its issuer and one of our clients, and no expiry")
    func securityEvent() async {
        let rules = EventTokenRules(
            issuer: "https://accounts.google.com/", audiences: ["our-client"], keys: "https://issuer.example/keys")
        func reason(_ changes: KeyValuePairs<String, JSON>) async -> SignInRefusal.Reason? {
            let claims = TokenMint.claims(changes)
            return await refusal { try TokenClaims(claims: claims, now: TokenMint.now).check(rules) }
        }
        let issuer = JSON.string(rules.issuer)
        #expect(await reason(["iss": issuer, "exp": .null, "aud": ["theirs", "our-client"]]) == nil)
        #expect(await reason(["iss": "https://accounts.google.com", "exp": .null]) == .issuerWrong)
        #expect(await reason(["iss": issuer, "aud": ["theirs"]]) == .audienceWrong)
        #expect(await reason(["iss": issuer, "exp": TokenMint.seconds(-61)]) == .expired)
    }
}
