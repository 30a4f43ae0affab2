import AdapterKit
import HubStore

/// From what a provider vouches for to a person of the tenant. Only (issuer, subject) says who somebody is: an e-mail
/// address finds nobody, and joins nothing.
extension SignInDesk {
    /// A session lapses when it is not used for so long, and in any case after the second.
    static let sessionLimits: (idle: Duration, absolute: Duration) = (.seconds(12 * 3600), .seconds(7 * 86_400))

    func signIn(
        _ result: ProviderExchange.Result, _ connection: Connection, _ transaction: SpentTransaction,
        _ request: CallbackRequest
    ) async throws -> SignInResult.Outcome {
        let (person, identity) =
            if let known = try await tenant.store.identity(
                issuer: result.provider.issuer, subject: result.identity.subject)
            {
                known
            } else {
                try await join(result, connection, transaction, request)
            }
        guard !identity.isDisabled else { throw SignInRefusal(.identityDisabled) }
        guard person.state == .active else { throw SignInRefusal(.personSuspended) }
        try await remember(result, connection, person: person, identity: identity)
        let token = RandomToken.make()
        let session = try await tenant.store.createSession(
            NewSession(
                person: person.id, identity: identity.id, connection: connection.name, token: token,
                label: request.device, idle: Self.sessionLimits.idle, absolute: Self.sessionLimits.absolute,
                replacing: request.session), at: tenant.clock.now)
        // Suspended, or removed, a moment ago.
        guard session != nil else { throw SignInRefusal(.personSuspended) }
        try await tenant.audit(
            "sign_in.done", connection: connection.name, person: person.id, requestID: request.requestID)
        return .signedIn(session: token, lifetime: Self.sessionLimits.absolute)
    }

    func link(
        _ result: ProviderExchange.Result, _ connection: Connection, _ visitor: Visitor, _ request: CallbackRequest
    ) async throws -> SignInResult.Outcome {
        let outcome = try await tenant.store.link(
            NewIdentity(result, connection), to: visitor.person.id, at: tenant.clock.now)
        switch outcome {
        case .linked(let identity), .alreadyTheirs(let identity):
            try await remember(result, connection, person: visitor.person, identity: identity)
        case .takenBySomeoneElse: throw SignInRefusal(.identityTaken)
        case .unknown, .invitationRefused: throw SignInRefusal(.wrongSession)
        }
        try await tenant.audit(
            "identity.linked", connection: connection.name, person: visitor.person.id, actor: visitor.person.id,
            requestID: request.requestID)
        return .linked
    }

    /// Somebody whom the tenant does not know: invited, or let in by the connection, or not let in.
    private func join(
        _ result: ProviderExchange.Result, _ connection: Connection, _ transaction: SpentTransaction,
        _ request: CallbackRequest
    ) async throws -> (PersonRecord, IdentityRecord) {
        let identity = NewIdentity(result, connection)
        if let id = transaction.invitation {
            let invitation = try await tenant.store.invitation(id: id, at: tenant.clock.now)
            if let person = invitation?.personID {
                return try await regain(person, identity, invitation: id, request)
            }
        }
        guard let role = transaction.invitation == nil ? connection.join : .viewer else {
            throw SignInRefusal(.notInvited)
        }
        let new = NewPerson(
            role: role, name: result.identity.name, email: result.identity.email?.address,
            phone: result.identity.phone)
        let outcome = try await tenant.store.addPerson(
            new, identity: identity, invitation: transaction.invitation, at: tenant.clock.now)
        switch outcome {
        case .added(let person, let identity?):
            try await tenant.audit(
                "person.joined", connection: connection.name, person: person.id, requestID: request.requestID)
            return (person, identity)
        case .invitationRefused: throw SignInRefusal(.invitationLapsed)
        case .added(_, nil), .identityTaken: throw SignInRefusal(.identityTaken)
        }
    }

    /// Somebody who had lost every way to sign in.
    private func regain(
        _ person: String, _ identity: NewIdentity, invitation: String, _ request: CallbackRequest
    ) async throws -> (PersonRecord, IdentityRecord) {
        guard try await tenant.store.person(id: person)?.state != .suspended else {
            throw SignInRefusal(.personSuspended)
        }
        let outcome = try await tenant.store.link(identity, to: person, invitation: invitation, at: tenant.clock.now)
        guard case .linked(let linked) = outcome, let record = try await tenant.store.person(id: person) else {
            throw SignInRefusal(.invitationLapsed)
        }
        try await tenant.audit(
            "identity.linked", connection: identity.connection, person: person, requestID: request.requestID)
        return (record, linked)
    }

    /// Keeps what the provider says now, and its tokens where the connection keeps them.
    private func remember(
        _ result: ProviderExchange.Result, _ connection: Connection, person: PersonRecord, identity: IdentityRecord
    ) async throws {
        let said = result.identity
        _ = try await tenant.store.updateIdentity(
            identity.id, label: said.shown ?? identity.label, isEmailVerified: said.email?.isVerified ?? false)
        try await tenant.store.updateProfile(
            of: person.id, PersonProfile(name: said.name, email: said.email?.address, phone: said.phone),
            saidBy: identity.id)
        guard result.provider.keepsTokens else { return }
        try await tenant.store.keepGrant(
            NewGrant(
                owner: .identity(identity.id), connection: connection.name, issuer: result.provider.issuer,
                subject: said.subject, label: nil, tokens: GrantTokens(result.tokens),
                rotates: result.provider.refresh?.rotates ?? false), at: tenant.clock.now)
    }
}

extension NewIdentity {
    init(_ result: ProviderExchange.Result, _ connection: Connection) {
        self.init(
            connection: connection.name, issuer: result.provider.issuer, subject: result.identity.subject,
            label: result.identity.shown, isEmailVerified: result.identity.email?.isVerified ?? false)
    }
}
