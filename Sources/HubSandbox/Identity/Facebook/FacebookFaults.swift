/// What can go wrong at Facebook on request.
enum FacebookFaults {
    static let known =
        CallbackFaults.known.filter { !$0.name.hasPrefix("iss_") && $0.name != "token_in_callback" } + [
            ProviderFault("code_reused", "the code counts as used before (100/36009)"),
            ProviderFault("code_expired", "the code counts as expired (100/36007)"),
            ProviderFault("foreign_token", "the code is exchanged for a token that was issued to another app"),
            ProviderFault("no_email", "the person's e-mail address is missing, though it was allowed"),
            ProviderFault("other_id", .text, "/me answers this id, or one of nobody"),
            ProviderFault("dead_token", .whole(0...9999), "Graph calls answer 190 with this subcode; 0 for none"),
            ProviderFault(
                "graph_error", .object(["code", "subcode", "http", "message", "transient"]),
                "Graph calls answer this error, e.g. 4, 17, 32 or 613 for limits, 1 or 2 for a passing failure"),
            ProviderFault("exchange_refused", "fb_exchange_token is refused, though the token lives"),
            ProviderFault("debug_app_id", .text, "debug_token names this app, or one that does not exist"),
            ProviderFault("debug_user_id", .text, "debug_token names this user, or one that does not exist"),
            ProviderFault("debug_type", .text, "debug_token says this type, or PAGE"),
            ProviderFault("debug_invalid", "debug_token says that the token is not valid"),
            ReplyFault.named("token_reply", of: "the answer of oauth/access_token"),
            ReplyFault.named("me_reply", of: "the answer of /me"),
            ReplyFault.named("debug_reply", of: "the answer of debug_token"),
            ReplyFault.named("permissions_reply", of: "the answer of /permissions"),
        ]
}
