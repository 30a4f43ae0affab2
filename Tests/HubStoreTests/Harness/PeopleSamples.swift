import AdapterKit
import Testing

@testable import HubStore

extension NewIdentity {
    static func google(_ subject: String = "1001", label: String? = "ada@example.com") -> NewIdentity {
        NewIdentity(
            connection: "google", issuer: "https://accounts.google.com", subject: subject, label: label,
            isEmailVerified: true)
    }

    static func apple(_ subject: String = "000123.abc") -> NewIdentity {
        NewIdentity(connection: "apple", issuer: "https://appleid.apple.com", subject: subject, label: nil)
    }
}

extension IdentityAccount {
    init(_ identity: NewIdentity) { self.init(issuer: identity.issuer, subject: identity.subject) }
}

extension GrantTokens {
    static func sample(_ number: Int = 1, refresh: Bool = true) -> GrantTokens {
        GrantTokens(
            accessToken: Secret("access-\(number)"), refreshToken: refresh ? Secret("refresh-\(number)") : nil,
            accessExpiresAt: Stores.now + .seconds(3600), scopes: ["drive.file"])
    }
}

extension NewGrant {
    static func sample(
        _ owner: GrantOwner, number: Int = 1, subject: String = "1001", refresh: Bool = true, rotates: Bool = true
    ) -> NewGrant {
        NewGrant(
            owner: owner, connection: "google", issuer: "https://accounts.google.com", subject: subject,
            label: "ada@example.com", tokens: .sample(number, refresh: refresh), rotates: rotates)
    }
}

extension TenantStore {
    /// Adds a person who signs in with an account.
    func added(_ identity: NewIdentity? = .google(), _ role: PersonRole = .agent, name: String? = "Ada Lovelace")
        async throws -> (person: PersonRecord, identity: IdentityRecord?)
    {
        let outcome = try await addPerson(NewPerson(role: role, name: name), identity: identity, at: Stores.now)
        guard case .added(let person, let linked) = outcome else {
            Issue.record("not added: \(outcome)")
            throw StoreError(.failed, "not added")
        }
        return (person, linked)
    }

    /// Signs a person in, idle after an hour and over after a day.
    @discardableResult
    func signedIn(
        _ person: PersonRecord, _ identity: IdentityRecord? = nil, token: String, replacing: String? = nil,
        at now: Timestamp = Stores.now
    ) async throws -> SessionRecord? {
        try await createSession(
            NewSession(
                person: person.id, identity: identity?.id, connection: "google", token: Secret(token),
                label: "Firefox on Linux", idle: .seconds(3600), absolute: .seconds(86_400),
                replacing: replacing.map { Secret($0) }), at: now)
    }

    /// Whether a token is of a session that goes on.
    func isSignedIn(_ token: String, at now: Timestamp = Stores.now) async throws -> Bool {
        try await session(token: Secret(token), at: now, touch: false) != nil
    }
}

/// Does the same `count` times at once and gives what came of each.
func atOnce<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value) async throws
    -> [Value]
{
    try await withThrowingTaskGroup(of: Value.self) { group in
        for index in 0..<count { group.addTask { try await body(index) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
