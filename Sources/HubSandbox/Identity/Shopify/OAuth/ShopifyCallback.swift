/// The way back to an app, signed.
struct ShopifyCallback: Sendable {
    let provider: IdentityProvider
    let shop: ShopDomain
    let secret: String

    /// - Parameters:
    ///   - code: made for this callback.
    ///   - request: what is answered.
    func reply(code: String, to request: AuthorizationRequest) async -> CallbackReply {
        var fields = FormFields([.init(name: "code", value: code)])
        fields.append("host", await host())
        fields.append("shop", await shopField())
        fields.append("state", request.state)
        await addTimestamp(to: &fields)
        if await provider.take("shop_doubled") != nil { fields.append("shop", shop.text) }
        if let extra = await provider.take("extra_signed") { fields.append(extra.text ?? "extra", "1") }
        // The faults that all providers have come before the signature: a wrong state is signed.
        var reply = await provider.spoiled(CallbackReply(redirectURI: request.redirectURI, parameters: fields))
        await sign(&reply.parameters)
        if let extra = await provider.take("extra_unsigned") { reply.parameters.append(extra.text ?? "extra", "1") }
        if await provider.take("shuffled") != nil { reply.parameters.fields.reverse() }
        return reply
    }

    private func host() async -> String {
        guard await provider.take("host_padded") != nil else { return shop.host }
        return shop.host + String(repeating: "=", count: (4 - shop.host.utf8.count % 4) % 4)
    }

    private func shopField() async -> String? {
        if await provider.take("shop_missing") != nil { return nil }
        if let other = await provider.take("shop_other") { return other.text ?? "globex-store.myshopify.com" }
        if let evil = await provider.take("shop_evil") { return evil.text ?? "evil.example" }
        return shop.text
    }

    private func addTimestamp(to fields: inout FormFields) async {
        var time = provider.now
        if let seconds = await provider.take("timestamp_old")?.integer { time -= seconds }
        if let seconds = await provider.take("timestamp_future")?.integer { time += seconds }
        if await provider.take("timestamp_missing") != nil { return }
        if let text = await provider.take("timestamp_text") { return fields.append("timestamp", text.text ?? "soon") }
        let name = await provider.take("timestamp_array") == nil ? "timestamp" : "timestamp[]"
        fields.append(name, String(time))
    }

    private func sign(_ fields: inout FormFields) async {
        let form = await provider.take("hmac_form")?.text.flatMap(QuerySignature.Form.init) ?? .decoded
        var hmac = QuerySignature.make(fields, secret: secret, form: form)
        if await provider.take("hmac_wrong") != nil {
            hmac = (hmac.hasPrefix("0") ? "1" : "0") + hmac.dropFirst()
        }
        if await provider.take("hmac_upper") != nil { hmac = hmac.uppercased() }
        if await provider.take("hmac_truncated") != nil { hmac = String(hmac.dropLast()) }
        if await provider.take("hmac_missing") != nil { return }
        let name = await provider.take("hmac_array") == nil ? "hmac" : "hmac[]"
        // Shopify puts it behind the code.
        let place = fields.fields.firstIndex { $0.name == "code" }.map { $0 + 1 } ?? 0
        fields.fields.insert(.init(name: name, value: hmac), at: place)
        if await provider.take("hmac_doubled") != nil { fields.append(name, hmac) }
    }
}
