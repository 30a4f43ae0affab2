public import AdapterKit

extension GoogleAdapter {
    /// The body is one security event token (RFC 8417), which the host verifies.
    public func receive(_ request: WebhookRequest, topic: String) throws(WebhookRejection) -> ProviderEventProof {
        guard topic == Self.riscTopic, let keys = addresses.keys else { throw .malformed }
        guard !request.body.isEmpty else { throw .signatureMissing }
        let parts = request.body.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard request.body.count <= 64 * 1024, parts.count == 3, parts.allSatisfy(Self.isBase64URL) else {
            throw .malformed
        }
        // The issuer of events has a slash at its end; that of ID tokens has none.
        let rules = EventTokenRules(issuer: Self.issuer + "/", audiences: [clientID], keys: keys)
        return .token(Secret(String(decoding: request.body, as: UTF8.self)), rules)
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

    private static func isBase64URL(_ part: ArraySlice<UInt8>) -> Bool {
        !part.isEmpty
            && part.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
