/// What can be wrong with what a token says.
extension IDTokenFaults {
    private static let day = 86_400

    static let claims: [IDTokenFault] =
        issuer + audience + times + [
            .claim("subject_missing", "no sub (row 15)", "sub", nil),
            .claim("subject_empty", "an empty sub (row 15)", "sub", ""),
            .claim("subject_number", "sub is a number (row 15)", "sub", 1_234_567),
            .claim(
                "subject_long", "sub of 256 characters (row 15)", "sub", .string(String(repeating: "9", count: 256))),
            .claim("subject_nul", "sub with a NUL (row 15)", "sub", "12345\u{0}67"),
            .claim("nonce_missing", "no nonce (rows 20, 21)", "nonce", nil),
            IDTokenFault("nonce_wrong", .text, "another nonce, or this (row 20)") { draft, value, _ in
                draft.set("nonce", JSON(value.text ?? SandboxSecret.random()))
            },
            IDTokenFault("at_hash_wrong", .flag, "at_hash of another access token (row 22)") { draft, _, _ in
                draft.set("at_hash", JSON(IDTokenClaims.hash(of: SandboxSecret.random())))
            },
            .claim("at_hash_missing", "no at_hash (row 22)", "at_hash", nil),
            IDTokenFault("c_hash_wrong", .flag, "c_hash of another code (row 22)") { draft, _, _ in
                draft.set("c_hash", JSON(IDTokenClaims.hash(of: SandboxSecret.random())))
            },
            .claim("c_hash_missing", "no c_hash (row 22)", "c_hash", nil),
            IDTokenFault("refresh_subject", .text, "a refreshed token is another person's, or this sub's (row 36)") {
                draft, value, _ in draft.set("sub", JSON(value.text ?? "100000000000000000000"))
            },
            IDTokenFault("refresh_issuer", .text, "a refreshed token is of another issuer (row 36)") {
                draft, value, _ in draft.set("iss", JSON(value.text ?? "https://issuer.evil.example"))
            },
            IDTokenFault("refresh_audience", .text, "a refreshed token is for another client (row 36)") {
                draft, value, _ in draft.set("aud", JSON(value.text ?? "another-client"))
            },
        ]

