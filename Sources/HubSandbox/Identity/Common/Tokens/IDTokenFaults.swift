import FoundationEssentials

/// Everything that can be wrong with an id token, by name; rows are those of the list of negative cases.
enum IDTokenFaults {
    static let generic = ProviderFault(
        "id_token", .object(["header", "claims", "signature", "raw"]),
        "header and claims replaced by member (null removes); signature one of \(signatures.joined(separator: ", ")); "
            + "raw: this text in place of the token")

    /// In the order in which they are applied.
    static let all = signature + header + claims + person + shape

    static let known = all.map(\.fault) + [generic]

    private static let signatures = [
        "none", "flipped", "missing", "other_key", "small_key", "hs256_public_key", "hs256_public_jwk",
        "hs256_client_secret", "es256_zero", "es256_der", "rs384", "rs512", "ps256",
    ]

    /// Applies what a test gives in full.
    static func apply(_ value: JSON, to draft: inout IDTokenDraft, _ scene: IDTokenScene) async throws {
        draft.header = IDTokenDraft.override(draft.header, with: value["header"]?.members ?? [])
        draft.claims = IDTokenDraft.override(draft.claims, with: value["claims"]?.members ?? [])
        if let name = value["signature"]?.text { try await sign(name, &draft, scene) }
        draft.raw = value["raw"]?.text ?? draft.raw
    }

    /// Has a token signed in one of the ways that must not be believed.
    static func sign(_ name: String, _ draft: inout IDTokenDraft, _ scene: IDTokenScene) async throws {
        switch name {
        case "none":
            draft.setHeader("alg", "none")
            draft.signature = .empty
        case "missing": draft.signature = .empty
        case "flipped": draft.signature = .flipped
        // The kid stays that of the right key.
        case "other_key": draft.key = try await scene.keys.stranger()
        case "small_key":
            draft.key = try await scene.keys.stranger(bits: 1024)
            draft.setHeader("kid", JSON(draft.key.kid))
        case "hs256_public_key": hmac(&draft, Array(draft.key.publicPEM.utf8))
        case "hs256_public_jwk": hmac(&draft, try draft.key.publicJWK().bytes)
        case "hs256_client_secret": hmac(&draft, Array((scene.client.secret ?? scene.client.id).utf8))
        case "es256_zero":
            draft.setHeader("alg", "ES256")
            draft.signature = .bytes(Array(repeating: 0, count: 64))
        case "es256_der":
            draft.setHeader("alg", "ES256")
            draft.signature = .ecdsaDER
        case "rs384", "rs512", "ps256":
            draft.setHeader("alg", JSON(name.uppercased()))
            draft.signature = .key(algorithm: name.uppercased())
        default:
            throw ControlError("id_token.signature takes one of \(signatures.joined(separator: ", "))")
        }
    }

    private static func hmac(_ draft: inout IDTokenDraft, _ secret: [UInt8]) {
        draft.setHeader("alg", "HS256")
        draft.signature = .hmac(secret)
    }

