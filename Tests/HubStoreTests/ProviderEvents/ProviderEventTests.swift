import AdapterKit
import Testing

@testable import HubStore

struct ProviderEventTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now
    private let account = IdentityAccount(.google())

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func apply(_ effects: ProviderEventEffect..., key: String = "jti") async throws -> ProviderEventResult {
        try await store.apply(effects, connection: "google", key: key, at: now)
    }

    /// A person with two identities, a session of each and a grant of the first.
    private func signedIn() async throws -> (person: PersonRecord, google: IdentityRecord, grant: GrantRecord) {
        let (person, identity) = try await store.added()
        let google = try #require(identity)
        guard case .linked(let apple) = try await store.link(.apple(), to: person.id, at: now) else {
            throw StoreError(.failed, "not linked")
        }
        try await store.signedIn(person, google, token: "google")
        try await store.signedIn(person, apple, token: "apple")
        let grant = try #require(try await store.keepGrant(.sample(.identity(google.id)), at: now)).kept
        return (person, google, grant)
    }

    @Test func anEventIsTakenOnce() async throws {
        let taken = try await atOnce(10) { [store] _ in
            try await store.apply([], connection: "google", key: "jti", at: Stores.now).isNew
        }
        #expect(taken.count { $0 } == 1)
        #expect(try await store.apply([], connection: "apple", key: "jti", at: now).isNew)
        await store.close()
        #expect(try await !stores.open().apply([], connection: "google", key: "jti", at: now).isNew)
    }

    @Test func aRepeatDoesNothing() async throws {
        let (person, google, _) = try await signedIn()
        let first = try await apply(.endSessions(account))
        #expect(first == ProviderEventResult(people: [person.id], endedSessions: 1))
        #expect(try await store.isSignedIn("apple"))
        try await store.signedIn(person, google, token: "new")
        #expect(try await apply(.endSessions(account)) == ProviderEventResult(isNew: false))
        #expect(try await store.isSignedIn("new"))
    }

    @Test func sessionsEndAndGrantsGoTogether() async throws {
        let (person, google, grant) = try await signedIn()
        let result = try await apply(.endSessions(account), .dropGrants(account))
        #expect(result == ProviderEventResult(people: [person.id], endedSessions: 1, revoke: [grant]))
        #expect(try await store.grant(.identity(google.id)) == nil)
        #expect(try await store.identities(of: person.id).count == 2)
    }

    @Test func anAccountIsDisabledAndEnabled() async throws {
        let (person, google, _) = try await signedIn()
        #expect(try await apply(.setDisabled(account, true)).endedSessions == 1)
        #expect(try await store.signedIn(person, google, token: "t") == nil)
        _ = try await apply(.setDisabled(account, false), .setEmailDeliverable(account, false), key: "2")
        #expect(try await store.signedIn(person, google, token: "t") != nil)
        #expect(try await store.identities(of: person.id).first?.isEmailDeliverable == false)
    }

    @Test func anUnlinkLeavesThePersonAndOtherCredentials() async throws {
        let (person, _, grant) = try await signedIn()
        let result = try await apply(.unlink(account, erasing: false))
        #expect(
            result == ProviderEventResult(people: [person.id], endedSessions: 1, unlinked: 1, revoke: [grant]))
        #expect(try await store.isSignedIn("apple"))
        #expect(try await store.person(id: person.id)?.name == "Ada Lovelace")
        // The last one goes, too: the person stays, without sessions.
        try await store.signedIn(person, token: "link")
        let last = try await apply(.unlink(IdentityAccount(.apple()), erasing: false), key: "2")
        #expect(last.endedSessions == 2 && last.unlinked == 1)
        #expect(try await store.person(id: person.id)?.state == .active)
        #expect(try await store.sessions(of: person.id, at: now).isEmpty)
        #expect(try await store.identities(of: person.id).isEmpty)
    }

    @Test func erasingTakesWhatTheProviderSaid() async throws {
        let (person, google) = try await store.added(.google(), name: "Ada")
        _ = try await store.updateProfile(of: person.id, PersonProfile(email: "ada@example.com"), saidBy: google?.id)
        _ = try await store.updateProfile(of: person.id, PersonProfile(phone: "+16505551234"), saidBy: nil)
        _ = try await apply(.unlink(account, erasing: true))
        let rest = try #require(try await store.person(id: person.id))
        #expect(rest.name == nil && rest.email == nil && rest.phone == "+16505551234")
    }

    @Test func grantsOfSystemsAreBrokenOrDropped() async throws {
        for system in ["archive", "backup"] {
            _ = try await store.keepGrant(.sample(.system(system)), at: now)
        }
        _ = try await store.keepGrant(.sample(.system("other"), subject: "9"), at: now)
        _ = try await apply(.breakSystemGrants(account, reason: "revoked"))
        #expect(
            try await store.grants(connection: "google").map(\.state) == [
                .broken(reason: "revoked"), .broken(reason: "revoked"), .active,
            ])
        let dropped = try await apply(.dropSystemGrant("archive"), .breakSystemGrant("other", reason: "x"), key: "2")
        #expect(dropped.revoke.map(\.owner) == [.system("archive")])
        #expect(try await store.grant(.system("other"))?.state == .broken(reason: "x"))
    }

    @Test func anAccountThatNobodyHasIsNoError() async throws {
        let nobody = IdentityAccount(.google("nobody"))
        let result = try await apply(
            .endSessions(nobody), .dropGrants(nobody), .setDisabled(nobody, true), .setEmailDeliverable(nobody, true),
            .unlink(nobody, erasing: true), .dropSystemGrant("x"), .breakSystemGrant("x", reason: "y"),
            .breakSystemGrants(nobody, reason: "y"), .detach(system: "x", externalID: "y"), .detachAll(system: "x"))
        #expect(result == ProviderEventResult())
    }

    @Test func theSameAccountOfAnotherTenantIsNotTouched() async throws {
        let other = stores.open("globex")
        let (person, identity) = try await other.added()
        try await other.signedIn(person, identity, token: "globex")
        _ = try await signedIn()
        #expect(try await apply(.unlink(account, erasing: true)).unlinked == 1)
        #expect(try await other.isSignedIn("globex"))
        #expect(try await other.identities(of: person.id).count == 1)
        #expect(try await other.apply([], connection: "google", key: "jti", at: now).isNew)
    }
}