    static let person: [IDTokenFault] = [
        .claim("email_verified_text_false", #"email_verified is "false" (row 37)"#, "email_verified", "false"),
        .claim("email_verified_upper_false", #"email_verified is "FALSE" (row 37)"#, "email_verified", "FALSE"),
        .claim("email_verified_text_true", #"email_verified is "true""#, "email_verified", "true"),
        .claim("email_verified_false", "email_verified is false", "email_verified", false),
        .claim("email_verified_zero", "email_verified is 0 (row 37)", "email_verified", 0),
        .claim("email_verified_null", "email_verified is null (row 37)", "email_verified", .null),
        .claim("email_verified_missing", "no email_verified", "email_verified", nil),
        .claim("email_missing", "no email", "email", nil),
        IDTokenFault("email", .text, "this email, or one that Ada's could be taken for (row 66)") { draft, value, _ in
            draft.set("email", JSON(value.text ?? "ada\u{FF20}acme.example"))
        },
        IDTokenFault("name_missing", .flag, "no name, given_name and family_name, as on some refreshes") {
            draft, _, _ in
            draft.claims = draft.claims.without(["name", "given_name", "family_name"])
        },
        IDTokenFault("name_html", .flag, "names with HTML, quotes and line ends") { draft, _, _ in
            draft.set("name", "<img src=x onerror=alert(1)>\r\n\"Ada\"")
            draft.set("given_name", "<script>alert(1)</script>")
        },
        .claim("hd_missing", "no hd (row 69)", "hd", nil),
        IDTokenFault("hd_other", .text, "hd is evil.example, or this (row 69)") { draft, value, _ in
            draft.set("hd", JSON(value.text ?? "evil.example"))
        },
        IDTokenFault("claim_doubled", .flag, "the claims have sub twice, another person's first (row 30)") {
            draft, _, _ in
            draft.claims = .object([.init(name: "sub", value: "1")] + (draft.claims.members ?? []))
        },
    ]

    private static let issuer: [IDTokenFault] = [
        .claim("issuer_missing", "no iss (row 9)", "iss", nil),
        IDTokenFault("wrong_issuer", .text, "iss is https://issuer.evil.example, or this (row 9)") { draft, value, _ in
            draft.set("iss", JSON(value.text ?? "https://issuer.evil.example"))
        },
        IDTokenFault("issuer_trailing_slash", .flag, "iss ends with a slash (row 9)") { draft, _, scene in
            draft.set("iss", JSON(scene.issuer + "/"))
        },
        IDTokenFault("issuer_http", .flag, "iss begins with http:// (row 9)") { draft, _, scene in
            draft.set("iss", JSON("http://" + bare(scene.issuer)))
        },
        IDTokenFault("issuer_without_scheme", .flag, "iss without https://, as Google may write it (row 10)") {
            draft, _, scene in draft.set("iss", JSON(bare(scene.issuer)))
        },
        IDTokenFault("issuer_prefix", .flag, "iss is a host that begins as the right one does (row 10)") {
            draft, _, scene in draft.set("iss", JSON(scene.issuer + ".evil.example"))
        },
    ]

    private static let audience: [IDTokenFault] = [
        .claim("audience_missing", "no aud (row 11)", "aud", nil),
        .claim("audience_empty", "aud is an empty list (row 11)", "aud", []),
        IDTokenFault("wrong_audience", .text, "aud is another client, or this one (rows 11, 14)") { draft, value, _ in
            draft.set("aud", JSON(value.text ?? "another-client"))
        },
        IDTokenFault("audience_array", .flag, "aud is a list of the client only, which is right (row 13)") {
            draft, _, scene in draft.set("aud", [JSON(scene.client.id)])
        },
        IDTokenFault("audience_two", .text, "aud is a list of the client and another; azp is missing, or this (row 12)")
        {
            draft, value, scene in
            draft.set("aud", [JSON(scene.client.id), "another-client"])
            if let party = value.text { draft.set("azp", JSON(party)) } else { draft.remove("azp") }
        },
        IDTokenFault("azp_wrong", .text, "azp is another client, or this (row 12)") { draft, value, _ in
            draft.set("azp", JSON(value.text ?? "another-client"))
        },
    ]

    private static let times: [IDTokenFault] = [
        .claim("iat_missing", "no iat (row 16)", "iat", nil),
        IDTokenFault("iat_future", .whole(-315_360_000...315_360_000), "iat so many seconds from now (row 16)") {
            draft, value, scene in draft.set("iat", JSON(scene.now + (value.integer ?? 0)))
        },
        IDTokenFault("iat_week_old", .flag, "iat is a week ago, exp a week ahead (row 16)") { draft, _, scene in
            draft.set("iat", JSON(scene.now - 7 * day))
            draft.set("exp", JSON(scene.now + 7 * day))
        },
        .claim("exp_missing", "no exp (row 17)", "exp", nil),
        IDTokenFault("expired", .flag, "exp and iat lie hours back (row 17)") { draft, _, scene in
            draft.set("iat", JSON(scene.now - 3 * 3600))
            draft.set("exp", JSON(scene.now - 2 * 3600))
        },
        IDTokenFault("exp_offset", .whole(-315_360_000...315_360_000), "exp so many seconds from now (row 18)") {
            draft, value, scene in
            let expiry = scene.now + (value.integer ?? 0)
            draft.set("exp", JSON(expiry))
            draft.set("iat", JSON(min(scene.now, expiry - 60)))
        },
        IDTokenFault("exp_text", .flag, "exp is a text (row 17)") { draft, _, scene in
            draft.set("exp", JSON(String(scene.now + 3600)))
        },
        .claim("exp_huge", "exp is 1e400 (row 17)", "exp", .number("1e400")),
        .claim("exp_negative", "exp is -1 (row 17)", "exp", -1),
        IDTokenFault("nbf_future", .flag, "nbf is an hour ahead (row 19)") { draft, _, scene in
            draft.set("nbf", JSON(scene.now + 3600))
        },
    ]

    private static func bare(_ issuer: String) -> String { issuer.replacing("https://", with: "") }
}
