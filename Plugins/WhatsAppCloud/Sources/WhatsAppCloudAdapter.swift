public import AdapterKit

/// WhatsApp Business Cloud API: one business phone number, or the webhook of an app that several numbers share.
public struct WhatsAppCloudAdapter: ChannelAdapter, WebhookHandshake {
    let app: MetaApp
    /// Nil for a shared app, which receives and does not call.
    let graph: GraphClient?
    /// Hosts for media beside Meta's own.
    let mediaHosts: [String]
    private let signature: WebhookSignature
    private let sender: MessageSender?

    /// Makes a number that receives and sends, or from an app's settings one that only receives. Never throws.
    public init(settings: AdapterSettings, host: any AdapterHost) throws {
        app = MetaApp(settings)
        graph = GraphClient(settings: settings, host: host)
        mediaHosts = settings.list("media_hosts")
        signature = WebhookSignature(secrets: settings.secrets("app_secret"))
        sender = graph.map { MessageSender(graph: $0) }
    }

    /// Checks `X-Hub-Signature-256` and reads every entry, change, message and status of the body.
    public func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt {
        if !request.isProven { try signature.verify(request) }
        return WebhookBody.read(request.body, receivedAt: request.receivedAt)
    }

    /// Answers Meta's check of a callback address with its challenge.
    public func handshake(_ request: WebhookRequest) throws(WebhookRejection) -> String {
        guard let verifyToken = app.verifyToken else { throw .handshakeWrong }
        return try SubscriptionCheck(token: verifyToken).answer(request.query)
    }

    /// Sends a message of any type by `POST /{phone_number_id}/messages`.
    public func send(_ message: OutboundMessage) async -> SendOutcome {
        guard let sender else { return .misconfigured(Self.noNumber) }
        return await sender.send(message)
    }

    /// The number to call as.
    /// - Throws: for a shared app, which has none.
    func number() throws(ProviderFailure) -> GraphClient {
        guard let graph else { throw ProviderFailure(.misconfigured, Self.noNumber) }
        return graph
    }

    private static let noNumber = FailureReason(
        code: "not_a_number", title: "This is a provider app: it has no phone_number_id to call as")
}
