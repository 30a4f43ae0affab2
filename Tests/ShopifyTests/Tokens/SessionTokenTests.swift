import AdapterKit
import AdapterTesting
import Testing

@testable import Shopify

@Suite("Session tokens of the administration")
struct SessionTokenTests {
    private func verify(_ token: Secret, secrets: [String] = [Sample.secret]) throws(SignInRefusal)
        -> ShopifySessionToken
    {
        try ShopifySessionToken(
            token, clientID: Sample.clientID, secrets: secrets.map { Secret($0) }, now: Sample.now)
    }

    private func reason(_ token: Secret) async -> SignInRefusal.Reason? {
        await refusal { () throws(SignInRefusal) in _ = try verify(token) }
    }

    @Test("A good one says its shop and its user")
    func good() throws {
        let token = try verify(Sample.sessionToken())
        #expect(token.shop.domain == Sample.shop && token.user == "42")
        #expect(try verify(Sample.sessionToken(["sub": nil])).user == nil)
    }

    @Test("Row 88: no other algorithm is looked at", arguments: ["RS256", "none", "None", "hs256", "HS384", ""])
    func algorithms(name: String) async {
        #expect(await reason(Sample.sessionToken(header: ["alg": .string(name)])) == .algorithmRefused)
    }

    @Test("Row 88: a header that asks for more is refused", arguments: ["crit", "b64", "jku", "jwk", "x5u", "zip"])
    func headers(name: String) async {
        let header = JSON.object([.init("alg", "HS256"), .init(name, "x")])
        #expect(await reason(Sample.sessionToken(header: header)) == .headerRefused)
    }

    @Test(
        "Row 88: what a token says has to fit",
        arguments: [
            (["aud": "another-app"], .audienceWrong), (["aud": nil], .audienceWrong), (["aud": []], .audienceWrong),
            (["exp": .integer(Sample.seconds - 11)], .expired), (["exp": nil], .expired), (["exp": "soon"], .expired),
            (["nbf": .integer(Sample.seconds + 11)], .notYetValid), (["nbf": nil], .notYetValid),
            (["iss": "https://other-store.myshopify.com/admin"], .issuerWrong), (["iss": nil], .issuerWrong),
            (["iss": "https://evil.example/admin"], .issuerWrong),
            (["dest": "https://evil.example"], .shopWrong), (["dest": nil], .shopWrong),
            (["dest": "http://acme-store.myshopify.com"], .shopWrong),
            (["dest": "https://acme-store.myshopify.com.evil.example"], .shopWrong),
            (["dest": "https://acme-store.myshopify.com@evil.example"], .shopWrong),
            (["dest": "https://evil.example", "iss": "https://evil.example/admin"], .shopWrong),
        ] as [([String: JSON?], SignInRefusal.Reason)])
    func claims(claims: [String: JSON?], expected: SignInRefusal.Reason) async {
        #expect(await reason(Sample.sessionToken(claims)) == expected)
    }

    @Test("Row 88: ten seconds of difference between clocks are forgiven")
    func leeway() async {
        #expect(await reason(Sample.sessionToken(["exp": .integer(Sample.seconds - 10)])) == nil)
        #expect(await reason(Sample.sessionToken(["nbf": .integer(Sample.seconds + 10)])) == nil)
    }

    @Test("Row 88: another secret, a changed part and what is no token are refused")
    func forged() async throws {
        #expect(await reason(Sample.sessionToken(secret: "another")) == .signatureWrong)
        #expect(try verify(Sample.sessionToken(secret: "old"), secrets: [Sample.secret, "old"]).user == "42")
        let good = Sample.sessionToken().reveal()
        let parts = good.split(separator: ".").map(String.init)
        let other = Sample.sessionToken(["sub": "43"]).reveal().split(separator: ".").map(String.init)
        #expect(await reason(Secret("\(parts[0]).\(other[1]).\(parts[2])")) == .signatureWrong)
        for text in [
            "", ".", "..", "...", good + ".", good + "=", "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).",
        ] {
            #expect(await reason(Secret(text)) != nil)
        }
        #expect(await reason(Secret(String(repeating: "a", count: 9000))) == .idTokenMalformed)
    }
}

