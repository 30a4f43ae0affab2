import AdapterKit

/// What is wrong when a shop's Admin API does not answer with data.
enum AdminFailure {
    static let tokenHeader = "x-shopify-access-token"
    private static let shortestWait: Duration = .seconds(1)
    private static let longestWait: Duration = .seconds(60)

    /// Of an answer with another status than 200. What Shopify wrote is kept apart from the title.
    static func of(_ answer: HTTPAnswer) -> ProviderFailure {
        let words = String(decoding: answer.body.prefix(512), as: UTF8.self)
        func failure(_ kind: ProviderFailure.Kind, _ code: String, _ title: String) -> ProviderFailure {
            ProviderFailure(
                kind, FailureReason(code: code, title: title, detail: words.isEmpty ? nil : words),
                retryAfter: answer.retryAfter)
        }
        switch answer.status {
        case 401: return failure(.misconfigured, "401", "Shopify does not take the token: connect the shop again")
        case 402: return failure(.misconfigured, "402", "The shop is frozen: its owner has to see to its bills")
        case 403: return failure(.misconfigured, "403", "Shopify refuses the app access to this shop")
        case 404: return failure(.misconfigured, "404", "There is no such shop or no such API version")
        case 423: return failure(.misconfigured, "423", "The shop is locked")
        case 429: return failure(.throttled, "429", "Too many calls to the shop")
        case 300..<400:
            return failure(.refused, "redirect_refused", "Shopify answered with a redirect, which is not followed")
        case 400..<500: return failure(.refused, "\(answer.status)", "Shopify refused the call")
        default: return failure(.unavailable, "\(answer.status)", "Shopify cannot answer now")
        }
    }

    /// Of `errors`, which come with status 200; nil when there are none.
    static func of(errorsIn body: JSON) -> ProviderFailure? {
        guard let errors = body["errors"], !errors.isNull, errors != .array([]) else { return nil }
        let codes = errors.elements.compactMap { $0["extensions"]?["code"]?.string }
        let detail = errors.string ?? errors.elements.first?["message"]?.string
        func failure(
            _ kind: ProviderFailure.Kind, _ code: String, _ title: String, retryAfter: Duration? = nil
        ) -> ProviderFailure {
            ProviderFailure(
                kind, FailureReason(code: code, title: title, detail: detail.map { String($0.prefix(512)) }),
                retryAfter: retryAfter)
        }
        if codes.contains("THROTTLED") {
            return failure(.throttled, "THROTTLED", "Too many calls to the shop", retryAfter: wait(body))
        }
        if codes.contains("ACCESS_DENIED") {
            return failure(.misconfigured, "ACCESS_DENIED", "The app lacks a scope, or its access to customer data")
        }
        if codes.contains("SHOP_INACTIVE") { return failure(.misconfigured, "SHOP_INACTIVE", "The shop is not active") }
        if codes.contains("INTERNAL_SERVER_ERROR") {
            return failure(.unavailable, "INTERNAL_SERVER_ERROR", "Shopify cannot answer now")
        }
        return failure(.refused, "graphql_error", "Shopify does not understand the query: api_version may not fit")
    }

    /// How long the bucket takes until the query fits.
    private static func wait(_ body: JSON) -> Duration {
        let cost = body["extensions"]?["cost"]
        let bucket = cost?["throttleStatus"]
        guard let needed = cost?["requestedQueryCost"]?.double, let rate = bucket?["restoreRate"]?.double, rate > 0,
            let left = bucket?["currentlyAvailable"]?.double
        else { return shortestWait }
        let seconds = ((needed - left) / rate).rounded(.up)
        guard seconds.isFinite, seconds > 1 else { return shortestWait }
        return min(.seconds(seconds), longestWait)
    }
}

extension ProviderFailure {
    init(_ failure: HTTPFailure) {
        switch failure {
        case .refused:
            self.init(
                .misconfigured, FailureReason(code: "address_refused", title: "The hub may not call this address"))
        case .notConnected:
            self.init(.unavailable, FailureReason(code: "no_connection", title: "No connection to Shopify"))
        case .unanswered:
            self.init(.unavailable, FailureReason(code: "no_answer", title: "Shopify gave no answer in time"))
        }
    }
}
