import AdapterKit
import Testing

@testable import HubStore

struct GrantTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now
    private let drive = GrantOwner.system("archive")

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    @discardableResult
    private func keep(_ new: NewGrant) async throws -> (kept: GrantRecord, revoke: GrantRecord?) {
        try #require(try await store.keepGrant(new, at: now))
    }

    @Test func aGrantIsReadAsItWasKept() async throws {
        let identity = GrantOwner.identity(try #require(try await store.added().identity).id)
        for owner in [drive, identity] {
            let kept = try await keep(.sample(owner)).kept
            #expect(kept.owner == owner && kept.state == .active && kept.rotates)
            #expect(kept.accessToken == Secret("access-1") && kept.refreshToken == Secret("refresh-1"))
            #expect(kept.scopes == ["drive.file"] && kept.accessExpiresAt == now + .seconds(3600))
            #expect(kept.issuer == "https://accounts.google.com" && kept.subject == "1001")
            #expect(try await store.grant(owner) == kept)
        }
        #expect(try await store.grants(connection: "google").map(\.owner) == [drive, identity])
        #expect(try await store.grants(connection: "shopify").isEmpty)
        #expect(try await store.grant(.system("shop")) == nil)
    }

    @Test func anOwnerHasOneGrant() async throws {
        let first = try await keep(.sample(drive)).kept
        let second = try await keep(.sample(drive, number: 2))
        #expect(second.revoke == nil && second.kept.id == first.id)
        #expect(second.kept.accessToken == Secret("access-2") && second.kept.refreshToken == Secret("refresh-2"))
        // Another account: the provider should hear that the first is not used any more.
        let third = try await keep(.sample(drive, number: 3, subject: "1002"))
        #expect(third.revoke == second.kept && third.kept.subject == "1002")
        #expect(try await store.grants(connection: "google").count == 1)
    }

    @Test func theRefreshTokenGoesOnWhenAnAccountIsConnectedAgainWithoutOne() async throws {
        try await keep(.sample(drive))
        #expect(try await keep(.sample(drive, number: 2, refresh: false)).kept.refreshToken == Secret("refresh-1"))
        // Not that of another account, and not one that is known to be dead.
        let other = try await keep(.sample(drive, number: 3, subject: "1002", refresh: false)).kept
        #expect(other.refreshToken == nil)
        let dead = try await keep(.sample(drive, number: 4, subject: "1002")).kept
        #expect(try await store.breakGrant(dead, reason: "invalid_grant", at: now))
        #expect(try await store.grant(drive)?.state == .broken(reason: "invalid_grant"))
        let again = try await keep(.sample(drive, number: 5, subject: "1002", refresh: false)).kept
        #expect(again.refreshToken == nil && again.state == .active)
    }

    @Test func whatIsLearntOfOldTokensDoesNotBreakNewOnes() async throws {
        let old = try await keep(.sample(drive)).kept
        try await keep(.sample(drive, number: 2))
        #expect(try await !store.breakGrant(old, reason: "invalid_grant", at: now))
        #expect(try await store.grant(drive)?.state == .active)
    }

    @Test func aDroppedGrantIsHandedOutForTheLastTime() async throws {
        let kept = try await keep(.sample(drive)).kept
        #expect(try await store.dropGrant(drive) == kept)
        #expect(try await store.dropGrant(drive) == nil)
        #expect(try await !store.breakGrant(kept, reason: "x", at: now))
    }

    @Test func aGrantIsOfAnIdentityThatIsThere() async throws {
        let elsewhere = try #require(try await stores.open("globex").added().identity).id
        for id in [elsewhere, "idn_junk", ""] {
            #expect(try await store.keepGrant(.sample(.identity(id)), at: now) == nil)
        }
    }
}
