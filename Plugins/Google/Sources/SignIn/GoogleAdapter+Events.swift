public import AdapterKit

extension GoogleAdapter {
    /// The body is one security event token (RFC 8417), which the host verifies.
    public func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof {
        guard topic == Self.riscTopic, let keys = addresses.keys else { throw .malformed }
        guard !request.body.isEmpty else { throw .signatureMissing }
        let text = String(decoding: request.body.prefix(64 * 1024 + 1), as: UTF8.self)
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard request.body.count <= 64 * 1024, parts.count == 3,
            parts.allSatisfy({ !$0.isEmpty && Base64URL.decode($0) != nil })
        else { throw .malformed }
        // The issuer of events has a slash at its end; that of ID tokens has none.
        let rules = EventTokenRules(issuer: Self.issuer + "/", audiences: [clientID], keys: keys)
        return .token(Secret(text), rules)
    }

    /// `{"iss", "aud", "iat", "jti", "events": {"<type>": {"subject": {…}, "reason", "state"}}}`: each type is one event.
    public func events(_ claims: JSON) throws(WebhookRejection) -> [ProviderEvent] {
        guard let id = claims["jti"]?.string, (1...200).contains(id.utf8.count),
            let seconds = claims["iat"]?.integer, !(claims["events"]?.members ?? []).isEmpty
        else { throw .malformed }
        return (claims["events"]?.members ?? []).prefix(20).map { member in
            let event = RiscEvent(type: member.name, json: member.value)
            let subject = event.subject
            return ProviderEvent(
                id: "\(id)/\(event.name)", kind: event.kind, issuer: subject == nil ? nil : Self.issuer,
                subject: subject, occurredAt: Timestamp(seconds: seconds))
        }
    }
}
