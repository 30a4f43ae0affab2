import HTTPTypes
import Hummingbird
import NIOCore

/// A provider's JWKS, right or wrong.
struct KeysReply: Sendable {
    static let faults = [
        ReplyFault.named("keys_reply", of: "the JWKS"),
        ProviderFault("keys_500", "the JWKS answers 500 (row 28)"),
        ProviderFault("keys_html", "the JWKS is a page of HTML, with status 200 (row 28)"),
        ProviderFault("keys_huge", .whole(1...67_108_864), "the JWKS is so many bytes longer (row 28)"),
        ProviderFault("keys_many", .whole(1...20_000), "the JWKS has so many more keys before the right ones (row 28)"),
        ProviderFault("keys_redirect", .text, "the JWKS redirects to this address, or to http://10.0.0.1/ (row 28)"),
        ProviderFault("keys_delay", .whole(0...600_000), "the JWKS takes so many milliseconds longer (row 28)"),
        ProviderFault("keys_drop", "the connection of the JWKS closes without an answer (row 28)"),
        ProviderFault("keys_oct", "the JWKS has a key of kty=oct under the kid of the right one, first (row 29)"),
        ProviderFault("keys_enc", "the JWKS has the signing key with use=enc only (row 29)"),
        ProviderFault(
            "keys_small", "the JWKS has an RSA key of 1024 bits, which signs with signed_by_small_key (row 29)"),
        ProviderFault("keys_duplicate_kid", "the JWKS has another key under the kid of the right one, first (row 29)"),
        ProviderFault("keys_no_alg", "the keys of the JWKS have no alg (row 29)"),
        ProviderFault("keys_no_kid", "the keys of the JWKS have no kid, and one of them breaks parsers that need it"),
        ProviderFault("keys_single", "the JWKS has the signing key only (row 23)"),
        ProviderFault("keys_empty", "the JWKS has no keys"),
        ProviderFault("keys_without_current", "the JWKS lacks the key that signs (row 25)"),
        ProviderFault("keys_max_age", .whole(0...1_000_000), "Cache-Control's max-age of the JWKS"),
    ]

    let provider: IdentityProvider
    let keys: KeyRing

    func response(_ context: SandboxContext) async throws -> Response {
        await provider.count("keys")
        let json: JSON = ["keys": .array(try await published())]
        var fault: JSON?
        if let given = await provider.take("keys_reply") { fault = given }
        if await provider.take("keys_500") != nil { fault = ["status": 500, "body": "Internal Server Error"] }
        if await provider.take("keys_html") != nil {
            fault = ["content_type": "text/html; charset=utf-8", "body": "<!doctype html><title>Sorry</title>"]
        }
        if let count = await provider.take("keys_huge")?.integer { fault = ["pad_bytes": JSON(count)] }
        if let address = await provider.take("keys_redirect") {
            fault = ["redirect": JSON(address.text ?? "http://10.0.0.1/")]
        }
        if let delay = await provider.take("keys_delay")?.integer { fault = ["delay_ms": JSON(delay)] }
        if await provider.take("keys_drop") != nil { fault = ["drop": true] }
        var reply = Response.json(json)
        let maxAge = await provider.take("keys_max_age")?.integer ?? 20_000
        reply.headers[.cacheControl] = "public, max-age=\(maxAge), must-revalidate, no-transform"
        return try await ReplyFault.apply(fault, to: reply, json: json, context)
    }

    private func published() async throws -> [JSON] {
        let ring = try await keys.keys()
        guard let current = try ring.first?.publicJWK() else { return [] }
        var jwks = try ring.map { try $0.publicJWK() }
        if await provider.take("keys_single") != nil { jwks = [current] }
        if await provider.take("keys_empty") != nil { jwks = [] }
        if await provider.take("keys_without_current") != nil { jwks.removeFirst() }
        if await provider.take("keys_enc") != nil { jwks = jwks.map { $0.replacing("use", with: "enc") } }
        if await provider.take("keys_no_alg") != nil { jwks = jwks.map { $0.without(["alg"]) } }
        if await provider.take("keys_no_kid") != nil {
            jwks =
                [["kty": "RSA", "use": "sig", "alg": "RS256", "n": "", "e": "AQAB"]] + jwks.map { $0.without(["kid"]) }
        }
        if await provider.take("keys_small") != nil {
            jwks.append(try await keys.stranger(bits: 1024).publicJWK())
        }
        if await provider.take("keys_duplicate_kid") != nil, let kid = current["kid"] {
            jwks.insert(try await keys.stranger().publicJWK().replacing("kid", with: kid), at: 0)
        }
        if await provider.take("keys_oct") != nil, let kid = current["kid"] {
            jwks.insert(
                ["kty": "oct", "use": "sig", "alg": "HS256", "kid": kid, "k": JSON(Base64URL.encode("secret".utf8))],
                at: 0)
        }
        if let count = await provider.take("keys_many")?.integer {
            jwks = (0..<count).map { current.replacing("kid", with: JSON("filler-\($0)")) } + jwks
        }
        return jwks
    }
}
