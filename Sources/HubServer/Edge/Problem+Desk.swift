import AdapterKit
import HTTPTypes
import HubCore

extension Problem {
    /// Why a channel does not do what was asked. The provider's own words may stand in it: they go to the tenant alone.
    init(_ refusal: DeskRefusal) {
        switch refusal {
        case .unsupported(let capability):
            self.init(
                status: .conflict, code: "unsupported_by_channel",
                detail: "The adapter of this channel has no \(capability.rawValue).")
        case .unknownOperation, .unknownTemplate: self = .notFound
        case .notInbound:
            self.init(
                status: .unprocessableContent, code: "not_inbound",
                detail: "Only a message that a person wrote can be marked as read.")
        case .provider(let failure): self.init(failure)
        }
    }

    private init(_ failure: ProviderFailure) {
        let (status, code, sentence): (HTTPResponse.Status, String, String) =
            switch failure.kind {
            case .refused: (.unprocessableContent, "provider_refused", "The provider refused it")
            case .notFound: (.notFound, "provider_not_found", "The provider has no such thing")
            case .throttled: (.tooManyRequests, "provider_throttled", "The provider asks to come back later")
            case .unavailable: (.serviceUnavailable, "provider_unavailable", "The provider did not do it now")
            case .misconfigured:
                (.conflict, "channel_misconfigured", "The channel cannot do it until its owner changes something")
            }
        self.init(
            status: status, code: code, detail: "\(sentence): \(failure.reason.title) (\(failure.reason.code)).",
            retryAfter: failure.secondsToWait, members: [.init("provider", failure.reason.json)])
    }
}

extension ProviderFailure {
    /// When to come back, where that makes sense.
    fileprivate var secondsToWait: Int? {
        switch kind {
        case .refused, .notFound, .misconfigured: nil
        case .throttled, .unavailable:
            max(1, min(retryAfter.map { Int($0.components.seconds) } ?? (kind == .throttled ? 60 : 5), 86_400))
        }
    }
}