    private static let signature: [IDTokenFault] =
        [
            ("signature_flipped", "flipped", "one bit of the signature is another (row 4)"),
            ("signature_missing", "missing", "the signature is empty, and alg is still RS256 (row 4)"),
            ("signed_by_other_key", "other_key", "another key signs, under the kid of the right one (row 4)"),
            ("signed_by_small_key", "small_key", "an RSA key of 1024 bits signs; see keys_small (row 29)"),
            ("hs256_public_key", "hs256_public_key", "HS256 with the public key's PEM as secret (row 2)"),
            ("hs256_public_jwk", "hs256_public_jwk", "HS256 with the public JWK as secret (row 2)"),
            ("hs256_client_secret", "hs256_client_secret", "HS256 with the client's secret (row 3)"),
            ("es256_zero", "es256_zero", "ES256 with r and s zero (row 5)"),
            ("es256_der", "es256_der", "ES256 with the signature in DER (row 5)"),
            ("alg_rs384", "rs384", "signed with RS384 by the right key (row 6)"),
            ("alg_rs512", "rs512", "signed with RS512 by the right key (row 6)"),
            ("alg_ps256", "ps256", "signed with PS256 by the right key (row 6)"),
        ].map { name, kind, does in
            IDTokenFault(name, .flag, does) { draft, _, scene in try await sign(kind, &draft, scene) }
        } + [
            IDTokenFault("alg_none", .text, "alg is none, or this spelling of it, without a signature (row 1)") {
                draft, value, _ in
                draft.setHeader("alg", JSON(value.text ?? "none"))
                draft.signature = .empty
            },
            IDTokenFault("alg_swapped", .text, "signed with RS256; alg says RS384, or this (row 6)") {
                draft, value, _ in
                draft.setHeader("alg", JSON(value.text ?? "RS384"))
            },
            IDTokenFault(
                "rotate_before_signing", .flag, "the keys are rotated just before the token is signed (row 26)"
            ) {
                draft, _, scene in
                try await scene.keys.rotate(dropsOld: false)
                draft.key = try await scene.keys.current()
                draft.setHeader("kid", JSON(draft.key.kid))
            },
            IDTokenFault("signed_by_retired_key", .flag, "a key signs that is published no more; rotate first (row 27)")
            {
                draft, _, scene in
                guard let key = try await scene.keys.retiredKeys().first else { return }
                draft.key = key
                draft.setHeader("kid", JSON(key.kid))
            },
        ]

    private static let header: [IDTokenFault] = [
        IDTokenFault("kid_missing", .flag, "no kid (rows 23, 24)") { draft, _, _ in
            draft.header = draft.header.without(["kid"])
        },
        IDTokenFault("kid_unknown", .text, "a kid that is in no JWKS, another each time unless given (row 25)") {
            draft, value, _ in
            draft.setHeader("kid", JSON(value.text ?? SandboxSecret.random()))
        },
        IDTokenFault("header_jwk", .flag, "an attacker's key signs and stands in the header as jwk (row 7)") {
            draft, _, scene in
            draft.key = try await scene.keys.stranger()
            draft.setHeader("jwk", try draft.key.publicJWK())
        },
        IDTokenFault("header_jku", .text, "an attacker's key signs; jku names where it is, counted as attacker (row 7)")
        {
            draft, value, scene in
            draft.key = try await scene.keys.stranger()
            draft.setHeader("kid", JSON(draft.key.kid))
            draft.setHeader("jku", JSON(value.text ?? attacker(scene)))
        },
        IDTokenFault("header_x5u", .text, "an attacker's key signs; x5u names where it is, counted as attacker (row 7)")
        {
            draft, value, scene in
            draft.key = try await scene.keys.stranger()
            draft.setHeader("x5u", JSON(value.text ?? attacker(scene)))
        },
        IDTokenFault(
            "header_x5c", .flag, "an attacker's key signs and stands, without a certificate around it, in x5c (row 7)"
        ) {
            draft, _, scene in
            draft.key = try await scene.keys.stranger()
            draft.setHeader("x5c", [JSON(Data(draft.key.publicDER).base64EncodedString())])
        },
        IDTokenFault("header_crit", .flag, "crit names an extension that nobody knows (row 8)") { draft, _, _ in
            draft.setHeader("crit", ["bork"])
            draft.setHeader("bork", true)
        },
        IDTokenFault("header_b64", .flag, "b64 is false, named in crit (row 8)") { draft, _, _ in
            draft.setHeader("crit", ["b64"])
            draft.setHeader("b64", false)
        },
        IDTokenFault("header_zip", .flag, "zip is DEF (row 8)") { draft, _, _ in draft.setHeader("zip", "DEF") },
        IDTokenFault("typ", .text, "typ is at+jwt, or this (row 33)") { draft, value, _ in
            draft.setHeader("typ", JSON(value.text ?? "at+jwt"))
        },
        IDTokenFault("header_member_doubled", .flag, "the header has alg twice, none first (row 30)") { draft, _, _ in
            draft.header = .object([.init(name: "alg", value: "none")] + (draft.header.members ?? []))
        },
    ]

    private static func attacker(_ scene: IDTokenScene) -> String {
        "\(scene.base)/_sandbox/\(scene.keys.provider)/attacker"
    }
}
