import AdapterKit

extension ProviderFailure {
    /// What an answer means that is no success, for whatever is not a send.
    /// - Parameter body: Nil when it could not be read.
    init(_ body: JSON?, _ answer: HTTPAnswer) {
        if let object = body?["error"], case .object = object {
            self.init(GraphError(object), object, answer)
        } else {
            self.init(withoutError: answer)
        }
    }

    /// The code decides, as Meta asks; the status only where the code is not known.
    private init(_ error: GraphError, _ object: JSON, _ answer: HTTPAnswer) {
        let meaning = error.entry?.meaning
        let kind: Kind =
            switch meaning {
            case _ where Self.isMissingObject(error, object): .notFound
            case .rejected: answer.status == 404 ? .notFound : .refused
            case .misconfigured: .misconfigured
            case .unavailable, .uncertain: .unavailable
            case .channelThrottled, .recipientThrottled: .throttled
            case nil: Self.kind(of: answer.status)
            }
        self.init(kind, error.reason, retryAfter: kind == .throttled ? answer.graphRetryAfter : nil)
    }

    /// Code 33, or 100 with the sub-code 33: "Object with ID … does not exist".
    private static func isMissingObject(_ error: GraphError, _ object: JSON) -> Bool {
        error.code == 33 || (error.code == 100 && object["error_subcode"]?.identifier == "33")
    }

    private init(withoutError answer: HTTPAnswer) {
        let status = answer.status
        let kind = Self.kind(of: status)
        let reason =
            switch status {
            case 200..<300:
                FailureReason(code: "unreadable_answer", title: "The Graph API gave an answer that cannot be read")
            case 300..<400:
                FailureReason(
                    code: "redirect",
                    title: "The Graph API answered with a redirect, which is not followed: check graph_url")
            default:
                FailureReason(code: "http_\(status)", title: "The Graph API answered \(status) without a reason")
            }
        self.init(kind, reason, retryAfter: kind == .throttled ? answer.graphRetryAfter : nil)
    }

    private static func kind(of status: Int) -> Kind {
        switch status {
        case 300..<400, 401, 403, 405, 407: .misconfigured
        case 404, 410: .notFound
        case 429: .throttled
        case 400..<500 where status != 408: .refused
        default: .unavailable
        }
    }
}
