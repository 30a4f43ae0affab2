import AdapterKit
import Foundation
import Testing

@testable import HubStore

struct PlaintextTests {
    private let planted = [
        "Quillon Vexmore", "Quillon", "16507770123", "US.7770123777", "wamid.HBgLMTY1MDc3NzAxMjM", "the parcel is lost",
        "our secret answer", "order-key-4711", "personal detail", "Zanzibar", "zanzibar", "subject-770123",
        "Firefox on Linux", "planted-",
    ]

    /// Writes everything that a tenant can say once.
    private func fill(_ store: TenantStore) async throws {
        let sender = [ContactIdentity(.whatsappUserID, "US.7770123777"), ContactIdentity(.phone, "+16507770123")]
        let id = "wamid.HBgLMTY1MDc3NzAxMjM"
        let order = InboundMessage(
            providerID: id + "2", sender: sender, profileName: "Quillon Vexmore",
            content: .unsupported(.init(type: "order")),
            sentAt: Stores.now, raw: ["from": "16507770123", "order": "Zanzibar"])
        try await store.ingest(
            [
                .message(.text(id, from: sender, name: "Quillon Vexmore", body: "the parcel is lost")), .message(order),
                .status(.of(id + "3", .sent)),
                .notice(AccountNotice(kind: "account_update", occurredAt: Stores.now, raw: ["city": "Zanzibar"])),
            ], channel: "support", at: Stores.now)
        let failure = FailureReason(code: "131026", title: "Undeliverable", detail: "personal detail of 16507770123")
        _ = try await store.enqueue(
            .text("our secret answer", to: "+16507770123", key: "order-key-4711"), at: Stores.now)
        let leased = try #require(try await store.lease(channel: "support", limit: 1, at: Stores.now).first)
        try await store.settle(leased, .accepted(Acceptance(providerID: id + "3")), at: Stores.now)
        try await store.ingest(
            [.status(.of(id + "3", .failed, failure: failure))], channel: "support", at: Stores.now)
    }

    /// Writes everything that sign-in keeps, each secret under a name that starts with `planted-`.
    private func fillPeople(_ store: TenantStore) async throws {
        let invitation = try #require(
            try await store.invite(
                NewInvitation(
                    role: .owner, name: "Quillon Vexmore", email: "quillon@zanzibar.example",
                    token: Secret("planted-invitation"), expiresAt: Stores.now + .seconds(60)), at: Stores.now))
        let identity = NewIdentity(
            connection: "google", issuer: "https://accounts.google.com", subject: "subject-770123",
            label: "quillon@zanzibar.example", isEmailVerified: true)
        let new = NewPerson(
            role: .owner, name: "Quillon Vexmore", email: "quillon@zanzibar.example", phone: "+16507770123")
        guard case .added(let person, let linked) = try await store.addPerson(new, identity: identity, at: Stores.now)
        else { return }
        try await store.signedIn(person, linked, token: "planted-session")
        _ = try await store.issueKey(
            name: "planted-key-name", scopes: ["messages.send"], token: Secret("planted-key"), by: person.id,
            at: Stores.now)
        let transaction = SignInTransaction(
            connection: "google", mode: .signIn, state: Secret("planted-state"),
            payload: ["verifier": "planted-verifier", "nonce": "planted-nonce"], invitation: invitation.id,
            browser: Secret("planted-browser"), createdAt: Stores.now, expiresAt: Stores.now + .seconds(600))
        try await store.begin(transaction)
        let tokens = GrantTokens(
            accessToken: Secret("planted-access"), refreshToken: Secret("planted-refresh"), accessExpiresAt: nil)
        let grant = NewGrant(
            owner: .system("archive"), connection: "google", issuer: "https://accounts.google.com",
            subject: "subject-770123", label: "quillon@zanzibar.example", tokens: tokens, rotates: true)
        _ = try await store.keepGrant(grant, at: Stores.now)
        let ticket = try #require(try await store.beginRefresh(.system("archive"), at: Stores.now))
        _ = try await store.completeRefresh(ticket, tokens, at: Stores.now)
        _ = try await store.requestDeletion(
            of: IdentityAccount(issuer: "https://www.facebook.com", subject: "subject-7701234"), connection: "facebook",
            issuedAt: Stores.now, code: "planted-code", at: Stores.now)
        _ = try await store.apply([], connection: "google", key: "planted-jti", at: Stores.now).isNew
        let contact = try #require(try await store.contact(byPhone: "+16507770123"))
        try await store.attach(.sample(contact.id, "planted-customer"), at: Stores.now)
        try await store.tell(
            OrderUpdate(contact: contact.id, system: "shop", order: ["city": "Zanzibar"], occurredAt: Stores.now))
        // What is gone must not stay in a free page either.
        _ = try await store.spend(
            state: Secret("planted-state"), connection: "google", modes: [.signIn],
            browsers: [Secret("planted-browser")],
            at: Stores.now)
        _ = try await store.dropGrant(.system("archive"))
    }

    private func found(in folder: TemporaryFolder) throws -> [String] {
        try folder.files.flatMap { path in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let forms = planted + planted.map { Data($0.utf8).base64EncodedString() }
            return forms.filter { bytes.range(of: Data($0.utf8)) != nil }.map { "\($0) in \(path)" }
        }
    }

    @Test func nothingOfAPersonIsInAnyByteOfTheData() async throws {
        let stores = try Stores()
        let store = stores.open()
        try await fill(store)
        try await fillPeople(store)
        let quarantine = try Quarantine(data: stores.folder.path, masterKey: stores.masterKey)
        try await quarantine.add(
            endpoint: "apps/meta-main", reason: "no channel has this account",
            body: Array("Quillon Vexmore 16507770123".utf8), at: Stores.now)
        #expect(stores.folder.files.contains { $0.hasSuffix("store.sqlite-wal") })
        #expect(try found(in: stores.folder) == [])
        await store.close()
        await quarantine.close()
        #expect(!stores.folder.files.contains { $0.hasSuffix("store.sqlite-wal") })
        #expect(try found(in: stores.folder) == [])
    }

    @Test func theSearchFindsWhatIsInAFile() throws {
        let folder = try TemporaryFolder()
        try Data("..16507770123..".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/x"))
        #expect(try found(in: folder).count == 1)
    }
}
