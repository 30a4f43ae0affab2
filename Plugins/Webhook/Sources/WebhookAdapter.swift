public import AdapterKit

/// Hands events to a business system by HTTP, signed by Standard Webhooks 1.0.0 (standardwebhooks.com).
public struct WebhookAdapter: SystemAdapter {
    private let url: String
    private let signature: StandardSignature
    private let timeout: Duration
    private let http: any HTTPPort
    private let clock: any ClockPort

    /// - Throws: ``SettingsProblem`` when there is no address, or a secret is not `whsec_` and 24 to 64 bytes in base64.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        guard let url = settings.text("url") else { throw SettingsProblem(key: "url", message: "is missing") }
        self.url = url
        signature = try StandardSignature(secrets: settings.secrets("secret"))
        timeout = .seconds(settings.integer("timeout_seconds") ?? 15)
        http = host.http
        clock = host.clock
    }

    /// Posts the event's bytes as they are. The id is the same at every attempt; time and signature are of the attempt.
    public func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome {
        let seconds = clock.now.milliseconds / 1000
        let call = HTTPCall(
            url: url,
            headers: [
                ("content-type", "application/json"),
                ("user-agent", "comfile-hub-webhook/\(Self.manifest.version)"),
                ("webhook-id", delivery.id),
                ("webhook-timestamp", String(seconds)),
                ("webhook-signature", signature.header(id: delivery.id, seconds: seconds, body: delivery.body)),
            ], body: delivery.body, timeout: timeout, maximumAnswerBytes: 4096)
        do throws(HTTPFailure) {
            return Self.outcome(of: try await http.send(call))
        } catch {
            return .failed(reason: Self.reason(of: error), retryAfter: nil)
        }
    }

    private static func outcome(of answer: HTTPAnswer) -> DeliveryOutcome {
        switch answer.status {
        case 200..<300: return .delivered
        case 410: return .gone
        case 300..<400:
            // Following it would hand the event to an address that nobody entered.
            let reason = FailureReason(code: "redirect_refused", title: "The system answered with a redirect")
            return .failed(reason: reason, retryAfter: nil)
        default:
            // What the system wrote may repeat the event, so it is no title.
            let words = String(decoding: answer.body.prefix(1024), as: UTF8.self)
            let reason = FailureReason(
                code: "http_\(answer.status)", title: "The system answered \(answer.status)",
                detail: words.isEmpty ? nil : words)
            return .failed(reason: reason, retryAfter: answer.retryAfter)
        }
    }

    private static func reason(of failure: HTTPFailure) -> FailureReason {
        switch failure {
        case .refused: FailureReason(code: "address_refused", title: "The hub may not call this address")
        case .notConnected: FailureReason(code: "no_connection", title: "No connection to the system")
        case .unanswered: FailureReason(code: "no_answer", title: "The system gave no answer in time")
        }
    }
}
