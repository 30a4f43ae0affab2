import AdapterKit
import Testing

@testable import HubStore

struct PersonTests {
    private let stores: Stores
    private let store: TenantStore

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    @Test func rolesAreOrderedByPower() {
        #expect(PersonRole.allCases.sorted() == [.viewer, .agent, .admin, .owner])
        #expect(PersonRole(rawValue: "Owner") == nil)
    }

    @Test func aPersonIsFoundByTheirIdAndByTheirAccountOnly() async throws {
        let (person, identity) = try await store.added()
        #expect(person.name == "Ada Lovelace" && person.role == .agent && person.state == .active)
        #expect(try await store.person(id: person.id) == person)
        let found = try #require(try await store.identity(issuer: "https://accounts.google.com", subject: "1001"))
        #expect(found.0 == person && found.1 == identity)
        #expect(found.1.label == "ada@example.com" && found.1.isEmailVerified && found.1.subject == "1001")
        for (issuer, subject) in [
            ("https://accounts.google.com", "ada@example.com"), ("https://accounts.google.com", "1002"),
            ("https://appleid.apple.com", "1001"), ("https://accounts.google.com1", "001"), ("", ""),
        ] {
            #expect(try await store.identity(issuer: issuer, subject: subject) == nil)
        }
    }

    @Test func whoSignsInWithAKnownAccountIsNotAddedAgain() async throws {
        _ = try await store.added()
        let again = try await store.addPerson(NewPerson(role: .owner), identity: .google(), at: Stores.now)
        #expect(again == .identityTaken)
        #expect(try await store.people(after: nil, limit: 10)?.elements.count == 1)
    }

    @Test func ofManyWhoAddOneAccountAtOnceOneDoes() async throws {
        let outcomes = try await atOnce(20) { [store] _ in
            try await store.addPerson(NewPerson(role: .agent), identity: .google(), at: Stores.now)
        }
        #expect(outcomes.count { $0 == .identityTaken } == 19)
        #expect(try await store.people(after: nil, limit: 100)?.elements.count == 1)
    }

    @Test func peopleArePagedTheNewestFirst() async throws {
        for number in 1...5 { _ = try await store.added(.google("\(number)"), name: "\(number)") }
        let first = try #require(try await store.people(after: nil, limit: 3))
        #expect(first.elements.map(\.name) == ["5", "4", "3"])
        let second = try #require(try await store.people(after: first.next, limit: 3))
        #expect(second.elements.map(\.name) == ["2", "1"] && second.next == nil)
        #expect(try await store.people(after: "per_junk", limit: 3) == nil)
    }

    @Test func theLastActiveOwnerIsKept() async throws {
        let (owner, _) = try await store.added(.google("1"), .owner)
        let (other, _) = try await store.added(.google("2"), .owner)
        #expect(try await store.setState(of: other.id, to: .suspended, at: Stores.now) != .lastOwner)
        #expect(try await store.setRole(of: owner.id, to: .admin, at: Stores.now) == .lastOwner)
        #expect(try await store.setState(of: owner.id, to: .suspended, at: Stores.now) == .lastOwner)
        #expect(try await store.removePerson(owner.id, at: Stores.now) == .lastOwner)
        #expect(try await store.person(id: owner.id) == owner)
        // A suspended owner is none that counts, and may go.
        #expect(try await store.setRole(of: other.id, to: .admin, at: Stores.now) != .lastOwner)
        #expect(try await store.removePerson(other.id, at: Stores.now) == .removed(revoke: []))
    }

    @Test func ofTwoOwnersWhoLeaveAtOnceOneStays() async throws {
        var owners: [String] = []
        for number in 0..<8 { owners.append(try await store.added(.google("\(number)"), .owner).person.id) }
        let outcomes = try await atOnce(8) { [store, owners] index in
            try await store.setRole(of: owners[index], to: .viewer, at: Stores.now)
        }
        #expect(outcomes.count { $0 == .lastOwner } == 1)
    }

