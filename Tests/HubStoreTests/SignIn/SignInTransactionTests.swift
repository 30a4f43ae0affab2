import AdapterKit
import Testing

@testable import HubStore

extension SignInTransaction {
    static func sample(
        _ state: String, connection: String = "google", mode: Mode = .signIn, session: String? = nil,
        invitation: String? = nil, at now: Timestamp = Stores.now
    ) -> SignInTransaction {
        SignInTransaction(
            connection: connection, mode: mode, state: Secret(state), payload: ["nonce": .string("n-\(state)")],
            session: session, invitation: invitation, browser: Secret("browser"), createdAt: now,
            expiresAt: now + .seconds(600))
    }
}

extension TenantStore {
    func spent(
        _ state: String, connection: String = "google", modes: Set<SignInTransaction.Mode> = [.signIn, .link],
        browsers: [String] = ["another", "browser"], at now: Timestamp = Stores.now
    ) async throws -> SpendOutcome {
        try await spend(
            state: Secret(state), connection: connection, modes: modes, browsers: browsers.map { Secret($0) }, at: now)
    }
}

struct SignInTransactionTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    @Test func aTransactionIsSpentOnce() async throws {
        let (ada, _) = try await store.added()
        let session = try #require(try await store.signedIn(ada, token: "t")).id
        let invitation = try #require(try await store.invited("i")).id
        try await store.begin(.sample("s", mode: .link, session: session, invitation: invitation))
        let expected = SpentTransaction(
            connection: "google", mode: .link, payload: ["nonce": "n-s"], session: session, invitation: invitation,
            createdAt: now)
        #expect(try await store.spent("s") == .spent(expected))
        #expect(try await store.spent("s") == .replayed)
        #expect(try await store.spent("other") == .unknown)
    }

    @Test func ofTwoWhoSpendAtOnceOneDoes() async throws {
        try await store.begin(.sample("s"))
        let outcomes = try await atOnce(20) { [store] _ in try await store.spent("s") }
        #expect(outcomes.count { $0 == .replayed } == 19)
    }

    @Test func whatComesFromElsewhereSpendsItToo() async throws {
        for state in ["1", "2", "3", "4", "5"] { try await store.begin(.sample(state)) }
        try await store.begin(.sample("6", mode: .connect))
        #expect(try await store.spent("1", connection: "apple") == .otherConnection)
        #expect(try await store.spent("2", browsers: ["another"]) == .otherBrowser)
        #expect(try await store.spent("3", browsers: []) == .otherBrowser)
        #expect(try await store.spent("4", at: now + .seconds(600)) == .expired)
        #expect(try await store.spent("5", modes: [.connect]) == .otherConnection)
        #expect(try await store.spent("6") == .otherConnection)
        for state in ["1", "2", "3", "4", "5", "6"] { #expect(try await store.spent(state) == .replayed) }
    }

    @Test func nothingButTheHashStaysOfWhatIsSpent() async throws {
        let session = try #require(try await store.signedIn(try await store.added().person, token: "t")).id
        try await store.begin(.sample("s", mode: .link, session: session))
        _ = try await store.spent("s")
        await store.close()
        let rest = try stores.integers(
            stores.storePath(),
            """
            SELECT COUNT(*) FROM sign_in_transactions WHERE payload IS NULL AND session_id IS NULL
                AND invitation_id IS NULL AND browser_lookup IS NULL AND length(state_lookup) = 16
            """)
        #expect(rest == [1])
    }

    @Test func whatIsOverIsForgottenAsNewOnesCome() async throws {
        for state in ["spent", "open"] { try await store.begin(.sample(state)) }
        _ = try await store.spent("spent")
        let lapsed = now + .seconds(601)
        try await store.begin(.sample("x", at: lapsed))
        #expect(try await store.spent("spent", at: lapsed) == .unknown)
        let later = now + .seconds(4300)
        try await store.begin(.sample("y", at: later))
        #expect(try await store.spent("open", at: later) == .unknown)
    }

    @Test func ofTooManyTheOldestAreClosed() async throws {
        let limit = TenantStore.openTransactionLimit
        try await store.begin(.sample("old", at: now + .seconds(-400)))
        try await store.write { context in
            for number in 0..<limit - 1 {
                try context.connection.run(
                    """
                    INSERT INTO sign_in_transactions (id, state_lookup, connection, mode, payload, created_at, expires_at)
                    VALUES ($1, $2, 'google', 'sign_in', $2, 0, $3)
                    """,
                    [
                        .integer(Int64(number + 1)), .bytes(Array("\(number)".utf8)),
                        .integer((Stores.now + .seconds(300)).milliseconds),
                    ])
            }
        }
        for (second, state) in ["a", "b", "c"].enumerated() {
            try await store.begin(.sample(state, at: now + .seconds(second)))
        }
        #expect(try await open() == Int64(limit))
        #expect(try await store.spent("old") == .unknown)
        // One that is spent makes room.
        guard case .spent = try await store.spent("a") else {
            Issue.record("a newer one was closed")
            return
        }
        try await store.begin(.sample("d", at: now + .seconds(3)))
        #expect(try await open() == Int64(limit))
        for state in ["b", "c", "d"] {
            guard case .spent = try await store.spent(state) else {
                Issue.record("\(state) was closed")
                continue
            }
        }
    }

    private func open() async throws -> Int64? {
        try await store.read { context in
            try context.connection.first("SELECT COUNT(*) FROM sign_in_transactions WHERE spent_at IS NULL", []) {
                $0.integer(0)
            }
        }
    }
}
