import AdapterKit
import Testing

@testable import HubCore

@Suite("What a provider says of itself", .timeLimit(.minutes(2)))
struct ProviderMetadataTests {
    private static let provider = IdentityProvider(
        issuer: TokenMint.issuer, endpoints: .discovered(issuer: TokenMint.issuer), clientID: "client",
        scopes: ["openid"], idToken: TokenMint.rules)

    private static func document(_ changes: KeyValuePairs<String, JSON> = [:]) -> JSON {
        var members: [JSON.Member] = [
            .init("issuer", .string(TokenMint.issuer)),
            .init("authorization_endpoint", "https://login.example/authorize"),
            .init("token_endpoint", "https://issuer.example/token"), .init("jwks_uri", "https://issuer.example/keys"),
        ]
        for (name, value) in changes {
            members.removeAll { $0.name == name }
            if !value.isNull { members.append(.init(name, value)) }
        }
        return .object(members)
    }

    private func resolve(_ document: JSON) async -> (Result<ProviderMetadata.Found, any Error>, KeyServer) {
        let server = KeyServer { _ throws(HTTPFailure) in KeyServer.json(document) }
        let metadata = ProviderMetadata(http: server, clock: MovingClock())
        do {
            return (.success(try await metadata.resolve(Self.provider)), server)
        } catch {
            return (.failure(error), server)
        }
    }

    @Test("its addresses are taken, and that its callbacks say who sent them")
    func good() async throws {
        let found = try await resolve(Self.document(["authorization_response_iss_parameter_supported": true])).0.get()
        #expect(found.addresses.authorization == "https://login.example/authorize")
        #expect(found.callbackIssuer == TokenMint.issuer)
        #expect(try await resolve(Self.document()).0.get().callbackIssuer == nil)
    }

    @Test(
        "row 34: metadata of somebody else, or with an address that is none, lead nowhere",
        arguments: [
            ("issuer", "https://issuer.example/"), ("issuer", "https://other.example"), ("issuer", .null),
            ("issuer", ["https://issuer.example"]), ("token_endpoint", "file:///etc/passwd"), ("jwks_uri", .null),
            ("authorization_endpoint", "javascript:alert(1)"), ("token_endpoint", "http://issuer.example/token"),
        ] as [(String, JSON)])
    func wrong(_ name: String, _ value: JSON) async {
        let (result, _) = await resolve(Self.document([name: value]))
        guard case .failure(let error) = result else {
            Issue.record("they are taken")
            return
        }
        #expect((error as? SignInRefusal)?.reason == .misconfigured)
    }

    @Test("a page does not wait for a provider that hangs, and whoever signs in waits for the same fetch")
    func hanging() async throws {
        let (answers, release) = AsyncStream.makeStream(of: Void.self)
        let server = KeyServer { _ throws(HTTPFailure) in
            for await _ in answers { break }
            return KeyServer.json(Self.document())
        }
        let metadata = ProviderMetadata(http: server, clock: MovingClock())
        // The provider answers only after this has returned.
        #expect(await metadata.resolve(Self.provider, within: .milliseconds(20)) == nil)
        release.finish()
        #expect(try await metadata.resolve(Self.provider).addresses.token == "https://issuer.example/token")
        #expect(server.calls.count == 1)
    }
}