@Suite("Exchange of a session token")
struct SessionTokenExchangeTests {
    private static let reply = HTTPAnswer(
        status: 200,
        body: JSON.object([
            "access_token": "shpat_new", "scope": "read_customers,write_orders", "expires_in": 3600,
            "refresh_token": "shprt_new", "refresh_token_expires_in": 7_776_000,
        ]).encoded)

    @Test("The shop is asked for an offline token that lapses")
    func exchange() async throws {
        let host = TestHost(http: RecordingHTTP([.success(Self.reply)]))
        let token = Sample.sessionToken()
        let result = try await Sample.admin(host: host).exchange(sessionToken: token)
        #expect(result.identity == ProviderIdentity(subject: Sample.shop, label: Sample.shop))
        #expect(result.tokens.accessToken == Secret("shpat_new") && result.tokens.refreshToken == Secret("shprt_new"))
        #expect(result.tokens.accessExpiresAt == Sample.now + .seconds(3600))
        #expect(result.tokens.refreshExpiresAt == Sample.now + .seconds(7_776_000))
        #expect(result.tokens.scopes == ["read_customers", "write_orders"])
        #expect(!result.tokens.reply.text.contains("shp"))
        let call = try #require(host.recordingHTTP.calls.first)
        #expect(call.url == "https://acme-store.myshopify.com/admin/oauth/access_token" && call.method == "POST")
        let sent = try JSON.parse(call.body)
        #expect(sent["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange")
        #expect(sent["subject_token"] == .string(token.reveal()) && sent["expiring"] == "1")
        #expect(sent["requested_token_type"] == "urn:shopify:params:oauth:token-type:offline-access-token")
    }

    @Test("Row 89: a session token of another shop goes to nobody, and no parameter can name a shop")
    func otherShop() async throws {
        let host = TestHost()
        let adapter = try Sample.admin(host: host)
        let token = Sample.sessionToken([
            "dest": "https://second-store.myshopify.com", "iss": "https://second-store.myshopify.com/admin",
        ])
        let reason = await refusal { () throws(SignInRefusal) in _ = try await adapter.exchange(sessionToken: token) }
        #expect(reason == .shopWrong && host.recordingHTTP.calls.isEmpty)
    }

    @Test(
        "What is no good answer is a refusal",
        arguments: [
            (
                .success(HTTPAnswer(status: 400, body: Array(#"{"error":"invalid_subject_token"}"#.utf8))),
                .exchangeRefused
            ),
            (.success(HTTPAnswer(status: 302)), .exchangeRefused),
            (.success(HTTPAnswer(status: 429)), .providerUnavailable),
            (.success(HTTPAnswer(status: 503)), .providerUnavailable),
            (.failure(.unanswered(reason: "test")), .providerUnavailable),
            (.success(HTTPAnswer(status: 200, body: Array("<html>".utf8))), .tokenReplyMalformed),
            (.success(HTTPAnswer(status: 200, body: Array("{}".utf8))), .tokenReplyMalformed),
            (
                .success(HTTPAnswer(status: 200, body: Array(#"{"access_token":"a","scope":"read_orders"}"#.utf8))),
                .scopesMissing
            ),
        ] as [(RecordingHTTP.Reply, SignInRefusal.Reason)])
    func failures(reply: RecordingHTTP.Reply, expected: SignInRefusal.Reason) async throws {
        let adapter = try Sample.admin(host: TestHost(http: RecordingHTTP([reply])))
        let reason = await refusal { () throws(SignInRefusal) in
            _ = try await adapter.exchange(sessionToken: Sample.sessionToken())
        }
        #expect(reason == expected)
    }
}
