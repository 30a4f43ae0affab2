public import AdapterKit

extension FacebookAdapter {
    /// Reads a signed request: somebody removed the app, or asks for the deletion of their data.
    public func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof {
        let kind: ProviderEvent.Kind
        switch topic {
        case Self.deauthorizeTopic: kind = .consentRevoked
        case Self.deletionTopic: kind = .erasureRequested
        default: throw .malformed
        }
        let content = try signature.read(request)
        // The same request is one event, however often it comes; the other callback's is another one.
        return .proven([
            ProviderEvent(
                id: "\(topic)/\(content.userID)/\(content.issuedAt)", kind: kind, issuer: Self.issuer,
                subject: content.userID, occurredAt: Timestamp(seconds: content.issuedAt))
        ])
    }

    /// Facebook sends no tokens of events.
    public func events(_ claims: JSON) throws(WebhookRejection) -> [ProviderEvent] { throw .malformed }
}
