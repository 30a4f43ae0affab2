import AdapterKit
import Testing

@testable import HubStore

/// What is one tenant's is nothing at another, down to the ids.
struct IdentityIsolationTests {
    private let stores: Stores
    private let acme: TenantStore
    private let globex: TenantStore
    private let now = Stores.now

    init() throws {
        stores = try Stores()
        acme = stores.open()
        globex = stores.open("globex")
    }

    @Test func idsOfAnotherTenantAreUnknown() async throws {
        let (person, linked) = try await acme.added()
        let identity = try #require(linked)
        _ = try await acme.link(.apple(), to: person.id, at: now)
        let session = try #require(try await acme.signedIn(person, identity, token: "session"))
        let invitation = try #require(try await acme.invited("invitation")).id
        let key = try #require(
            try await acme.issueKey(name: "crm", scopes: [], token: Secret("key"), by: person.id, at: now))
        let grant = try #require(try await acme.keepGrant(.sample(.identity(identity.id)), at: now)).kept
        try await acme.appendAudit(AuditEvent(kind: "x", occurredAt: now))
        try await acme.appendAudit(AuditEvent(kind: "y", occurredAt: now))
        // So that the other tenant has rows of the same numbers.
        _ = try await globex.added()

        #expect(try await globex.person(id: person.id) == nil)
        #expect(try await globex.setRole(of: person.id, to: .viewer, at: now) == .unknown)
        #expect(try await globex.setState(of: person.id, to: .suspended, at: now) == .unknown)
        #expect(try await globex.removePerson(person.id, at: now) == .unknown)
        #expect(try await globex.updateProfile(of: person.id, PersonProfile(name: "X"), saidBy: nil) == nil)
        #expect(try await globex.identities(of: person.id).isEmpty)
        #expect(try await globex.link(.apple(), to: person.id, at: now) == .unknown)
        #expect(try await globex.unlink(identity.id, of: person.id) == .unknown)
        #expect(try await globex.signedIn(person, token: "x") == nil)
        #expect(try await globex.session(id: session.id, at: now) == nil)
        #expect(try await globex.sessions(of: person.id, at: now).isEmpty)
        #expect(try await !globex.endSession(session.id, of: person.id))
        #expect(try await globex.endSessions(of: person.id) == 0)
        #expect(try await globex.endSessions(ofIdentity: identity.id) == 0)
        #expect(try await globex.invitation(id: invitation, at: now) == nil)
        #expect(try await !globex.revokeInvitation(invitation, at: now))
        let accepted = try await globex.addPerson(
            NewPerson(role: .agent), identity: .apple(), invitation: invitation, at: now)
        #expect(accepted == .invitationRefused(.unknown))
        #expect(try await !globex.revokeKey(key.id, at: now))
        #expect(try await globex.issueKey(name: "x", scopes: [], token: Secret("x"), by: person.id, at: now) == nil)
        #expect(try await globex.grant(grant.owner) == nil)
        #expect(try await globex.dropGrant(grant.owner) == nil)
        #expect(try await globex.beginRefresh(grant.owner, at: now) == nil)
        #expect(try await globex.people(after: person.id, limit: 9) == nil)
        #expect(try await globex.invitations(after: invitation, limit: 9, at: now) == nil)
        let audit = try #require(try await acme.auditEntries(after: nil, limit: 1)?.next)
        #expect(try await globex.auditEntries(after: audit, limit: 9) == nil)
        #expect(try await acme.session(token: Secret("session"), at: now)?.0 == acme.person(id: person.id))
    }

    @Test func tokensOfAnotherTenantAreUnknown() async throws {
        let (person, _) = try await acme.added()
        try await acme.signedIn(person, token: "token")
        _ = try await acme.invited("token")
        _ = try await acme.issueKey(name: "crm", scopes: [], token: Secret("token"), by: person.id, at: now)
        try await acme.begin(.sample("token"))
        _ = try await globex.added()
        #expect(try await !globex.isSignedIn("token"))
        #expect(try await !globex.endSession(token: Secret("token")))
        #expect(try await globex.invitation(token: Secret("token"), at: now) == nil)
        #expect(try await globex.key(token: Secret("token")) == nil)
        #expect(try await globex.spent("token") == .unknown)
    }

    @Test func anAccountIsAnotherPersonAtAnotherTenant() async throws {
        let here = try await acme.added().person
        let there = try await globex.added(.google(), .owner).person
        #expect(here.id != there.id)
        #expect(try await acme.identity(issuer: "https://accounts.google.com", subject: "1001")?.0 == here)
        _ = try await acme.removePerson(here.id, at: now)
        #expect(try await globex.identity(issuer: "https://accounts.google.com", subject: "1001")?.0 == there)
        await acme.close()
        await globex.close()
        let lookups = try stores.bytes(stores.storePath("globex"), "SELECT lookup FROM person_identities")
        #expect(lookups.count == 1)
        #expect(lookups.first?.count == 16)
    }
}
