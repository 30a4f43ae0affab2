import AdapterKit
import Synchronization
import Testing

@testable import HubStore

struct SessionTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    @Test func aTokenFindsItsSessionAndPerson() async throws {
        let (ada, google) = try await store.added()
        let session = try #require(try await store.signedIn(ada, google, token: "t"))
        let found = try #require(try await store.session(token: Secret("t"), at: now))
        #expect(found.1 == session && found.0.id == ada.id && found.0.lastSignedInAt == now)
        #expect(session.label == "Firefox on Linux" && session.identityID == google?.id)
        #expect(try await store.session(id: session.id, at: now)?.1 == session)
        #expect(try await store.identities(of: ada.id).first?.lastUsedAt == now)
        for token in ["", "T", "tt", session.id] { #expect(try await !store.isSignedIn(token)) }
    }

    @Test(arguments: [
        // When it is used, and how long after the sign-in it is over.
        ([], 3600), ([3599], 7199), ([3599, 7000], 10_600), (Array(stride(from: 3000, to: 86_400, by: 3000)), 86_400),
    ])
    func aSessionLapsesByItsIdleAndItsAbsoluteLimit(uses: [Int], end: Int) async throws {
        let (ada, _) = try await store.added()
        try await store.signedIn(ada, token: "t")
        for use in uses { #expect(try await store.session(token: Secret("t"), at: now + .seconds(use)) != nil) }
        let last = now + .seconds(end) + .milliseconds(-1)
        #expect(try await store.session(token: Secret("t"), at: last, touch: false) != nil)
        #expect(try await store.session(token: Secret("t"), at: now + .seconds(end)) == nil)
        #expect(try await store.sessions(of: ada.id, at: now + .seconds(end)).isEmpty)
    }

    @Test func aUseIsWrittenOnceAMinute() async throws {
        let (ada, _) = try await store.added()
        try await store.signedIn(ada, token: "t")
        // What is written of a use is when it was.
        for second in 1..<60 {
            #expect(try await store.session(token: Secret("t"), at: now + .seconds(second))?.1.lastSeenAt == now)
        }
        #expect(try await store.sessions(of: ada.id, at: now).first?.lastSeenAt == now)
        let later = now + .seconds(60)
        #expect(try await store.session(token: Secret("t"), at: later)?.1.lastSeenAt == later)
        _ = try await store.session(token: Secret("t"), at: now + .seconds(200), touch: false)
        #expect(try await store.sessions(of: ada.id, at: now).first?.lastSeenAt == later)
    }

    @Test func aNewSessionReplacesTheOneOfTheBrowser() async throws {
        let (ada, _) = try await store.added()
        let (grace, _) = try await store.added(.google("2"))
        try await store.signedIn(ada, token: "old")
        try await store.signedIn(ada, token: "elsewhere")
        try await store.signedIn(grace, token: "new", replacing: "old")
        #expect(try await !store.isSignedIn("old"))
        #expect(try await store.isSignedIn("elsewhere"))
        #expect(try await store.isSignedIn("new"))
    }

    @Test func sessionsEndOneByOneAndAllButOne() async throws {
        let (ada, google) = try await store.added()
        let (grace, _) = try await store.added(.google("2"))
        try await store.signedIn(grace, token: "grace")
        var sessions: [SessionRecord] = []
        for token in ["1", "2", "3", "4"] {
            sessions.append(try #require(try await store.signedIn(ada, google, token: token)))
        }
        #expect(try await store.sessions(of: ada.id, at: now) == sessions.reversed())
        #expect(try await !store.endSession(sessions[0].id, of: grace.id))
        #expect(try await store.endSession(sessions[0].id, of: ada.id))
        #expect(try await !store.endSession(sessions[0].id, of: ada.id))
        #expect(try await store.endSession(token: Secret("2")))
        #expect(try await !store.endSession(token: Secret("2")))
        #expect(try await store.endSessions(of: ada.id, except: sessions[2].id) == 1)
        #expect(try await store.isSignedIn("3"))
        #expect(try await store.endSessions(ofIdentity: try #require(google).id) == 1)
        #expect(try await store.isSignedIn("grace"))
        #expect(try await store.endSessions(of: grace.id) == 1)
    }

    @Test func ofTooManySessionsThoseEndThatWereUsedLongestAgo() async throws {
        let (ada, _) = try await store.added()
        for number in 0..<TenantStore.sessionLimit {
            try await store.signedIn(ada, token: "\(number)", at: now + .milliseconds(number))
        }
        _ = try await store.session(token: Secret("0"), at: now + .seconds(100))
        try await store.signedIn(ada, token: "one more", at: now + .seconds(101))
        #expect(try await store.sessions(of: ada.id, at: now + .seconds(101)).count == TenantStore.sessionLimit)
        #expect(try await store.isSignedIn("0"))
        #expect(try await !store.isSignedIn("1"))
        #expect(try await store.isSignedIn("one more"))
    }

    @Test func aSessionIsOfAPersonWithTheirOwnIdentity() async throws {
        let (ada, _) = try await store.added()
        let (_, foreign) = try await store.added(.google("2"))
        #expect(try await store.signedIn(ada, foreign, token: "t") == nil)
        #expect(try await !store.isSignedIn("t"))
    }

    @Test func aTransactionOrAnInvitationIsNoSession() async throws {
        let (ada, _) = try await store.added()
        _ = try await store.invited("invitation", by: ada.id)
        _ = try await store.issueKey(name: "k", scopes: [], token: Secret("key"), by: ada.id, at: now)
        try await store.begin(.sample("state"))
        try await store.signedIn(ada, token: "session")
        for token in ["invitation", "key", "state"] { #expect(try await !store.isSignedIn(token)) }
        #expect(try await store.key(token: Secret("session")) == nil)
        #expect(try await store.invitation(token: Secret("session"), at: now) == nil)
        #expect(try await store.spent("session") == .unknown)
    }
}
