/// What goes wrong at Google on request.
enum GoogleFaults {
    static let known: [ProviderFault] =
        CallbackFaults.known + [
            ReplyFault.named("token_reply", of: "the reply to a code"),
            ReplyFault.named("refresh_reply", of: "the reply to a refresh token"),
            ProviderFault(
                "token_error", .text, "the token endpoint refuses with this code, or invalid_grant, before any work"),
            ProviderFault("token_drop_before", "the token endpoint closes the connection before any work (row 59)"),
            ProviderFault("scope_narrower", "the granted scopes are openid only (row 58)"),
            ProviderFault("refresh_rotates", "a refresh gives a new refresh token and ends the old one"),
            ReplyFault.named("userinfo_reply", of: "userinfo"),
            ProviderFault("userinfo_subject", .text, "userinfo is another person's, or this sub's (row 35)"),
            ReplyFault.named("revoke_reply", of: "the reply to a revocation"),
            ReplyFault.named("discovery_reply", of: "the discovery document"),
            ProviderFault("discovery_issuer", .text, "the discovery document names this issuer, or another (row 34)"),
        ] + KeysReply.faults + IDTokenFaults.known + DriveFaults.known
}
