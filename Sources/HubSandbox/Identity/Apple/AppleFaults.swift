/// What goes wrong at Apple on request.
enum AppleFaults {
    static let known: [ProviderFault] =
        CallbackFaults.known + [
            ProviderFault("user_raw", .text, "the callback has this text as user, on every authorisation (row 74)"),
            ProviderFault("user_email", .text, "user names this e-mail address, or Ada's, whoever it is (row 74)"),
            ProviderFault("user_html", "the names in user are HTML with line ends (row 74)"),
            ProviderFault("user_huge", .whole(1...4_000_000), "the first name in user has so many characters (row 74)"),
            ProviderFault("user_always", "user comes on every authorisation"),
            ProviderFault("user_missing", "user does not come on the first authorisation either (row 75)"),
            ReplyFault.named("token_reply", of: "the reply to a code"),
            ReplyFault.named("refresh_reply", of: "the reply to a refresh token"),
            ProviderFault(
                "token_error", .text, "the token endpoint refuses with this code, or invalid_grant, before any work"),
            ProviderFault("token_drop_before", "the token endpoint closes the connection before any work (row 59)"),
            ReplyFault.named("revoke_reply", of: "the reply to a revocation"),
            ProviderFault(
                "bools_as_text", #"email_verified, is_private_email and nonce_supported are "true" or "false""#),
            ProviderFault("nonce_supported_missing", "no nonce_supported (row 21)"),
            ProviderFault("email_empty", "email is an empty text, as for managed school accounts"),
        ] + KeysReply.faults + IDTokenFaults.known
}
