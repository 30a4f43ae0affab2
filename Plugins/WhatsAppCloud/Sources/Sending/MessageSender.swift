import AdapterKit

/// Sends as one business phone number.
struct MessageSender: Sendable {
    private let graph: GraphClient

    init(graph: GraphClient) { self.graph = graph }

    func send(_ message: OutboundMessage) async -> SendOutcome {
        let body: JSON
        do throws(Unsendable) {
            body = try SendBody.json(for: message)
        } catch {
            return .rejected(error.reason)
        }
        do throws(GraphUnreached) {
            let answer = SendAnswer(
                try await graph.exchange(.post("\(graph.phoneNumberID)/messages", body)), to: message.recipient)
            if let error = answer.error { report(error) }
            return answer.outcome
        } catch {
            return Self.outcome(of: error)
        }
    }

    private static func outcome(of unreached: GraphUnreached) -> SendOutcome {
        switch unreached {
        case .noToken, .http(.refused): .misconfigured(unreached.reason)
        case .tokenUnreadable, .http(.notConnected): .unavailable(reason: unreached.reason)
        // There is no idempotency key: Meta may have taken the message, and a second send could reach the person twice.
        case .http(.unanswered): .uncertain(reason: unreached.reason)
        }
    }

    /// Meta's support asks for the trace id, which says nothing of a person.
    private func report(_ error: GraphError) {
        var fields = ["code": error.reason.code]
        if let trace = error.trace { fields["fbtrace_id"] = trace }
        graph.log.log(.warning, "the Graph API refused a message", fields)
    }
}
