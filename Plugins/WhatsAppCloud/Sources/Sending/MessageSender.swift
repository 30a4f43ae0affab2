import AdapterKit

/// Sends as one business phone number.
struct MessageSender: Sendable {
    private let url: String
    private let accessToken: Secret
    private let http: any HTTPPort
    private let log: any LogPort

    /// Nil when the settings are those of an app and not of a number.
    init?(settings: AdapterSettings, host: any AdapterHost) {
        guard let phoneNumberID = settings.text("phone_number_id"), let accessToken = settings.secret("access_token"),
            let graph = settings.text("graph_url"), let version = settings.text("api_version")
        else { return nil }
        self.accessToken = accessToken
        url = "\(graph.hasSuffix("/") ? String(graph.dropLast()) : graph)/\(version)/\(phoneNumberID)/messages"
        http = host.http
        log = host.log
    }

    func send(_ message: OutboundMessage) async -> SendOutcome {
        let body: JSON
        do throws(Unsendable) {
            body = try SendBody.json(for: message)
        } catch {
            return .rejected(error.reason)
        }
        let call = HTTPCall(
            url: url,
            headers: [
                ("authorization", "Bearer \(accessToken.reveal())"), ("content-type", "application/json"),
            ], body: body.encoded)
        do throws(HTTPFailure) {
            let answer = SendAnswer(try await http.send(call))
            if let error = answer.error { report(error) }
            return answer.outcome
        } catch {
            return Self.outcome(of: error)
        }
    }

    private static func outcome(of failure: HTTPFailure) -> SendOutcome {
        switch failure {
        case .refused:
            .misconfigured(FailureReason(code: "address_refused", title: "The hub may not call graph_url"))
        case .notConnected:
            .unavailable(reason: FailureReason(code: "no_connection", title: "No connection to the Graph API"))
        // There is no idempotency key: Meta may have taken the message, and a second send could reach the person twice.
        case .unanswered:
            .uncertain(reason: FailureReason(code: "no_answer", title: "The Graph API gave no answer"))
        }
    }

    /// Meta's support asks for the trace id, which says nothing of a person.
    private func report(_ error: GraphError) {
        var fields = ["code": error.reason.code]
        if let trace = error.trace { fields["fbtrace_id"] = trace }
        log.log(.warning, "the Graph API refused a message", fields)
    }
}
