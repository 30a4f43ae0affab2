public import AdapterKit

extension AppleAdapter {
    /// `{"payload": "<JWS>"}`: the host verifies the token, and nothing beside it is read.
    public func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof {
        guard topic == Self.notificationTopic, let keys = addresses.keys, request.body.count <= 64 * 1024 else {
            throw .malformed
        }
        guard !request.body.isEmpty else { throw .signatureMissing }
        guard let body = try? JSON.parse(request.body), let payload = body["payload"]?.string,
            payload.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2
        else { throw .malformed }
        return .token(Secret(payload), EventTokenRules(issuer: Self.issuer, audiences: audiences, keys: keys))
    }

    /// `{"iss", "aud", "iat", "jti", "events": "{\"type\": …, \"sub\": …, \"event_time\": …}"}`: one event, as a text that is
    /// JSON again. An object is taken too.
    public func events(_ claims: JSON) throws(WebhookRejection) -> [ProviderEvent] {
        guard let id = claims["jti"]?.string, (1...200).contains(id.utf8.count), let event = Self.event(in: claims),
            let type = event["type"]?.string, !type.isEmpty
        else { throw .malformed }
        let subject = IdentityClaims(event).subject()
        return [
            ProviderEvent(
                id: id, kind: Self.kind(type), issuer: subject == nil ? nil : Self.issuer, subject: subject,
                occurredAt: try Self.time(of: event, claims))
        ]
    }

    private static func event(in claims: JSON) -> JSON? {
        switch claims["events"] {
        case .string(let text): try? JSON.parse(text)
        case .object(let members): .object(members)
        default: nil
        }
    }

    private static func kind(_ type: String) -> ProviderEvent.Kind {
        switch type {
        case "email-enabled": .emailDeliverable(true)
        case "email-disabled": .emailDeliverable(false)
        case "consent-revoked": .consentRevoked
        // Apple's page has the second, what comes has been the first.
        case "account-delete", "account-deleted": .accountDeleted
        default: .unknown(String(type.prefix(100)))
        }
    }

    /// `event_time` in milliseconds, or when the token was made.
    private static func time(of event: JSON, _ claims: JSON) throws(WebhookRejection) -> Timestamp {
        if let milliseconds = event["event_time"]?.identifier.flatMap({ Int64($0) }) {
            return Timestamp(milliseconds: min(max(milliseconds, 0), 253_402_300_799_999))
        }
        guard let seconds = claims["iat"]?.integer else { throw .malformed }
        return Timestamp(seconds: seconds)
    }
}
