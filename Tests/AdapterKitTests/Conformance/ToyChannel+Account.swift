import AdapterKit
import AdapterTesting

extension ToyChannel: ReadMarks, Blocking, HealthProbe, ChannelOperations {
    static let operations = [
        ChannelOperation("profile", isReadOnly: true, summary: "Shows the profile."),
        ChannelOperation(
            "set_pin", summary: "Sets the PIN of the number.",
            parameters: [SettingsField("pin", .secret, required: true, format: .digits, summary: "Six digits.")]),
    ]

    func markRead(_ providerID: String, isTyping: Bool) async throws(ProviderFailure) {
        if fault == .marksForApp, accessToken == nil { return }
        do throws(ProviderFailure) {
            _ = try await call("POST", "/read", ["id": .string(providerID), "typing": .bool(isTyping)])
            if fault == .failsMarks { throw ProviderFailure(.refused, reason("mark")) }
        } catch {
            guard fault == .marksAnyway, accessToken != nil else { throw error }
        }
    }

    func setBlocked(_ isBlocked: Bool, _ person: [ContactIdentity]) async throws(ProviderFailure) {
        let phone = person.first?.value ?? ""
        let path = fault == .namesPersonInURL ? "/blocks/\(phone)" : "/blocks"
        _ = try await call(isBlocked ? "POST" : "DELETE", path, ["to": .string(phone)])
    }

    func probe() async throws(ProviderFailure) -> ChannelProbe {
        let answer = try await call("GET", "/health")
        let alert = ChannelAlert(
            code: "toy.tired", title: "The toy is tired", severity: .warning, occurredAt: host.clock.now, raw: answer)
        return ChannelProbe(
            limits: ChannelLimits(messagesPerSecond: fault == .probesNoRate ? 0 : 5),
            alerts: fault == .probesTwice ? [alert, alert] : [alert],
            facts: fault == .probesToken ? .string(accessToken?.reveal() ?? "") : answer)
    }

    func perform(_ operation: String, _ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        guard operation == "set_pin" else { return try await call("GET", "/profile") }
        let pin = parameters.secret("pin")?.reveal() ?? ""
        _ = try await call("POST", fault == .putsPINInURL ? "/pin/\(pin)" : "/pin", ["pin": .string(pin)])
        return fault == .givesPINBack ? ["pin": .string(pin)] : ["success": true]
    }

    // MARK: Calls

    /// A call that has to succeed.
    func call(_ method: String, _ path: String, _ body: JSON? = nil) async throws(ProviderFailure) -> JSON {
        guard let accessToken else { throw ProviderFailure(.misconfigured, reason("app")) }
        let answer = try await exchange(
            HTTPCall(
                method: method, url: baseURL + path, headers: [("authorization", "Bearer \(accessToken.reveal())")],
                body: body?.encoded ?? []))
        if let failure = failure(of: answer) { throw failure }
        return (try? JSON.parse(answer.body)) ?? .object([])
    }

    func exchange(
        _ call: HTTPCall, from source: (any ByteSource)? = nil, into sink: (any ByteSink)? = nil
    ) async throws(ProviderFailure) -> HTTPAnswer {
        do throws(HTTPFailure) {
            return try await host.http.send(call, from: source, into: sink)
        } catch {
            switch error {
            case .refused: throw ProviderFailure(.misconfigured, reason("address"))
            case .notConnected, .unanswered:
                throw ProviderFailure(fault == .givesUpCalls ? .refused : .unavailable, reason("answer"))
            }
        }
    }

    func failure(of answer: HTTPAnswer) -> ProviderFailure? {
        let words = (try? JSON.parse(answer.body))?["message"]?.string
        let reason = FailureReason(code: "refused", title: fault == .quotesFailure ? words ?? "refused" : "refused")
        switch answer.status {
        case 200..<300: return nil
        case 404: return ProviderFailure(.notFound, reason)
        case 429:
            return ProviderFailure(
                fault == .hurries ? .unavailable : .throttled, reason,
                retryAfter: fault == .forgetsToWait ? nil : answer.retryAfter)
        case 300..<400, 401, 403: return ProviderFailure(.misconfigured, reason)
        case 400..<500: return ProviderFailure(.refused, reason)
        default: return ProviderFailure(.unavailable, reason)
        }
    }
}
