/// An adapter whose provider gives access by OAuth 2.0: two functions.
///
/// What differs between providers is data and these functions. What is the same for all is in the host, once: the
/// transaction with its state, nonce and PKCE, the redirect address, the exchange of the code, the keys of ID tokens and
/// their validation, the sealed tokens, their refresh and the audit.
public protocol ProviderClient: Adapter {
    /// How this connection asks its provider, as data. Pure, and called anew for each start: nothing of an earlier one is
    /// in it.
    /// - Parameter parameters: What the person gave at the start, of ``IdentityDeclaration/parameters``; not checked yet.
    /// - Throws: ``SignInRefusal`` for a parameter that no address may be made of.
    func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider

    /// Whom or what the provider vouches for.
    ///
    /// The host has checked the transaction, the callback, the token reply and, where the provider has one, the ID token.
    /// What is special to the provider is checked here, if need be by asking it.
    func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity
}

/// Signs people in with an identity provider.
public protocol IdentityAdapter: ProviderClient {}

/// A business system that a person with the right to it connects by OAuth 2.0. The tokens are the host's to keep; the
/// adapter gets what is valid now from ``AdapterHost/grant``.
public protocol ConnectedSystem: SystemAdapter, ProviderClient {
    /// Asks the system whether it can be worked with, for whoever presses "test".
    /// - Returns: What was found, in one line for that person.
    func test() async throws(ProviderFailure) -> String
}

/// A business system that people open the hub's app in: the page there has a session token that the system signed, and
/// needs no way to the provider and back.
public protocol SessionTokenExchanging: ConnectedSystem {
    /// Exchanges a session token (RFC 8693) for tokens to keep. Nobody is called for a token that does not hold.
    /// - Throws: ``SignInRefusal``.
    func exchange(
        sessionToken: Secret
    ) async throws(SignInRefusal) -> (identity: ProviderIdentity, tokens: ProviderTokens)
}

/// A client whose secret is made anew for each call.
public protocol ClientSecretMinting: ProviderClient {
    /// - Throws: ``SignInRefusal`` with ``SignInRefusal/Reason/misconfigured`` when the key cannot be used.
    func clientSecret(_ provider: IdentityProvider) throws(SignInRefusal) -> Secret
}

/// A client whose provider signs the callback itself.
public protocol CallbackProof: ProviderClient {
    /// Proves that the callback comes from the provider. Pure.
    func prove(_ callback: SignInCallback) throws(SignInRefusal)
}

/// A client that can give tokens back in a way of the provider's own. Where ``ProviderEndpoints/revocation`` is told, the
/// host does it by RFC 7009 without this.
public protocol GrantRevoking: ProviderClient {
    func revoke(_ tokens: ProviderTokens, subject: String, _ provider: IdentityProvider) async throws(ProviderFailure)
}

/// A client whose provider tells of what became of accounts and grants.
public protocol ProviderEvents: ProviderClient {
    /// Proves the request, or says how the host has to. Pure: nothing is parsed before the proof.
    /// - Parameter topic: One of ``IdentityDeclaration/eventTopics``: the last part of the address that was called.
    func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof

    /// What a signed token says, after the host verified it. Pure.
    func events(_ claims: JSON) throws(WebhookRejection) -> [ProviderEvent]
}
