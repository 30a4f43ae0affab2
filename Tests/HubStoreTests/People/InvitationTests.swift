import AdapterKit
import Testing

@testable import HubStore

extension TenantStore {
    func invited(
        _ token: String, _ role: PersonRole = .agent, by inviter: String? = nil, for person: String? = nil
    ) async throws -> InvitationRecord? {
        try await invite(
            NewInvitation(
                role: role, name: "Ada Lovelace", email: "ada@example.com", invitedBy: inviter, person: person,
                token: Secret(token), expiresAt: Stores.now + .seconds(3600)), at: Stores.now)
    }
}

struct InvitationTests {
    private let stores: Stores
    private let store: TenantStore

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func accept(_ invitation: String, _ subject: String = "1001", at now: Timestamp = Stores.now) async throws
        -> AddPersonOutcome
    {
        try await store.addPerson(
            NewPerson(role: .owner, name: "Ada"), identity: .google(subject), invitation: invitation, at: now)
    }

    @Test func whoAcceptsHasTheRoleOfTheInvitation() async throws {
        let invitation = try #require(try await store.invited("token", .viewer))
        #expect(try await store.invitation(token: Secret("token"), at: Stores.now) == invitation)
        #expect(invitation.name == "Ada Lovelace" && invitation.email == "ada@example.com")
        guard case .added(let person, let identity?) = try await accept(invitation.id) else {
            Issue.record("not added")
            return
        }
        #expect(person.role == .viewer && identity.personID == person.id)
        let used = try #require(try await store.invitation(token: Secret("token"), at: Stores.now))
        #expect(used.state == .accepted && used.name == nil && used.email == nil)
    }

    @Test func ofTwoWhoAcceptOneInvitationOneDoes() async throws {
        let invitation = try #require(try await store.invited("token")).id
        let outcomes = try await atOnce(10) { [self] index in try await accept(invitation, "\(index)") }
        #expect(outcomes.count { $0 == .invitationRefused(.used) } == 9)
        #expect(try await store.people(after: nil, limit: 100)?.elements.count == 1)
    }

    @Test func anInvitationIsRefusedForItsReason() async throws {
        let lapsed = try #require(try await store.invited("1")).id
        let revoked = try #require(try await store.invited("2")).id
        #expect(try await store.revokeInvitation(revoked, at: Stores.now))
        #expect(try await !store.revokeInvitation(revoked, at: Stores.now))
        let (person, _) = try await store.added(.apple())
        let forPerson = try #require(try await store.invited("3", for: person.id)).id
        let later = Stores.now + .seconds(3600)
        #expect(try await accept(lapsed, at: later) == .invitationRefused(.expired))
        #expect(try await accept(revoked) == .invitationRefused(.revoked))
        #expect(try await accept(forPerson) == .invitationRefused(.forSomeoneElse))
        #expect(try await accept("inv_junk") == .invitationRefused(.unknown))
        #expect(try await store.identity(issuer: "https://accounts.google.com", subject: "1001") == nil)
        let states = try await store.invitations(after: nil, limit: 10, at: later)?.elements.map(\.state)
        #expect(states == [.expired, .revoked, .expired])
        #expect(try await store.invitation(token: Secret("4"), at: Stores.now) == nil)
    }

    @Test func anAccountThatIsSomebodysLeavesTheInvitationOpen() async throws {
        _ = try await store.added()
        let invitation = try #require(try await store.invited("token")).id
        #expect(try await accept(invitation) == .identityTaken)
        #expect(try await store.invitation(id: invitation, at: Stores.now)?.state == .open)
    }

    @Test func whoLostAllCredentialsGetsBackIn() async throws {
        let (person, _) = try await store.added(nil, .admin)
        let (other, _) = try await store.added(.apple())
        let invitation = try #require(try await store.invited("token", .viewer, for: person.id)).id
        #expect(
            try await store.link(.google(), to: other.id, invitation: invitation, at: Stores.now)
                == .invitationRefused(.forSomeoneElse))
        guard
            case .linked(let identity) = try await store.link(
                .google(), to: person.id, invitation: invitation, at: Stores.now)
        else {
            Issue.record("not linked")
            return
        }
        #expect(identity.personID == person.id)
        // The role is the one that they had.
        #expect(try await store.person(id: person.id)?.role == .admin)
        #expect(
            try await store.link(.google("2"), to: person.id, invitation: invitation, at: Stores.now)
                == .invitationRefused(.used))
    }

    @Test func anInvitationNamesPeopleWhoAreThere() async throws {
        let (person, _) = try await store.added()
        let elsewhere = try await stores.open("globex").added().person.id
        #expect(try await store.invited("1", by: elsewhere) == nil)
        #expect(try await store.invited("2", for: elsewhere) == nil)
        #expect(try await store.invited("3", by: person.id)?.invitedBy == person.id)
    }

    @Test func namesOfWhoNeverCameAreForgotten() async throws {
        let first = try #require(try await store.invited("1"))
        let later = Stores.now + .seconds(8 * 86_400)
        let second = NewInvitation(role: .agent, token: Secret("2"), expiresAt: later + .seconds(60))
        _ = try await store.invite(second, at: later)
        #expect(try await store.invitation(id: first.id, at: later) == nil)
        #expect(try await store.invitations(after: nil, limit: 10, at: later)?.elements.count == 1)
    }
}
