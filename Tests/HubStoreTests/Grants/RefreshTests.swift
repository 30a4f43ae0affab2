import AdapterKit
import Testing

@testable import HubStore

struct RefreshTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now
    private let drive = GrantOwner.system("archive")

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func begun(rotates: Bool = true) async throws -> RefreshTicket {
        _ = try await store.keepGrant(.sample(drive, rotates: rotates), at: now)
        return try #require(try await store.beginRefresh(drive, at: now))
    }

    @Test func ofFiftyWhoRefreshAtOnceOneDoes() async throws {
        _ = try await store.keepGrant(.sample(drive), at: now)
        let tickets = try await atOnce(50) { [store] _ in
            try await store.beginRefresh(.system("archive"), at: Stores.now)
        }.compactMap(\.self)
        #expect(tickets.count == 1)
        #expect(tickets.first?.refreshToken == Secret("refresh-1"))
        #expect(try await store.grant(drive)?.state == .refreshing(since: now))
    }

    @Test func newTokensTakeThePlaceOfTheOld() async throws {
        let ticket = try await begun()
        guard case .kept(let grant) = try await store.completeRefresh(ticket, .sample(2), at: now) else {
            Issue.record("not kept")
            return
        }
        #expect(grant.state == .active && grant.accessToken == Secret("access-2"))
        #expect(grant.refreshToken == Secret("refresh-2"))
        // A ticket is good once.
        #expect(try await store.completeRefresh(ticket, .sample(3), at: now) == .changedMeanwhile)
        #expect(try await !store.failRefresh(ticket, .broken(reason: "x"), at: now))
        #expect(try await store.grant(drive) == grant)
        #expect(try await store.beginRefresh(drive, at: now) != nil)
    }

    @Test func renewingIsNotConnecting() async throws {
        let ticket = try await begun()
        let later = now + .seconds(3600)
        _ = try await store.completeRefresh(ticket, .sample(2), at: later)
        let renewed = try #require(try await store.grant(drive))
        #expect(renewed.connectedAt == now && renewed.updatedAt == later)
        _ = try await store.keepGrant(.sample(drive), at: later)
        #expect(try await store.grant(drive)?.connectedAt == later)
    }

    @Test func theRefreshTokenGoesOnWhenTheAnswerHasNone() async throws {
        let ticket = try await begun()
        let tokens = GrantTokens(accessToken: Secret("access-2"), refreshToken: nil, accessExpiresAt: nil)
        guard case .kept(let grant) = try await store.completeRefresh(ticket, tokens, at: now) else {
            Issue.record("not kept")
            return
        }
        #expect(grant.refreshToken == Secret("refresh-1") && grant.scopes == ["drive.file"])
        #expect(grant.accessExpiresAt == nil)
    }

    @Test func aFailedRefreshKeepsOrBreaksTheGrant() async throws {
        let first = try await begun()
        #expect(try await store.failRefresh(first, .kept, at: now))
        #expect(try await store.grant(drive)?.state == .active)
        let second = try #require(try await store.beginRefresh(drive, at: now))
        #expect(try await store.failRefresh(second, .broken(reason: "invalid_grant"), at: now))
        #expect(try await store.grant(drive)?.state == .broken(reason: "invalid_grant"))
        // Nobody asks again with a dead token.
        #expect(try await store.beginRefresh(drive, at: now) == nil)
    }

    @Test func aGrantThatIsConnectedMeanwhileIsNotOverwritten() async throws {
        let ticket = try await begun()
        _ = try await store.keepGrant(.sample(drive, number: 9), at: now)
        #expect(try await store.completeRefresh(ticket, .sample(2), at: now) == .changedMeanwhile)
        #expect(try await !store.failRefresh(ticket, .broken(reason: "invalid_grant"), at: now))
        #expect(try await store.grant(drive)?.refreshToken == Secret("refresh-9"))
        // Nor is one that is being refreshed by somebody else then.
        let next = try #require(try await store.beginRefresh(drive, at: now))
        #expect(try await store.completeRefresh(ticket, .sample(2), at: now) == .changedMeanwhile)
        #expect(try await store.failRefresh(next, .kept, at: now))
        _ = try await store.dropGrant(drive)
        #expect(try await store.completeRefresh(next, .sample(2), at: now) == .changedMeanwhile)
        #expect(try await store.grant(drive) == nil)
    }

    @Test(arguments: [(true, GrantState.broken(reason: "refresh_interrupted")), (false, .active)])
    func aRefreshThatACrashInterruptedEndsInAStateToGoOnFrom(rotates: Bool, state: GrantState) async throws {
        _ = try await begun(rotates: rotates)
        await store.close()
        let reopened = stores.open()
        #expect(try await reopened.grant(drive)?.state == .refreshing(since: now))
        #expect(try await reopened.interruptedRefreshes(at: now).map(\.state) == [state])
        #expect(try await reopened.grant(drive)?.state == state)
        #expect(try await reopened.interruptedRefreshes(at: now).isEmpty)
        // Whoever connects it again has it working.
        _ = try await reopened.keepGrant(.sample(drive, number: 2), at: now)
        #expect(try await reopened.beginRefresh(drive, at: now)?.refreshToken == Secret("refresh-2"))
    }

    @Test func aGrantWithoutARefreshTokenIsNotRefreshed() async throws {
        _ = try await store.keepGrant(.sample(drive, refresh: false), at: now)
        #expect(try await store.beginRefresh(drive, at: now) == nil)
        #expect(try await store.beginRefresh(.system("other"), at: now) == nil)
        #expect(try await store.grant(drive)?.state == .active)
    }
}
