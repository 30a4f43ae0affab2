/// What can go wrong at Shopify on request. Those of the callback are signed properly unless they say otherwise.
enum ShopifyFaults {
    static let oldSecret = "sandbox-shopify-old-secret"

    static let known =
        CallbackFaults.known.filter { !$0.name.hasPrefix("iss_") && $0.name != "token_in_callback" } + signature
        + tokens + admin

    private static let signature = [
        ProviderFault("hmac_missing", "the callback has no hmac"),
        ProviderFault("hmac_wrong", "the callback's hmac has one digit changed"),
        ProviderFault("hmac_upper", "the callback's hmac is in upper-case digits"),
        ProviderFault("hmac_truncated", "the callback's hmac lacks its last digit"),
        ProviderFault("hmac_array", "the callback has hmac[] in place of hmac"),
        ProviderFault("hmac_doubled", "the callback has hmac twice"),
        ProviderFault("hmac_form", .text, "what is signed: decoded (usual) or encoded values"),
        ProviderFault(
            "old_secret", .text, "callbacks, webhooks and session tokens are signed with this secret, or \(oldSecret)"),
        ProviderFault("timestamp_missing", "the callback has no timestamp"),
        ProviderFault("timestamp_old", .whole(0...1_000_000_000), "the timestamp is so many seconds ago, e.g. 91"),
        ProviderFault("timestamp_future", .whole(0...1_000_000_000), "the timestamp is so many seconds ahead"),
        ProviderFault("timestamp_text", .text, "the timestamp is this, or soon"),
        ProviderFault("timestamp_array", "the callback has timestamp[] in place of timestamp"),
        ProviderFault("extra_signed", .text, "the callback has one more field, of this name or extra"),
        ProviderFault("extra_unsigned", .text, "the callback has one more field that was added after signing"),
        ProviderFault("shop_doubled", "the callback names the shop twice, both signed"),
        ProviderFault("shuffled", "the callback's fields come in another order"),
        ProviderFault("shop_other", .text, "the callback names this shop, or globex-store.myshopify.com"),
        ProviderFault("shop_evil", .text, "the callback names this as the shop, or evil.example"),
        ProviderFault("shop_missing", "the callback names no shop"),
        ProviderFault(
            "host_padded", "the callback's host is base64 with its =, which forms of signing spell differently"),
    ]

    private static let tokens = [
        ProviderFault("mode_swapped", "an online token is given where an offline one was asked for, and the reverse"),
        ProviderFault("fewer_scopes", .text, "these scopes are granted, or the first of those that were asked for"),
        ProviderFault("code_refused", "the code counts as used already"),
        ProviderFault("refresh_refused", "the refresh token counts as dead (invalid_grant)"),
        ProviderFault("refresh_lost", "the connection closes after the refresh, so that the new pair is lost"),
        ProviderFault("exchange_refused", "the session token counts as expired (invalid_subject_token)"),
        ReplyFault.named("token_reply", of: "the answer of access_token"),
    ]

    private static let admin = [
        ProviderFault(
            "api_error", .object(["status", "retry_after", "message"]),
            "the Admin API answers this status: 401, 402, 403, 423, 429 or 5xx"),
        ProviderFault("throttled", "the bucket of query costs is empty"),
        ProviderFault("protected_data", "the app may not see customers and orders (protected customer data)"),
        ProviderFault("api_version", .text, "X-Shopify-API-Version of answers is this, or 2025-10"),
        ReplyFault.named("graphql_reply", of: "the answer of graphql.json"),
        ReplyFault.named("revoke_reply", of: "the answer of api_permissions/current.json"),
    ]
}
