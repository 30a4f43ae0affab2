import AdapterKit

/// What Meta's answer to a send means.
///
/// The code in the body decides, not the HTTP status, as Meta asks. Only codes that are known to come before a message
/// is taken make it safe to send again; whatever is unclear is uncertain.
struct SendAnswer {
    let outcome: SendOutcome
    /// The error in the body, when there was one.
    let error: GraphError?

    /// - Parameter recipient: Whom the message was sent to.
    init(_ answer: HTTPAnswer, to recipient: [ContactIdentity] = []) {
        let body = answer.isTruncated ? nil : try? JSON.parse(answer.body)
        if let object = body?["error"], case .object = object {
            let error = GraphError(object)
            self.error = error
            outcome = Self.outcome(of: error, answer)
        } else {
            error = nil
            outcome = Self.outcome(body, answer, recipient)
        }
    }

    private static func outcome(of error: GraphError, _ answer: HTTPAnswer) -> SendOutcome {
        guard let meaning = error.entry?.meaning else {
            // Neither of these is sent again; a status that still comes settles the uncertain one.
            return switch answer.status {
            case 429: .throttled(scope: .channel, retryAfter: answer.retryAfter)
            case 400..<500: .rejected(error.reason)
            default: .uncertain(reason: error.reason)
            }
        }
        return switch meaning {
        case .rejected: .rejected(error.reason)
        case .misconfigured: .misconfigured(error.reason)
        case .unavailable: .unavailable(reason: error.reason)
        case .uncertain: .uncertain(reason: error.reason)
        case .channelThrottled: .throttled(scope: .channel, retryAfter: retryAfter(error, answer))
        // The host waits 4, 16, 64 … seconds, as Meta advises.
        case .recipientThrottled: .throttled(scope: .recipient, retryAfter: answer.retryAfter)
        }
    }

    /// The usage headers say when calls are taken again. They do not speak of messages a second, which another code limits.
    private static func retryAfter(_ error: GraphError, _ answer: HTTPAnswer) -> Duration? {
        error.code == 4 || error.code == 80_007 ? answer.graphRetryAfter : answer.retryAfter
    }

    /// An answer without an error in Meta's form: an acceptance, or the word of something in between.
    private static func outcome(_ body: JSON?, _ answer: HTTPAnswer, _ recipient: [ContactIdentity]) -> SendOutcome {
        let reason = FailureReason(
            code: "http_\(answer.status)", title: "The Graph API answered \(answer.status) without a reason")
        switch answer.status {
        case 200..<300:
            if let body, let acceptance = Acceptance(body, recipient) { return .accepted(acceptance) }
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

extension Acceptance {
    // {"contacts": [{"input", "wa_id", "user_id"}], "messages": [{"id", "message_status"}]}
    fileprivate init?(_ body: JSON, _ recipient: [ContactIdentity]) {
        guard let message = body["messages"]?.elements.first, let id = message["id"]?.string, !id.isEmpty else {
            return nil
        }
        // A template may be held back: it was taken all the same.
        let state = message["message_status"]?.string.flatMap { $0 == "accepted" || $0.isEmpty ? nil : $0 }
        self.init(
            providerID: id, state: state, identities: Self.identities(body["contacts"]?.elements ?? [], recipient))
    }

    /// The number that WhatsApp knows may differ from the one that was written to, as in Brazil and Mexico.
    private static func identities(_ contacts: [JSON], _ recipient: [ContactIdentity]) -> [ContactIdentity] {
        // A group is nobody's number, and several people would be.
        guard contacts.count == 1, let contact = contacts.first,
            !recipient.contains(where: { $0.kind == .whatsappGroup })
        else { return [] }
        let found = [
            contact["user_id"]?.string.flatMap { $0.isEmpty ? nil : ContactIdentity(.whatsappUserID, $0) },
            contact["parent_user_id"]?.string.flatMap { $0.isEmpty ? nil : ContactIdentity(.whatsappParentUserID, $0) },
            contact["wa_id"]?.identifier.flatMap { PhoneNumber($0) }.map { ContactIdentity(.phone, $0.e164) },
        ]
        return found.compactMap(\.self).filter { !recipient.contains($0) }
    }
}