    @Test func suspendingEndsSessionsAndInvitations() async throws {
        let (person, identity) = try await store.added(.google(), .admin)
        try await store.signedIn(person, identity, token: "t")
        let invitation = try #require(try await store.invited("i", by: person.id))
        guard case .done(let suspended) = try await store.setState(of: person.id, to: .suspended, at: Stores.now) else {
            Issue.record("not suspended")
            return
        }
        #expect(suspended.state == .suspended)
        #expect(try await !store.isSignedIn("t"))
        #expect(try await store.signedIn(person, identity, token: "u") == nil)
        #expect(try await store.invitation(id: invitation.id, at: Stores.now)?.state == .revoked)
        _ = try await store.setState(of: person.id, to: .active, at: Stores.now)
        #expect(try await !store.isSignedIn("t"))
        #expect(try await store.signedIn(person, identity, token: "v") != nil)
    }

    @Test func whoHasLessToSayHasNoOpenInvitations() async throws {
        let (person, _) = try await store.added(.google(), .admin)
        let first = try #require(try await store.invited("1", by: person.id))
        _ = try await store.setRole(of: person.id, to: .admin, at: Stores.now)
        #expect(try await store.invitation(id: first.id, at: Stores.now)?.state == .open)
        _ = try await store.setRole(of: person.id, to: .agent, at: Stores.now)
        #expect(try await store.invitation(id: first.id, at: Stores.now)?.state == .revoked)
    }

    @Test func nothingStaysOfWhoIsRemoved() async throws {
        let (person, identity) = try await store.added(.google(), .admin)
        _ = try await store.link(.apple(), to: person.id, at: Stores.now)
        try await store.signedIn(person, identity, token: "t")
        let owner = GrantOwner.identity(try #require(identity).id)
        let grant = try #require(try await store.keepGrant(.sample(owner), at: Stores.now)).kept
        let mine = try #require(try await store.invited("mine", for: person.id))
        _ = try await store.issueKey(name: "crm", scopes: ["x"], token: Secret("k"), by: person.id, at: Stores.now)
        #expect(try await store.removePerson(person.id, at: Stores.now) == .removed(revoke: [grant]))
        #expect(try await store.person(id: person.id) == nil)
        #expect(try await store.identity(issuer: "https://accounts.google.com", subject: "1001") == nil)
        #expect(try await !store.isSignedIn("t"))
        #expect(try await store.grant(owner) == nil)
        #expect(try await store.invitation(id: mine.id, at: Stores.now) == nil)
        // A key serves the tenant's systems, and goes on.
        #expect(try await store.key(token: Secret("k"))?.createdBy == .some(nil))
        #expect(try await store.removePerson(person.id, at: Stores.now) == .unknown)
        await store.close()
        for table in ["people", "person_identities", "sessions", "grants", "invitations"] {
            #expect(try stores.integers(stores.storePath(), "SELECT COUNT(*) FROM \(table)") == [0], "\(table)")
        }
    }

    @Test func aProviderFillsWhatIsMissingAndChangesOnlyItsOwnWords() async throws {
        let (person, google) = try await store.added(.google(), name: nil)
        let linked = try await store.link(.apple(), to: person.id, at: Stores.now)
        guard case .linked(let apple) = linked else {
            Issue.record("not linked: \(linked)")
            return
        }
        func said(_ by: String?, name: String? = nil, email: String? = nil) async throws -> PersonRecord? {
            try await store.updateProfile(of: person.id, PersonProfile(name: name, email: email), saidBy: by)
        }
        #expect(try await said(google?.id, name: "Ada")?.name == "Ada")
        #expect(try await said(apple.id, name: "Somebody", email: "relay@example.com")?.name == "Ada")
        #expect(try await said(google?.id, name: "Ada L.", email: "ada@example.com")?.name == "Ada L.")
        #expect(try await store.person(id: person.id)?.email == "relay@example.com")
        // What is not said stays, and so does what a person wrote.
        #expect(try await said(google?.id, name: "")?.name == "Ada L.")
        #expect(try await said(nil, name: "Countess")?.name == "Countess")
        #expect(try await said(google?.id, name: "Ada")?.name == "Countess")
        // Somebody else's identity says nothing of this person.
        let (_, foreign) = try await store.added(.google("2"))
        #expect(try await said(foreign?.id, name: "X") == nil)
        #expect(try await said("idn_junk", name: "X") == nil)
    }
}
