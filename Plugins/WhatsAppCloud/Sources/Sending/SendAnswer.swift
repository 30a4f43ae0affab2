import AdapterKit

/// What Meta's answer to a send means.
///
/// The code in the body decides, not the HTTP status, as Meta asks. Only codes that are known to come before a message
/// is taken make it safe to send again; whatever is unclear is uncertain.
struct SendAnswer {
    let outcome: SendOutcome
    /// The error in the body, when there was one.
    let error: GraphError?

    init(_ answer: HTTPAnswer) {
        let body = answer.isTruncated ? nil : try? JSON.parse(answer.body)
        if let object = body?["error"], case .object = object {
            let error = GraphError(object)
            self.error = error
            outcome = Self.outcome(of: error, answer)
        } else {
            error = nil
            outcome = Self.outcome(body, answer)
        }
    }

    private static func outcome(of error: GraphError, _ answer: HTTPAnswer) -> SendOutcome {
        guard let code = error.code, let entry = GraphErrorCatalogue.entry(for: code) else {
            // Neither of these is sent again; a status that still comes settles the uncertain one.
            return switch answer.status {
            case 429: .throttled(scope: .channel, retryAfter: answer.retryAfter)
            case 400..<500: .rejected(error.reason)
            default: .uncertain(reason: error.reason)
            }
        }
        return switch entry.meaning {
        case .rejected: .rejected(error.reason)
        case .misconfigured: .misconfigured(error.reason)
        case .unavailable: .unavailable(reason: error.reason)
        case .uncertain: .uncertain(reason: error.reason)
        case .channelThrottled: .throttled(scope: .channel, retryAfter: answer.retryAfter)
        // Meta lets one message through to the same person every 6 seconds.
        case .recipientThrottled: .throttled(scope: .recipient, retryAfter: answer.retryAfter ?? .seconds(6))
        }
    }

    /// An answer without an error in Meta's form: an acceptance, or the word of something in between.
    private static func outcome(_ body: JSON?, _ answer: HTTPAnswer) -> SendOutcome {
        let reason = FailureReason(
            code: "http_\(answer.status)", title: "The Graph API answered \(answer.status) without a reason")
        switch answer.status {
        case 200..<300:
            // `message_status` may say that a template is held back: it was taken all the same.
            if let id = body?["messages"]?.elements.first?["id"]?.string, !id.isEmpty {
                return .accepted(providerID: id)
            }
            return .uncertain(
                reason: FailureReason(code: "no_message_id", title: "The Graph API took the message but named no id"))
        case _ where answer.isTruncated: return .uncertain(reason: reason)
        case 429: return .throttled(scope: .channel, retryAfter: answer.retryAfter)
        // A redirect is not followed, and what is not the Graph API or lets nobody in will not get better by itself.
        case 300..<400, 401, 403, 404, 405, 407: return .misconfigured(reason)
        case 408: return .uncertain(reason: reason)
        case 400..<500: return .rejected(reason)
        default: return .uncertain(reason: reason)
        }
    }
}
