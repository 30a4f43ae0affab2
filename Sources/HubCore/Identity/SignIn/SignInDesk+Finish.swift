import AdapterKit
import HubStore

extension SignInDesk {
    /// Ends a sign-in, or the linking of an identity.
    /// - Throws: ``SignInRefusal``; nothing was made then, and the transaction is spent.
    public func finish(connection name: String, _ request: CallbackRequest) async throws -> SignInResult {
        guard let connection = tenant.connections[name] else { throw SignInRefusal(.wrongConnection) }
        return try await audited(name, .signIn, requestID: request.requestID) {
            try await finish(connection, [.signIn, .link], request)
        }
    }

    /// Ends the connecting of a business system.
    public func finish(system name: String, _ request: CallbackRequest) async throws -> SignInResult {
        guard let connection = tenant.services[name] else { throw SignInRefusal(.wrongConnection) }
        return try await audited(name, .connect, requestID: request.requestID) {
            try await finish(connection, [.connect], request)
        }
    }

    private func finish(
        _ connection: Connection, _ modes: Set<SignInTransaction.Mode>, _ request: CallbackRequest
    ) async throws -> SignInResult {
        let parameters = CallbackParameters(request.raw)
        guard let state = parameters.state else { throw parameters.fault ?? SignInRefusal(.stateMissing) }
        let transaction = try await spend(state, connection, modes, request)
        if let fault = parameters.fault { throw fault }
        guard let payload = TransactionPayload(transaction.payload) else {
            throw SignInRefusal(.misconfigured, "the transaction cannot be read")
        }
        guard request.method == connection.responseMode else { throw SignInRefusal(.wrongMethod) }
        if let refusal = parameters.refusal { throw refusal }
        let visitor = try await visitor(of: transaction, request)
        let exchange = ProviderExchange(
            ground: tenant.ground, connection: connection, redirect: redirect(connection.name, transaction.mode))
        let result = try await exchange.run(
            SignInCallback(
                parameters: parameters.values, raw: request.raw, startParameters: payload.parameters,
                receivedAt: tenant.clock.now),
            ProviderExchange.Memory(
                nonce: payload.nonce, verifier: payload.verifier, startParameters: payload.parameters))
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
        let kept = try await tenant.store.keepGrant(
            NewGrant(
                owner: .system(connection.name), connection: connection.name, issuer: result.provider.issuer,
                subject: result.identity.subject, label: result.identity.shown, tokens: GrantTokens(result.tokens),
                rotates: result.provider.refresh?.rotates ?? false), at: tenant.clock.now)
        if let old = kept?.revoke { await tenant.revoke([old]) }
        try await tenant.audit(
            "service.connected", connection: connection.name, actor: visitor.person.id, requestID: request.requestID)
        return .connected(system: connection.name)
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
