import AdapterKit
import Testing

@testable import HubCore

@Suite("The exchange of a code")
struct TokenEndpointTests {
    private static let provider = IdentityProvider(
        issuer: TokenMint.issuer,
        endpoints: .fixed(
            .init(authorization: "https://issuer.example/authorize", token: "https://issuer.example/token")),
        clientID: "our client", scopes: ["openid", "email"], idToken: TokenMint.rules)

    private func exchange(
        _ provider: IdentityProvider = provider, _ answer: @escaping KeyServer.Answer
    ) async -> (Result<TokenReply, SignInRefusal>, KeyServer) {
        let server = KeyServer(answer)
        do throws(SignInRefusal) {
            let reply = try await TokenEndpoint(http: server, clock: MovingClock()).exchange(
                code: "code-of-the-test", verifier: Secret("verifier-of-the-test"),
                redirect: "https://hub.example/callback", provider, at: "https://issuer.example/token",
                secret: Secret("secret&of=the test"))
            return (.success(reply), server)
        } catch {
            return (.failure(error), server)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let answer: HTTPAnswer
        let reason: SignInRefusal.Reason?

        init(
            _ name: String, _ text: String, status: Int = 200, type: String = "application/json",
            _ reason: SignInRefusal.Reason?
        ) {
            self.name = name
            self.reason = reason
            answer = HTTPAnswer(status: status, headers: [("content-type", type)], body: Array(text.utf8))
        }

        var testDescription: String { "row 58: \(name)" }
    }

    static let replies: [Case] = [
        Case("a whole reply", #"{"access_token":"a","token_type":"Bearer","expires_in":60}"#, nil),
        Case("no access token", #"{"token_type":"Bearer"}"#, .tokenReplyMalformed),
        Case("an empty access token", #"{"access_token":""}"#, .tokenReplyMalformed),
        Case("an access token of another type", #"{"access_token":1}"#, .tokenReplyMalformed),
        Case("a mac token", #"{"access_token":"a","token_type":"mac"}"#, .tokenReplyMalformed),
        Case("200 with an error", #"{"error":"invalid_grant","access_token":"a"}"#, .exchangeRefused),
        Case("HTML", "<p>", type: "text/html", .tokenReplyMalformed),
        Case("no expiry", #"{"access_token":"a"}"#, nil),
        Case("an expiry as text", #"{"access_token":"a","expires_in":"60"}"#, nil),
        Case("a negative expiry", #"{"access_token":"a","expires_in":-1}"#, .tokenReplyMalformed),
        Case("an expiry of words", #"{"access_token":"a","expires_in":"soon"}"#, .tokenReplyMalformed),
        Case("a name twice", #"{"access_token":"a","access_token":"b"}"#, .tokenReplyMalformed),
        Case("a list", "[]", .tokenReplyMalformed),
        Case("a refusal", #"{"error":"invalid_grant"}"#, status: 400, .exchangeRefused),
        Case("a redirect", "{}", status: 302, .providerUnavailable),
        Case("a failure", "{}", status: 500, .providerUnavailable),
    ]

    @Test("what a token endpoint may answer", arguments: replies)
    func reply(_ example: Case) async {
        let (result, server) = await exchange { [answer = example.answer] _ throws(HTTPFailure) in answer }
        switch result {
        case .success: #expect(example.reason == nil)
        case .failure(let refusal): #expect(refusal.reason == example.reason)
        }
        #expect(server.calls.count == 1, "row 59: a code is sent once, whatever comes of it")
    }

    @Test("row 58: the scopes that were granted count, not those that were asked for")
    func scopes() async throws {
        let narrow = KeyServer.json(["access_token": "a", "scope": "openid"])
        #expect(try await exchange { _ throws(HTTPFailure) in narrow }.0.get().tokens.scopes == ["openid"])
        let silent = KeyServer.json(["access_token": "a"])
        #expect(try await exchange { _ throws(HTTPFailure) in silent }.0.get().tokens.scopes == ["openid", "email"])
    }

    @Test("row 59: a code whose exchange was not answered is not sent again")
    func unanswered() async {
        let (result, server) = await exchange { _ throws(HTTPFailure) in throw .unanswered(reason: "test") }
        guard case .failure(let refusal) = result else { return #expect(Bool(false)) }
        #expect(refusal.reason == .providerUnavailable)
        #expect(server.calls.count == 1)
    }

    @Test("the client shows who it is in each of the four ways, and its secret is in no address")
    func clientAuthentication() async throws {
        for way in [IdentityProvider.ClientAuthentication.form, .basic, .json, .none] {
            var provider = Self.provider
            provider.clientAuthentication = way
            provider.tokenParameters = ["expiring": "1"]
            let (_, server) = await exchange(provider) { _ throws(HTTPFailure) in KeyServer.json(["access_token": "a"])
            }
            let call = try #require(server.calls.first)
            let body = String(decoding: call.body, as: UTF8.self)
            #expect(!call.url.contains("secret"))
            #expect(body.contains("code_verifier") && body.contains("expiring"))
            switch way {
            case .form: #expect(body.contains("client_id=our%20client&client_secret=secret%26of%3Dthe%20test"))
            case .json: #expect(try JSON.parse(call.body)["client_secret"]?.string == "secret&of=the test")
            case .basic:
                #expect(
                    call.headers["authorization"]
                        == "Basic b3VyJTIwY2xpZW50OnNlY3JldCUyNm9mJTNEdGhlJTIwdGVzdA==")
                #expect(!body.contains("secret"))
            case .none: #expect(!body.contains("client_secret") && body.contains("client_id"))
            }
        }
    }
}
