public import AdapterKit

/// WhatsApp Business Cloud API: one business phone number, or the webhook of an app that several numbers share.
public struct WhatsAppCloudAdapter: ChannelAdapter, WebhookHandshake {
    private let signature: WebhookSignature
    private let verifyToken: Secret?
    /// Nil for a shared app, which receives and does not send.
    private let sender: MessageSender?

    /// Makes a number that receives and sends, or from an app's settings one that only receives. Never throws.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        signature = WebhookSignature(secrets: settings.secrets("app_secret"))
        verifyToken = settings.secret("verify_token")
        sender = MessageSender(settings: settings, host: host)
    }

    /// Checks `X-Hub-Signature-256` and reads every entry, change, message and status of the body.
    public func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt {
        if !request.isProven { try signature.verify(request) }
        return WebhookBody.read(request.body, receivedAt: request.receivedAt)
    }

    /// Answers Meta's check of a callback address with its challenge.
    public func handshake(_ request: WebhookRequest) throws(WebhookRejection) -> String {
        guard let verifyToken else { throw .handshakeWrong }
        return try SubscriptionCheck(token: verifyToken).answer(request.query)
    }

    /// Sends a text or a template by `POST /{phone_number_id}/messages`.
    public func send(_ message: OutboundMessage) async -> SendOutcome {
        guard let sender else {
            return .misconfigured(
                FailureReason(
                    code: "not_a_number", title: "This channel has no phone_number_id or access_token to send with"))
        }
        return await sender.send(message)
    }
}
