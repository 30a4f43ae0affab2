import AdapterKit

extension ToyChannel {
    func send(_ message: OutboundMessage) async -> SendOutcome {
        guard let accessToken else {
            return fault == .sendsForApp ? .unavailable(reason: reason("app")) : .misconfigured(reason("app"))
        }
        guard let body = body(of: message) else {
            return fault == .sendsAnything ? .accepted(providerID: "x") : .rejected(reason("content"))
        }
        var call = HTTPCall(url: baseURL + "/send", body: body.encoded)
        if fault == .tokenInURL { call.url += "?token=" + accessToken.reveal() }
        if fault == .otherHost { call.url = "https://user@elsewhere.example/send" }
        do throws(HTTPFailure) {
            return outcome(try await host.http.send(call))
        } catch {
            switch error {
            case .notConnected:
                return fault == .givesUp ? .rejected(reason("connection")) : .unavailable(reason: reason("connection"))
            case .unanswered:
                return fault == .retriesUnanswered
                    ? .unavailable(reason: reason("answer")) : .uncertain(reason: reason("answer"))
            case .refused:
                return fault == .acceptsRefused
                    ? .uncertain(reason: reason("address")) : .misconfigured(reason("address"))
            }
        }
    }

    private func outcome(_ answer: HTTPAnswer) -> SendOutcome {
        let body = answer.isTruncated ? nil : try? JSON.parse(answer.body)
        if fault == .logsAnswer {
            host.log.log(.error, "answer", ["body": String(decoding: answer.body, as: UTF8.self)])
        }
        switch answer.status {
        case 200:
            let id = body?["id"]?.string
            if fault == .acceptsWithoutID { return .accepted(providerID: id ?? "unknown") }
            if fault == .otherID, id != nil { return .accepted(providerID: "other") }
            return id.map { .accepted(providerID: $0) } ?? .uncertain(reason: reason("id"))
        case 500...:
            return fault == .retriesServerErrors
                ? .unavailable(reason: reason("server")) : .uncertain(reason: reason("server"))
        default:
            let title = fault == .quotesProvider ? body?["message"]?.string ?? "refused" : "refused"
            let reason = FailureReason(code: "refused", title: title)
            return fault == .retriesRefusals ? .unavailable(reason: reason) : .rejected(reason)
        }
    }

    func reason(_ code: String) -> FailureReason { FailureReason(code: code, title: "No \(code)") }
}
