public import AdapterKit
import Synchronization

/// A grant that is renewed from a list of tokens.
public final class MemoryGrant: GrantPort {
    private struct State {
        var tokens: [String]
        var renewals = 0
    }

    private let state: Mutex<State>
    private let subject: String
    private let scopes: [String]

    /// - Parameter tokens: The first is valid now, each next one takes its place when renewed; none: nobody connected.
    public init(_ tokens: [String] = [], subject: String = "account", scopes: [String] = []) {
        state = Mutex(State(tokens: tokens))
        self.subject = subject
        self.scopes = scopes
    }

    /// How often a renewal was asked for.
    public var renewals: Int { state.withLock { $0.renewals } }

    /// The first token.
    public func access() async throws(ProviderFailure) -> GrantedAccess { try granted() }

    /// The next token, unless another one is valid already.
    public func renewed(insteadOf token: Secret) async throws(ProviderFailure) -> GrantedAccess {
        state.withLock { state in
            state.renewals += 1
            if state.tokens.first == token.reveal() { state.tokens.removeFirst() }
        }
        return try granted()
    }

    private func granted() throws(ProviderFailure) -> GrantedAccess {
        guard let token = state.withLock({ $0.tokens.first }) else {
            throw ProviderFailure(
                .misconfigured, FailureReason(code: "not_connected", title: "Nobody has connected this system"))
        }
        return GrantedAccess(token: Secret(token), subject: subject, scopes: scopes)
    }
}
