/// What can be wrong with the way back to a client.
enum CallbackFaults {
    static let known = [
        ProviderFault("state_doubled", "the callback names state twice"),
        ProviderFault("code_doubled", "the callback names code twice"),
        ProviderFault("iss_doubled", "the callback names iss twice"),
        ProviderFault("state_wrong", "the callback's state is another"),
        ProviderFault("state_missing", "the callback has no state"),
        ProviderFault("code_missing", "the callback has no code"),
        ProviderFault("code_wrong", "the callback's code is one that was never given"),
        ProviderFault("iss_wrong", .text, "the callback's iss is this one, or https://issuer.evil.example"),
        ProviderFault("iss_missing", "the callback has no iss"),
        ProviderFault("error_and_code", "the callback has error=access_denied beside its code"),
        ProviderFault(
            "error_html", .text, "the callback is error=server_error with this description, or one of HTML and CR LF"),
        ProviderFault("error", .text, "the callback is this error, or access_denied, whatever the person answered"),
        ProviderFault("callback_method", .text, "query, form_post or fragment in place of the way that was asked for"),
        ProviderFault("token_in_callback", "the callback has access_token and id_token parameters beside its code"),
    ]

    static let html = "<script>alert(1)</script>\r\nSet-Cookie: a=b"
}

extension IdentityProvider {
    /// The way back as the faults that are on make it.
    func spoiled(_ reply: CallbackReply) -> CallbackReply {
        var reply = reply
        var fields = reply.parameters
        func set(_ name: String, _ value: String?) {
            fields.fields.removeAll { $0.name == name }
            fields.append(name, value)
        }
        if take("state_wrong") != nil { set("state", SandboxSecret.random()) }
        if take("state_missing") != nil { set("state", nil) }
        if take("code_missing") != nil { set("code", nil) }
        if take("code_wrong") != nil { set("code", SandboxSecret.random()) }
        if let value = take("iss_wrong") { set("iss", value.text ?? "https://issuer.evil.example") }
        if take("iss_missing") != nil { set("iss", nil) }
        if take("error_and_code") != nil { fields.append("error", "access_denied") }
        if let value = take("error_html") {
            set("code", nil)
            set("error", "server_error")
            set("error_description", value.text ?? CallbackFaults.html)
        }
        if let value = take("error") {
            set("code", nil)
            set("error", value.text ?? "access_denied")
        }
        if take("token_in_callback") != nil {
            fields.append("access_token", "ya29." + SandboxSecret.random())
            fields.append("id_token", "e30.e30.e30")
        }
        for name in ["state", "code", "iss"] where take("\(name)_doubled") != nil {
            fields.append(name, fields[name] ?? SandboxSecret.random())
        }
        if let method = take("callback_method")?.text.flatMap(CallbackReply.Method.init) { reply.method = method }
        reply.parameters = fields
        return reply
    }
}
