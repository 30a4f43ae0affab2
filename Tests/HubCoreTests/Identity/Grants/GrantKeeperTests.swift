import AdapterKit
import AdapterTesting
import Foundation
import HubStore
import Synchronization
import Testing

@testable import HubCore

@Suite("Grants that are refreshed")
struct GrantKeeperTests {
    /// A system whose tokens rotate, as a shop's do.
    struct RotatingSystem: ConnectedSystem {
        static let manifest = AdapterManifest(
            name: "rotating", kind: .system, version: "1.0.0", summary: "A system for tests.",
            settings: SettingsSchema([]), capabilities: [.connection], identity: IdentityDeclaration(), hosts: [],
            privacy: PrivacyDeclaration(touches: [], recipients: [], retention: "", export: "", erasure: ""))
        static let issuer = "https://shop.example"

        init(settings: AdapterSettings, host: any AdapterHost) {}

        func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
            IdentityProvider(
                issuer: Self.issuer,
                endpoints: .fixed(.init(authorization: "https://shop.example/a", token: "https://shop.example/t")),
                clientID: "client", clientAuthentication: .json, scopes: ["read"], idToken: nil,
                refresh: RefreshRules(rotates: true))
        }

        func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
            ProviderIdentity(subject: "shop")
        }

        func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome { .delivered }
        func test() async throws(ProviderFailure) -> String { "" }
    }

    private final class Bench: Sendable {
        let folder: String
        let clock = MovingClock()
        let server: KeyServer
        let store: TenantStore
        let keeper: GrantKeeper

        init(_ answer: @escaping KeyServer.Answer) async throws {
            folder = FileManager.default.temporaryDirectory.path + "/grants-\(UUID().uuidString)"
            let masterKey = try #require(MasterKey(text: MasterKey.generate()))
            server = KeyServer(answer)
            store = TenantStore(
                tenant: "acme", files: StoreFiles(data: folder, tenant: "acme"), masterKey: masterKey,
                pool: StorePool(capacity: 4), activity: Health().begin("writer"), committed: { _ in })
            keeper = GrantKeeper(
                store: store, http: server, clock: clock, metadata: ProviderMetadata(http: server, clock: clock),
                keys: KeySets(http: server, clock: clock))
            let system = RotatingSystem(settings: AdapterSettings([:]), host: TestHost())
            await keeper.take([
                "shop": Connection(
                    name: "shop", manifest: RotatingSystem.manifest, client: system, settings: AdapterSettings([:]),
                    join: nil)
            ])
            try await store.keepGrant(
                NewGrant(
                    owner: .system("shop"), connection: "shop", issuer: RotatingSystem.issuer, subject: "shop",
                    tokens: GrantTokens(
                        accessToken: Secret("access-0"), refreshToken: Secret("refresh-0"),
                        accessExpiresAt: clock.now + .seconds(3600)), rotates: true), at: clock.now)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static func tokens(_ number: Int) -> HTTPAnswer {
        KeyServer.json([
            "access_token": .string("access-\(number)"), "refresh_token": .string("refresh-\(number)"),
            "expires_in": 3600,
        ])
    }

    @Test("row 90: fifty who need a token while it lapses make one call")
    func fifty() async throws {
        let bench = try await Bench { _ throws(HTTPFailure) in
            try? await Task.sleep(for: .milliseconds(100))
            return Self.tokens(1)
        }
        bench.clock.advance(.seconds(3600))
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<50 { group.addTask { try? await bench.keeper.access("shop").token.reveal() } }
            for await token in group { #expect(token == "access-1") }
        }
        #expect(bench.server.calls.count == 1)
        #expect(try JSON.parse(bench.server.calls[0].body)["refresh_token"]?.string == "refresh-0")
        await bench.store.close()
    }

    @Test("a token that the system refused is renewed once, and not again by who comes late with it")
    func refused() async throws {
        let bench = try await Bench { _ throws(HTTPFailure) in Self.tokens(1) }
        #expect(try await bench.keeper.renewed("shop", insteadOf: Secret("access-0")).token == Secret("access-1"))
        #expect(try await bench.keeper.renewed("shop", insteadOf: Secret("access-0")).token == Secret("access-1"))
        #expect(bench.server.calls.count == 1)
        await bench.store.close()
    }

    @Test("row 91: a stop between the provider's answer and the disk leaves a grant to connect again, and no calls")
    func interrupted() async throws {
        let bench = try await Bench { _ throws(HTTPFailure) in Self.tokens(1) }
        // As after a kill: the mark is on disk, the tokens are lost.
        #expect(try await bench.store.beginRefresh(.system("shop"), at: bench.clock.now) != nil)
        #expect(try await bench.store.interruptedRefreshes(at: bench.clock.now).count == 1)
        bench.clock.advance(.seconds(3600))
        for _ in 0..<10 {
            do throws(ProviderFailure) {
                _ = try await bench.keeper.access("shop")
                Issue.record("a broken grant gives a token")
            } catch {
                #expect(error.kind == .misconfigured)
                #expect(error.reason.code == "refresh_interrupted")
            }
        }
        #expect(bench.server.calls.isEmpty)
        await bench.store.close()
    }

    @Test("a refresh token that is dead breaks the grant, and the provider is not asked again")
    func dead() async throws {
        let bench = try await Bench { _ throws(HTTPFailure) in
            KeyServer.json(["error": "invalid_grant"], status: 400)
        }
        bench.clock.advance(.seconds(3600))
        for _ in 0..<3 {
            let failure = await #expect(throws: ProviderFailure.self) { try await bench.keeper.access("shop") }
            #expect(failure?.reason.code == "invalid_grant")
        }
        #expect(bench.server.calls.count == 1)
        await bench.store.close()
    }

    @Test("while the provider is down a token that is still good is used")
    func down() async throws {
        let bench = try await Bench { _ throws(HTTPFailure) in HTTPAnswer(status: 503) }
        bench.clock.advance(.seconds(3570))
        #expect(try await bench.keeper.access("shop").token == Secret("access-0"))
        bench.clock.advance(.seconds(60))
        let failure = await #expect(throws: ProviderFailure.self) { try await bench.keeper.access("shop") }
        #expect(failure?.kind == .unavailable)
        bench.server.serve { _ throws(HTTPFailure) in Self.tokens(2) }
        #expect(try await bench.keeper.access("shop").token == Secret("access-2"))
        await bench.store.close()
    }
}
