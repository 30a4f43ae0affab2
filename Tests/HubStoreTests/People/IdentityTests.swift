import AdapterKit
import Testing

@testable import HubStore

struct IdentityTests {
    private let stores: Stores
    private let store: TenantStore

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func linked(_ identity: NewIdentity, _ person: PersonRecord) async throws -> IdentityRecord {
        let outcome = try await store.link(identity, to: person.id, at: Stores.now)
        guard case .linked(let record) = outcome else {
            Issue.record("not linked: \(outcome)")
            throw StoreError(.failed, "not linked")
        }
        return record
    }

    @Test func anAccountIsOnePersons() async throws {
        let (ada, _) = try await store.added()
        let (grace, _) = try await store.added(.google("2"))
        let apple = try await linked(.apple(), ada)
        #expect(try await store.link(.apple(), to: ada.id, at: Stores.now) == .alreadyTheirs(apple))
        #expect(try await store.link(.apple(), to: grace.id, at: Stores.now) == .takenBySomeoneElse)
        #expect(try await store.link(.apple("9"), to: "per_junk", at: Stores.now) == .unknown)
        #expect(try await store.identities(of: ada.id).map(\.connection) == ["google", "apple"])
        #expect(try await store.identities(of: grace.id).count == 1)
    }

    @Test func theSameSubjectAtTwoIssuersIsTwoAccounts() async throws {
        let (ada, _) = try await store.added(.google("7"))
        let (grace, _) = try await store.added(.apple("7"))
        #expect(ada.id != grace.id)
        #expect(try await store.identity(issuer: "https://appleid.apple.com", subject: "7")?.0 == grace)
    }

    @Test func theLastCredentialStays() async throws {
        let (ada, google) = try await store.added()
        let id = try #require(google).id
        #expect(try await store.unlink(id, of: ada.id) == .lastCredential)
        let apple = try await linked(.apple(), ada)
        // One that lets nobody in does not count.
        try await store.told(.setDisabled(IdentityAccount(.apple()), true))
        #expect(try await store.unlink(id, of: ada.id) == .lastCredential)
        #expect(try await store.unlink(apple.id, of: ada.id) == .unlinked(revoke: []))
        _ = try await linked(.apple(), ada)
        #expect(try await store.unlink(id, of: ada.id) == .unlinked(revoke: []))
        #expect(try await store.unlink(id, of: ada.id) == .unknown)
    }

    @Test func ofTwoThatGoAtOnceOneStays() async throws {
        let (ada, google) = try await store.added()
        let ids = [try #require(google).id, try await linked(.apple(), ada).id]
        let outcomes = try await atOnce(2) { [store] index in try await store.unlink(ids[index], of: ada.id) }
        #expect(outcomes.count { $0 == .lastCredential } == 1)
        #expect(try await store.identities(of: ada.id).count == 1)
    }

    @Test func anIdentityGoesWithItsGrantsAndSessions() async throws {
        let (ada, google) = try await store.added()
        let apple = try await linked(.apple(), ada)
        let id = try #require(google).id
        let here = try #require(try await store.signedIn(ada, google, token: "here"))
        try await store.signedIn(ada, google, token: "there")
        try await store.signedIn(ada, apple, token: "apple")
        let grant = try #require(try await store.keepGrant(.sample(.identity(id)), at: Stores.now)).kept
        #expect(try await store.unlink(id, of: ada.id, keeping: here.id) == .unlinked(revoke: [grant]))
        #expect(try await store.isSignedIn("here"))
        #expect(try await !store.isSignedIn("there"))
        #expect(try await store.isSignedIn("apple"))
        #expect(try await store.sessions(of: ada.id, at: Stores.now).map(\.identityID) == [apple.id, nil])
        #expect(try await store.grant(.identity(id)) == nil)
    }

    @Test func nobodyUnlinksSomebodyElses() async throws {
        let (ada, _) = try await store.added()
        let (grace, identity) = try await store.added(.google("2"))
        _ = try await linked(.apple(), grace)
        #expect(try await store.unlink(try #require(identity).id, of: ada.id) == .unknown)
        #expect(try await store.identities(of: grace.id).count == 2)
    }

    @Test func whatAProviderDisablesStartsNoSession() async throws {
        let (ada, google) = try await store.added()
        let id = try #require(google).id
        try await store.signedIn(ada, google, token: "t")
        try await store.told(.setDisabled(IdentityAccount(.google()), true))
        #expect(try await !store.isSignedIn("t"))
        #expect(try await store.signedIn(ada, google, token: "u") == nil)
        try await store.told(.setDisabled(IdentityAccount(.google()), false))
        #expect(try await store.signedIn(ada, google, token: "v") != nil)
    }

    @Test func whatAProviderShowsIsBroughtUpToDate() async throws {
        let (ada, google) = try await store.added()
        let id = try #require(google).id
        #expect(try await store.updateIdentity(id, label: "new@example.com", isEmailVerified: false))
        try await store.told(.setEmailDeliverable(IdentityAccount(.google()), false))
        let changed = try #require(try await store.identities(of: ada.id).first)
        #expect(changed.label == "new@example.com" && !changed.isEmailVerified && !changed.isEmailDeliverable)
        #expect(try await store.updateIdentity(id, label: nil, isEmailVerified: true))
        #expect(try await store.identities(of: ada.id).first?.label == "new@example.com")
    }
}

extension TenantStore {
    /// An event of a provider with one effect.
    fileprivate func told(_ effect: ProviderEventEffect) async throws {
        _ = try await apply([effect], connection: "provider", key: "\(effect)", at: Stores.now)
    }
}
