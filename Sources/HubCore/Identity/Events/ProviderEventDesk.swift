import AdapterKit
import Crypto
import HubStore

/// Does what an event of a provider says, in one tenant: once, and in one transaction.
struct ProviderEventDesk: Sendable {
    let tenant: Tenant
    let connection: Connection
    let origin: PublicOrigin

    /// - Returns: What the provider wants to read, if it does.
    func act(on event: ProviderEvent) async throws -> JSON? {
        if case .erasureRequested = event.kind { return try await erase(event) }
        let result = try await tenant.store.apply(
            try await effects(of: event), connection: key, key: event.id, at: tenant.clock.now)
        if result.isNew { try await tenant.audit(event, connection.name, people: result.people) }
        return nil
    }

    /// The business system, where the event is of one: a way to sign in may have the name of a system, and is none.
    private var system: String? { connection.manifest.kind == .system ? connection.name : nil }
    private var key: String { "\(connection.manifest.kind.rawValue) \(connection.name)" }

    private func effects(of event: ProviderEvent) async throws -> [ProviderEventEffect] {
        let account = event.account
        switch event.kind {
        case .sessionsRevoked: return account.map { [.endSessions($0)] } ?? []
        case .tokensRevoked:
            return account.map {
                [.endSessions($0), .dropGrants($0), .breakSystemGrants($0, reason: "tokens_revoked")]
            } ?? []
        case .tokenRevoked(let digest): return try await effects(of: digest)
        case .accountDisabled: return account.map { [.setDisabled($0, true)] } ?? []
        case .accountEnabled: return account.map { [.setDisabled($0, false)] } ?? []
        case .consentRevoked:
            return account.map {
                [.unlink($0, erasing: false), .breakSystemGrants($0, reason: "consent_revoked")]
            } ?? []
        case .accountDeleted:
            return account.map {
                [.unlink($0, erasing: true), .breakSystemGrants($0, reason: "account_deleted")]
            } ?? []
        case .emailDeliverable(let isDeliverable):
            return account.map { [.setEmailDeliverable($0, isDeliverable)] } ?? []
        case .customerErasureRequested(let customer):
            guard let system else { return [] }
            return ([customer.id] + customer.orders).map { .detach(system: system, externalID: $0) }
        case .shopErasureRequested:
            guard let system else { return [] }
            if let grant = try await tenant.store.grant(.system(system)), !Self.isLeft(grant, before: event) {
                return []
            }
            return [.detachAll(system: system), .dropSystemGrant(system)]
        case .uninstalled: return system.map { [.breakSystemGrant($0, reason: Self.uninstalled)] } ?? []
        case .order(let order): return try await effects(of: order, at: event.occurredAt)
        case .erasureRequested, .customerDataRequested, .verification, .unknown: return []
        }
    }

    /// Whether a grant is of a shop that has gone. A shop's erasure is asked for two days after the app was removed: what
    /// was connected since then is of a shop that came back, and nothing of it may go. That it was removed may not have
    /// been told.
    private static func isLeft(_ grant: GrantRecord, before event: ProviderEvent) -> Bool {
        if case .broken(uninstalled) = grant.state { return true }
        return grant.connectedAt <= event.occurredAt + .seconds(-48 * 3600)
    }

    private static let uninstalled = "uninstalled"

    /// An order of somebody who writes to the business.
    private func effects(
        of reference: ProviderEvent.OrderReference, at time: Timestamp
    ) async throws -> [ProviderEventEffect] {
        guard let system, let customer = reference.customer, let contact = try await contact(of: customer),
            let id = reference.order["id"]?.identifier
        else { return [] }
        return [
            .attach(
                NewContactRecord(
                    contact: contact, system: system, externalID: id, email: customer.email,
                    data: .object([
                        "type": "order", "customer_id": .string(customer.id), "data": reference.order,
                    ]))),
            .tell(OrderUpdate(contact: contact, system: system, order: reference.order, occurredAt: time)),
        ]
    }

    private func contact(of customer: ProviderEvent.CustomerReference) async throws -> String? {
        if let phone = customer.phone, let contact = try await tenant.store.contact(byPhone: phone.withPlus) {
            return contact.id
        }
        guard let email = customer.email else { return nil }
        return try await tenant.store.contact(byEmail: email)?.id
    }

    /// The grants whose refresh token has this digest.
    private func effects(of digest: ProviderEvent.TokenDigest) async throws -> [ProviderEventEffect] {
        var effects: [ProviderEventEffect] = []
        for name in [connection.name] + tenant.services.keys.sorted() {
            for grant in try await tenant.store.grants(connection: name) {
                guard let token = grant.refreshToken, digest.isOf(token) else { continue }
                switch grant.owner {
                case .system(let system): effects.append(.breakSystemGrant(system, reason: "token_revoked"))
                case .identity:
                    if let issuer = grant.issuer, let subject = grant.subject {
                        effects.append(.dropGrants(IdentityAccount(issuer: issuer, subject: subject)))
                    }
                }
            }
        }
        return effects
    }

    /// Erases what the provider gave of a person, and tells where to see what became of it. The same request gets the same
    /// answer, and one for a stranger an answer like any other.
    private func erase(_ event: ProviderEvent) async throws -> JSON? {
        guard let account = event.account else { return nil }
        let code = RandomToken.make().reveal()
        let (request, result) = try await tenant.store.requestDeletion(
            of: account, connection: connection.name, issuedAt: event.occurredAt, code: code, at: tenant.clock.now)
        if result.isNew { try await tenant.audit(event, connection.name, people: result.people) }
        return .object([
            "url": .string("\(origin.url)/auth/\(tenant.id)/deletions/\(request.code)"),
            "confirmation_code": .string(request.code),
        ])
    }
}

extension ProviderEvent {
    fileprivate var account: IdentityAccount? {
        guard let issuer, let subject else { return nil }
        return IdentityAccount(issuer: issuer, subject: subject)
    }
}

extension ProviderEvent.TokenDigest {
    func isOf(_ token: Secret) -> Bool {
        let text = token.reveal()
        switch algorithm {
        case .prefix: return !value.isEmpty && ConstantTime.isEqual(String(text.prefix(16)), value)
        case .doubleSHA512:
            let digest = SHA512.hash(data: Array(SHA512.hash(data: Array(text.utf8))))
            let plain = value.replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
            return ConstantTime.isEqual(Base64URL.encode(digest), plain)
        }
    }
}

extension String {
    /// As phone numbers stand in contact identities: E.164 with its plus.
    var withPlus: String { hasPrefix("+") ? self : "+" + self }
}
