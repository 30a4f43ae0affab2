import AdapterKit

/// Why a call got no answer.
enum GraphUnreached: Error, Equatable {
    case noToken
    /// The store that keeps the token could not be read.
    case tokenUnreadable
    case http(HTTPFailure)

    /// The same for whatever is not a send.
    var failure: ProviderFailure {
        switch self {
        case .noToken: ProviderFailure(.misconfigured, reason)
        case .tokenUnreadable: ProviderFailure(.unavailable, reason)
        case .http(.refused): ProviderFailure(.misconfigured, reason)
        case .http(.notConnected), .http(.unanswered): ProviderFailure(.unavailable, reason)
        }
    }

    var reason: FailureReason {
        switch self {
        case .noToken:
            FailureReason(
                code: "no_access_token",
                title: "The number has no token: set access_token, or sign the number up with exchange_code")
        case .tokenUnreadable:
            FailureReason(code: "token_unreadable", title: "The number's token cannot be read from the store now")
        case .http(.refused): FailureReason(code: "address_refused", title: "The hub may not call graph_url")
        case .http(.notConnected): FailureReason(code: "no_connection", title: "No connection to the Graph API")
        case .http(.unanswered): FailureReason(code: "no_answer", title: "The Graph API gave no answer")
        }
    }
}
