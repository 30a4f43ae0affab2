import AdapterKit
import AdapterTesting
import Testing

@testable import Shopify

@Suite("Sign-in with Shopify")
struct SignInTests {
    private static let user: JSON = [
        "id": 902_541_635, "first_name": "Ann", "last_name": "Sample", "email": "ann@acme.example",
        "email_verified": true, "account_owner": true, "locale": "en", "collaborator": false,
    ]

    private static func tokens(_ user: JSON? = user, scopes: [String] = [], refresh: Secret? = nil) -> ProviderTokens {
        ProviderTokens(
            accessToken: Secret("shpua_sample"), refreshToken: refresh,
            accessExpiresAt: Sample.now + .seconds(86_399), scopes: scopes,
            reply: .object([
                "scope": .string(scopes.joined(separator: ",")), "expires_in": 86_399, "associated_user_scope": "",
                "associated_user": user,
            ]))
    }

    private static func evidence(_ tokens: ProviderTokens, _ adapter: ShopifyAdapter) throws -> SignInEvidence {
        let start = ["shop": Sample.shop]
        return SignInEvidence(
            provider: try adapter.provider(start), callback: Sample.callback(Sample.parameters()), tokens: tokens)
    }

    @Test("A user is asked for by an online token, and nothing is kept")
    func provider() throws {
        let provider = try Sample.signIn(["scopes": .list(["read_orders"])]).provider(["shop": "Acme-Store"])
        #expect(provider.authorizationParameters == ["grant_options[]": "per-user"])
        #expect(provider.scopes == ["read_orders"] && provider.scopeSeparator == ",")
        #expect(provider.clientAuthentication == .json && provider.clientID == Sample.clientID)
        #expect(!provider.usesPKCE && provider.idToken == nil && provider.refresh == nil && !provider.keepsTokens)
    }

    @Test("The user of the reply is the identity, under the shop as the issuer")
    func identity() async throws {
        let adapter = try Sample.signIn()
        let identity = try await adapter.identity(Self.evidence(Self.tokens(), adapter))
        #expect(
            identity
                == ProviderIdentity(
                    subject: "902541635", name: "Ann Sample",
                    email: ProviderEmail("ann@acme.example", isVerified: true),
                    label: Sample.shop))
    }

    @Test(
        "Row 37: an address is verified by a plain true and by nothing else",
        arguments: [false, "true", "false", 1, 0, .null, nil] as [JSON?])
    func verification(told: JSON?) async throws {
        var members = Self.user.members.filter { $0.name != "email_verified" }
        if let told { members.append(.init("email_verified", told)) }
        let adapter = try Sample.signIn()
        let identity = try await adapter.identity(Self.evidence(Self.tokens(.object(members)), adapter))
        #expect(identity.email == ProviderEmail("ann@acme.example", isVerified: false))
    }

    @Test("Row 87: a token of the shop is refused where one of a person was asked for")
    func offline() async throws {
        let adapter = try Sample.signIn()
        for user in [nil, .null, "902541635"] as [JSON?] {
            let evidence = try Self.evidence(Self.tokens(user), adapter)
            let reason = await refusal { () throws(SignInRefusal) in _ = try await adapter.identity(evidence) }
            #expect(reason == .modeMismatch)
        }
    }

    @Test(
        "Row 87: fewer scopes than were asked for are refused; to write is to read",
        arguments: [
            (["read_orders", "read_customers"], true), (["write_orders", "read_customers", "read_products"], true),
            (["read_orders"], false), ([], false), (["write_customers"], false),
        ] as [([String], Bool)])
    func scopes(granted: [String], isTaken: Bool) async throws {
        let adapter = try Sample.signIn(["scopes": .list(["read_orders", "read_customers"])])
        let evidence = try Self.evidence(Self.tokens(scopes: granted), adapter)
        let reason = await refusal { () throws(SignInRefusal) in _ = try await adapter.identity(evidence) }
        #expect(reason == (isTaken ? nil : .scopesMissing))
    }

    @Test("To read is not to write")
    func readingIsNotWriting() {
        #expect(AccessScopes(["read_orders"]).missing(["write_orders"]) == ["write_orders"])
        #expect(AccessScopes(["unauthenticated_write_checkouts"]).missing(["unauthenticated_read_checkouts"]).isEmpty)
        #expect(
            AccessScopes(["write_orders"]).missing(["unauthenticated_read_orders"]) == ["unauthenticated_read_orders"])
    }

    @Test(
        "Row 15: a user without an id that is a number is refused",
        arguments: [nil, "", "abc", -1, .number("1.5"), true, [1]] as [JSON?])
    func subject(id: JSON?) async throws {
        var members = Self.user.members.filter { $0.name != "id" }
        if let id { members.append(.init("id", id)) }
        let adapter = try Sample.signIn()
        let evidence = try Self.evidence(Self.tokens(.object(members)), adapter)
        let reason = await refusal { () throws(SignInRefusal) in _ = try await adapter.identity(evidence) }
        #expect(reason == .subjectWrong)
    }

    @Test("Row 67: the same user id at two shops is two issuers")
    func shops() throws {
        let adapter = try Sample.signIn()
        let issuers = try ["acme-store", "second-store"].map { try adapter.provider(["shop": $0]).issuer }
        #expect(Set(issuers).count == 2)
    }

    @Test("Evidence of another shop than the one that was asked is refused")
    func otherShop() async throws {
        let adapter = try Sample.signIn()
        var evidence = try Self.evidence(Self.tokens(), adapter)
        evidence.provider = try adapter.provider(["shop": "second-store"])
        let mixed = evidence
        #expect(await refusal { () throws(SignInRefusal) in _ = try await adapter.identity(mixed) } == .issuerWrong)
    }
}
