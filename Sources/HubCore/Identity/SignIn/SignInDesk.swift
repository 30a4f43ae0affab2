public import AdapterKit
public import HubStore
import Logging

/// Sign-in of one tenant, as its pages use it. It is no way to the tenant's data: that begins with a ``Visitor``.
public struct SignInDesk: Sendable {
    /// How long somebody may take at the provider.
    static let transactionLifetime: Duration = .seconds(600)

    let tenant: Tenant
    /// All tenants: an event of a provider app that tenants share is for each of them.
    let tenants: [String: Tenant]
    public let origin: PublicOrigin
    let logger: Logger

    public var tenantID: String { tenant.id }
    public var tenantName: String { tenant.configuration.name }

    /// In the order of tenants.yaml.
    public var connections: [ConnectionDescription] {
        tenant.configuration.connections.compactMap { tenant.connections[$0.name] }.compactMap { connection in
            connection.button.map { button in
                ConnectionDescription(
                    name: connection.name, provider: connection.manifest.name, button: button,
                    parameters: connection.declaration.parameters, responseMode: connection.responseMode)
            }
        }
    }

    /// The invitation of a token while it is good. Looking uses nothing up.
    public func invitation(_ token: Secret) async throws -> InvitationRecord? {
        let invitation = try await tenant.store.invitation(token: token, at: tenant.clock.now)
        return invitation?.state == .open ? invitation : nil
    }

    /// The path if it is one of this tenant's pages, else that of the account: what may stand on a page of ours.
    public func returnPath(_ path: String) -> String { ReturnPath.checked(path, tenant: tenant.id) }

    // MARK: There

    /// Opens a transaction and says where the browser has to go.
    /// - Throws: ``SignInRefusal``; `wrong_connection` when the tenant has no such connection or system.
    public func start(_ start: SignInStart) async throws -> SignInRedirect {
        let (connection, mode) = try self.connection(of: start)
        let known = Circumstances(connection: connection.name, mode: mode, actor: start.visitor?.person.id)
        return try await audited(known, requestID: start.requestID) { _ in
            try await begin(start, connection, mode)
        }
    }

    private func connection(of start: SignInStart) throws -> (Connection, SignInTransaction.Mode) {
        let found: (Connection?, SignInTransaction.Mode)
        switch start.purpose {
        case .signIn: found = (tenant.connections[start.connection], .signIn)
        case .link: found = (tenant.connections[start.connection], .link)
        case .connect(let visitor, let system):
            try visitor.require(.manageServices)
            found = (tenant.services[system], .connect)
        }
        guard let connection = found.0 else { throw SignInRefusal(.wrongConnection) }
        return (connection, found.1)
    }

    private func begin(
        _ start: SignInStart, _ connection: Connection, _ mode: SignInTransaction.Mode
    ) async throws -> SignInRedirect {
        let parameters = try connection.startParameters(start.parameters)
        let provider = try connection.client.provider(parameters)
        let found = try await tenant.ground.metadata.resolve(provider)
        var invitation: InvitationRecord?
        if case .signIn(let token?) = start.purpose {
            invitation = try await self.invitation(token)
            guard invitation != nil else { throw SignInRefusal(.invitationLapsed) }
        }
        let (state, nonce, browser, pkce) = (RandomToken.make(), RandomToken.make(), RandomToken.make(), PKCE())
        let payload = TransactionPayload(
            issuer: provider.issuer, nonce: nonce, verifier: pkce.verifier, parameters: parameters,
            returnPath: ReturnPath.checked(start.returnTo ?? start.defaultReturn(tenant.id), tenant: tenant.id))
        let now = tenant.clock.now
        try await tenant.store.begin(
            SignInTransaction(
                connection: connection.name, mode: mode, state: state, payload: payload.json,
                session: start.visitor?.session.id, invitation: invitation?.id, browser: browser, createdAt: now,
                expiresAt: now + Self.transactionLifetime))
        let request = AuthorizationRequest(
            provider: provider, state: state, nonce: nonce, challenge: pkce.challenge,
            redirect: redirect(connection.name, mode))
        return SignInRedirect(
            url: request.url(at: found.addresses.authorization), browser: browser, lifetime: Self.transactionLifetime)
    }

    func redirect(_ name: String, _ mode: SignInTransaction.Mode) -> String {
        "\(origin.url)/\(mode == .connect ? "connect" : "auth")/\(tenant.id)/\(name)/callback"
    }

    // MARK: Forms from another site

    /// Keeps a form that the provider's page posted, until the browser comes for it with its cookies.
    /// - Returns: What it comes with; nil when there are too many on their way.
    public func relay(connection: String, form: String) -> Secret? {
        let form = CallbackParameters.shortened(form)
        // What is too long all the same is kept as nothing: the browser is told then that it came back without a state.
        return tenant.ground.relay.keep(
            form.utf8.count <= CallbackParameters.maximumLength ? form : "", for: connection)
    }

    /// The form that was kept, once.
    public func relayed(connection: String, token: Secret) -> String? {
        tenant.ground.relay.take(token, for: connection)
    }

    // MARK: Audit

    /// What the audit says of a refused step, as far as it is known by then.
    struct Circumstances {
        var connection: String?
        var mode: SignInTransaction.Mode
        /// The id of the person who is signed in.
        var actor: String?
    }

    /// Runs a step and keeps why it was refused: the reason and nothing else.
    func audited<Value>(
        _ circumstances: Circumstances, requestID: String, _ step: (inout Circumstances) async throws -> Value
    ) async throws -> Value {
        var known = circumstances
        do {
            return try await step(&known)
        } catch let refusal as SignInRefusal {
            logger.info(
                "a sign-in was refused",
                metadata: [
                    "tenant": "\(tenant.id)", "connection": "\(known.connection ?? "none of this name")",
                    "reason": "\(refusal)",
                    "request_id": "\(requestID)",
                ])
            guard tenant.ground.refusals.take(at: tenant.clock.now) else { throw refusal }
            try await tenant.audit(
                "\(known.mode.rawValue).refused", reason: refusal.reason.rawValue, connection: known.connection,
                actor: known.actor, requestID: requestID)
            throw refusal
        }
    }
}

extension SignInStart {
    var visitor: Visitor? {
        switch purpose {
        case .signIn: nil
        case .link(let visitor), .connect(let visitor, _): visitor
        }
    }

    func defaultReturn(_ tenant: String) -> String {
        if case .connect = purpose { ReturnPath.account(tenant) + "/services" } else { ReturnPath.account(tenant) }
    }
}

extension Connection {
    /// Known without what a person gives at the start.
    var responseMode: IdentityProvider.ResponseMode {
        declaration.exceptions.contains { $0.rule == .queryResponse } ? .formPost : .query
    }
}
