public import AdapterKit
import HubStore

extension SignInDesk {
    /// Ends a sign-in, or the linking of an identity.
    /// - Throws: ``SignInRefusal``; nothing was made then, and the transaction is spent.
    public func finish(connection name: String, _ request: CallbackRequest) async throws -> SignInResult {
        let connection = tenant.connections[name]
        return try await audited(
            Circumstances(connection: connection?.name, mode: .signIn), requestID: request.requestID
        ) { known in
            guard let connection else { throw try await spentForNothing(name, request) }
            return try await finish(connection, [.signIn, .link], request, &known)
        }
    }

    /// Ends the connecting of a business system.
    public func finish(system name: String, _ request: CallbackRequest) async throws -> SignInResult {
        let connection = tenant.services[name]
        return try await audited(
            Circumstances(connection: connection?.name, mode: .connect), requestID: request.requestID
        ) { known in
            guard let connection else { throw try await spentForNothing(name, request) }
            return try await finish(connection, [.connect], request, &known)
        }
    }

    /// The connection was taken out of the configuration since, or was never there. A transaction is spent all the same.
    private func spentForNothing(_ name: String, _ request: CallbackRequest) async throws -> SignInRefusal {
        if let state = CallbackParameters(request.raw).state {
            _ = try await tenant.store.spend(
                state: state, connection: name, modes: [], browsers: request.browsers, at: tenant.clock.now)
        }
        return SignInRefusal(.wrongConnection)
    }

    private func finish(
        _ connection: Connection, _ modes: Set<SignInTransaction.Mode>, _ request: CallbackRequest,
        _ known: inout Circumstances
    ) async throws -> SignInResult {
        let parameters = CallbackParameters(request.raw)
        guard let state = parameters.state else { throw parameters.fault ?? SignInRefusal(.stateMissing) }
        let transaction = try await spend(state, connection, modes, request)
        known.mode = transaction.mode
        if let fault = parameters.fault { throw fault }
        guard let payload = TransactionPayload(transaction.payload) else {
            throw SignInRefusal(.misconfigured, "the transaction cannot be read")
        }
        guard request.method == connection.responseMode else { throw SignInRefusal(.wrongMethod) }
        if let refusal = parameters.refusal {
            known.actor = try? await visitor(of: transaction, request)?.person.id
            throw refusal
        }
        let visitor = try await visitor(of: transaction, request)
        known.actor = visitor?.person.id
        let exchange = ProviderExchange(
            ground: tenant.ground, connection: connection, redirect: redirect(connection.name, transaction.mode))
        let result = try await exchange.run(
            SignInCallback(
                parameters: parameters.values, raw: request.raw, startParameters: payload.parameters,
                receivedAt: tenant.clock.now),
            ProviderExchange.Memory(
                issuer: payload.issuer, nonce: payload.nonce, verifier: payload.verifier,
                startParameters: payload.parameters))
        let outcome: SignInResult.Outcome
        switch (transaction.mode, visitor) {
        case (.link, let visitor?): outcome = try await link(result, connection, visitor, request)
        case (.connect, let visitor?): outcome = try await connect(result, connection, visitor, request)
        case (.link, nil), (.connect, nil): throw SignInRefusal(.wrongSession)
        case (.signIn, _): outcome = try await signIn(result, connection, transaction, request)
        }
        return SignInResult(outcome: outcome, returnPath: payload.returnPath)
    }

    private func spend(
        _ state: Secret, _ connection: Connection, _ modes: Set<SignInTransaction.Mode>, _ request: CallbackRequest
    ) async throws -> SpentTransaction {
        let outcome = try await tenant.store.spend(
            state: state, connection: connection.name, modes: modes, browsers: request.browsers, at: tenant.clock.now)
        switch outcome {
        case .spent(let transaction): return transaction
        case .replayed: throw SignInRefusal(.stateReplayed)
        case .expired: throw SignInRefusal(.transactionExpired)
        case .unknown: throw SignInRefusal(.stateUnknown)
        case .otherBrowser: throw SignInRefusal(.wrongBrowser)
        case .otherConnection: throw SignInRefusal(.wrongConnection)
        }
    }

    /// Who started a linking or connecting, and is still signed in with the same session.
    private func visitor(of transaction: SpentTransaction, _ request: CallbackRequest) async throws -> Visitor? {
        guard transaction.mode != .signIn else { return nil }
        guard let token = request.session, let visitor = try await tenant.visitor(session: token),
            visitor.session.id == transaction.session
        else { throw SignInRefusal(.wrongSession) }
        if transaction.mode == .connect, !visitor.may(.manageServices) { throw SignInRefusal(.forbidden) }
        return visitor
    }

    // MARK: A business system

    private func connect(
        _ result: ProviderExchange.Result, _ connection: Connection, _ visitor: Visitor, _ request: CallbackRequest
    ) async throws -> SignInResult.Outcome {
        try await keep(result.tokens, of: result.identity, result.provider, connection)
        try await tenant.audit(
            "service.connected", connection: connection.name, actor: visitor.person.id, requestID: request.requestID)
        return .connected(system: connection.name)
    }

    /// Connects a business system from within it: its own session token is the proof, and a new one takes the old
    /// grant's place.
    /// - Throws: ``SignInRefusal``; `wrong_connection` when the tenant has no such system, or it has no session tokens.
    public func connect(system name: String, sessionToken: Secret?, requestID: String) async throws {
        guard let connection = tenant.services[name], let client = connection.client as? any SessionTokenExchanging
        else { throw SignInRefusal(.wrongConnection) }
        guard let sessionToken else { throw SignInRefusal(.proofMissing) }
        try await audited(Circumstances(connection: name, mode: .connect), requestID: requestID) { _ in
            let made = try await client.exchange(sessionToken: sessionToken)
            try await keep(made.tokens, of: made.identity, try client.provider([:]), connection)
            try await tenant.audit(
                "service.connected", reason: "session_token", connection: name, requestID: requestID)
        }
    }

    private func keep(
        _ tokens: ProviderTokens, of identity: ProviderIdentity, _ provider: IdentityProvider, _ connection: Connection
    ) async throws {
        let kept = try await tenant.store.keepGrant(
            NewGrant(
                owner: .system(connection.name), connection: connection.name, issuer: provider.issuer,
                subject: identity.subject, label: identity.shown, tokens: GrantTokens(tokens),
                rotates: provider.refresh?.rotates ?? false), at: tenant.clock.now)
        if let old = kept?.revoke { await tenant.revoke([old]) }
    }
}

extension GrantTokens {
    init(_ tokens: ProviderTokens) {
        self.init(
            accessToken: tokens.accessToken, refreshToken: tokens.refreshToken, accessExpiresAt: tokens.accessExpiresAt,
            refreshExpiresAt: tokens.refreshExpiresAt, scopes: tokens.scopes)
    }
}

extension ProviderIdentity {
    /// How the account reads for who has it.
    var shown: String? { email?.address ?? label ?? name }
}
