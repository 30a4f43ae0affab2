/// Why a sign-in or a connection is not made. It ends the transaction, and its reason is all that the audit keeps.
public struct SignInRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// Stable codes, for the audit and for who reads it.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        // The callback and its transaction.
        case malformedCallback = "malformed_callback"
        case doubledParameter = "doubled_parameter"
        case wrongMethod = "wrong_method"
        case stateMissing = "state_missing"
        case stateUnknown = "state_unknown"
        case stateReplayed = "state_replayed"
        case transactionExpired = "transaction_expired"
        case wrongBrowser = "wrong_browser"
        case wrongConnection = "wrong_connection"
        case wrongSession = "wrong_session"
        case callbackIssuerWrong = "callback_issuer_wrong"
        case codeMissing = "code_missing"
        case cancelled
        case providerRefused = "provider_refused"
        // What the provider signs itself.
        case proofMissing = "proof_missing"
        case proofWrong = "proof_wrong"
        case proofStale = "proof_stale"
        // The exchange.
        case providerUnavailable = "provider_unavailable"
        case exchangeRefused = "exchange_refused"
        case tokenReplyMalformed = "token_reply_malformed"
        case scopesMissing = "scopes_missing"
        case misconfigured
        // The ID token.
        case idTokenMissing = "id_token_missing"
        case idTokenMalformed = "id_token_malformed"
        case algorithmRefused = "algorithm_refused"
        case headerRefused = "header_refused"
        case keyUnknown = "key_unknown"
        case signatureWrong = "signature_wrong"
        case issuerWrong = "issuer_wrong"
        case audienceWrong = "audience_wrong"
        case authorizedPartyWrong = "authorized_party_wrong"
        case subjectWrong = "subject_wrong"
        case expired
        case notYetValid = "not_yet_valid"
        case issuedAtWrong = "issued_at_wrong"
        case nonceWrong = "nonce_wrong"
        case tokenHashWrong = "token_hash_wrong"
        case tokenOfOtherKind = "token_of_other_kind"
        // What an adapter says.
        case hostedDomainWrong = "hosted_domain_wrong"
        case shopWrong = "shop_wrong"
        case tokenOfOtherApp = "token_of_other_app"
        case modeMismatch = "mode_mismatch"
        // The person.
        case notInvited = "not_invited"
        case invitationLapsed = "invitation_lapsed"
        case identityTaken = "identity_taken"
        case identityDisabled = "identity_disabled"
        case personSuspended = "person_suspended"
        case forbidden
    }

    public let reason: Reason
    /// For the log, beside the reason: which member or step. Nothing secret, nothing of a person.
    public let detail: String?

    public init(_ reason: Reason, _ detail: String? = nil) {
        self.reason = reason
        self.detail = detail
    }

    public var description: String { detail.map { "\(reason.rawValue): \($0)" } ?? reason.rawValue }
}
