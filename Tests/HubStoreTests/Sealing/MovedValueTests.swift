import AdapterKit
import Testing

@testable import HubStore

extension NewContactRecord {
    static func sample(_ contact: String, _ id: String = "customer-770123") -> NewContactRecord {
        NewContactRecord(
            contact: contact, system: "shop", externalID: id, email: "quillon@zanzibar.example",
            data: ["order": "Zanzibar"])
    }
}

/// What is sealed of people and grants opens nowhere but in its row and column.
struct MovedValueTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    /// Two rows in each table.
    private func fill() async throws {
        for number in 1...2 {
            let identity = NewIdentity.google("\(number)", label: "\(number)@example.com")
            let new = NewPerson(role: .owner, name: "Ada \(number)", email: "e\(number)", phone: "p\(number)")
            guard case .added(let person, let linked?) = try await store.addPerson(new, identity: identity, at: now)
            else { return }
            try await store.signedIn(person, linked, token: "\(number)")
            _ = try await store.invited("\(number)")
            _ = try await store.issueKey(
                name: "key \(number)", scopes: [], token: Secret("\(number)"), by: person.id, at: now)
            try await store.begin(.sample("\(number)"))
            _ = try await store.keepGrant(
                .sample(.system("\(number)"), number: number, subject: "\(number)"), at: now)
            _ = try await store.requestDeletion(
                of: IdentityAccount(issuer: "x", subject: "\(number)"), connection: "facebook", issuedAt: now,
                code: "code\(number)", at: now)
            try await store.ingest(
                [.message(.text("\(number)", from: [ContactIdentity(.phone, "+16505551234")]))], channel: "support",
                at: now)
            let contact = try #require(try await store.contact(byPhone: "+16505551234"))
            try await store.attach(.sample(contact.id, "\(number)"), at: now)
        }
    }

    /// Reads all that is sealed in the tables of version 3.
    private func readAll(_ store: TenantStore) async throws {
        for person in try #require(try await store.people(after: nil, limit: 9)).elements {
            _ = try await store.identities(of: person.id)
            _ = try await store.sessions(of: person.id, at: now)
        }
        _ = try await store.invitations(after: nil, limit: 9, at: now)
        _ = try await store.keys()
        _ = try await store.grants(connection: "google")
        for number in 1...2 { _ = try await store.deletionRequest(code: "code\(number)") }
        let contact = try #require(try await store.contact(byPhone: "+16505551234"))
        _ = try await store.records(of: contact.id)
        _ = try await store.spent("1")
        _ = try await store.spent("2")
    }

    @Test func whatStaysInItsPlaceOpens() async throws {
        try await fill()
        try await readAll(store)
    }

    @Test(
        arguments: [
            ("people", "name"), ("people", "email"), ("people", "phone"), ("person_identities", "subject"),
            ("person_identities", "label"), ("sessions", "label"), ("invitations", "name"),
            ("invitations", "email"), ("api_keys", "name"),
            ("deletion_requests", "code"), ("contact_records", "external_id"), ("contact_records", "data"),
        ])
    func aValueOfAnotherRowDoesNotOpen(table: String, column: String) async throws {
        try await fill()
        await store.close()
        try stores.tamper(
            stores.storePath(), "UPDATE \(table) SET \(column) = (SELECT \(column) FROM \(table) ORDER BY id LIMIT 1)")
        let error = await #expect(throws: StoreError.self) { try await readAll(store) }
        #expect(error?.code == .unsealable)
        #expect(error?.message.contains("\(table).\(column)") == true)
    }

    /// What can be mended by a person is not an error: the grant has to be connected again.
    @Test(
        "Row 106: a grant with a value of another row or column is of no use",
        arguments: [
            "subject = (SELECT subject FROM grants ORDER BY id LIMIT 1)",
            "label = (SELECT label FROM grants ORDER BY id LIMIT 1)",
            "access_token = (SELECT access_token FROM grants ORDER BY id LIMIT 1)",
            "refresh_token = (SELECT refresh_token FROM grants ORDER BY id LIMIT 1)", "access_token = refresh_token",
        ])
    func aGrantThatDoesNotOpen(change: String) async throws {
        try await fill()
        await store.close()
        try stores.tamper(
            stores.storePath(),
            "UPDATE grants SET \(change) WHERE id = (SELECT id FROM grants ORDER BY id DESC LIMIT 1)")
        let grant = try #require(try await store.grant(.system("2")))
        #expect(grant.state == .broken(reason: "unreadable"))
        #expect(grant.subject == nil && grant.label == nil && grant.accessToken == nil && grant.refreshToken == nil)
        #expect(try await store.beginRefresh(.system("2"), at: now) == nil)
        #expect(try await store.grant(.system("1"))?.state == .active)
        try await store.keepGrant(.sample(.system("2"), number: 3, subject: "2"), at: now)
        #expect(try await store.grant(.system("2"))?.state == .active)
    }

    @Test func theMemoryOfASignInThatDoesNotOpenIsSpent() async throws {
        try await fill()
        await store.close()
        try stores.tamper(
            stores.storePath(),
            "UPDATE sign_in_transactions SET payload = (SELECT payload FROM sign_in_transactions ORDER BY id LIMIT 1)")
        guard case .spent(let transaction) = try await store.spent("2") else {
            Issue.record("not spent")
            return
        }
        #expect(transaction.payload == .null)
        #expect(try await store.spent("2") == .replayed)
    }

    @Test(arguments: [
        "UPDATE people SET name = email",
        "UPDATE person_identities SET label = subject",
        "UPDATE people SET name = (SELECT name FROM api_keys LIMIT 1)",
    ])
    func aValueOfAnotherColumnDoesNotOpen(sql: String) async throws {
        try await fill()
        await store.close()
        try stores.tamper(stores.storePath(), sql)
        let error = await #expect(throws: StoreError.self) { try await readAll(store) }
        #expect(error?.code == .unsealable)
    }

    @Test func everySealedColumnOfPeopleIsInTheTable() {
        let tables = [
            "people", "person_identities", "sessions", "sign_in_transactions", "invitations", "api_keys", "grants",
            "deletion_requests", "contact_records",
        ]
        let columns = SealedColumn.allCases.filter { column in
            tables.contains { column.rawValue.hasPrefix("\($0)|") }
        }
        #expect(columns.count == 17)
    }
}
