import AdapterKit
import AdapterTesting
import Crypto
import Foundation

@testable import Shopify

/// A made-up app, its shop, and what Shopify would sign.
enum Sample {
    static let clientID = "sample-client-id"
    static let secret = "sample-secret-of-the-app"
    static let oldSecret = "sample-secret-before-it"
    static let shop = "acme-store.myshopify.com"
    static let now = FixedClock().now
    static var seconds: Int64 { now.milliseconds / 1000 }

    static func settings(
        _ more: [String: AdapterSettings.Value] = [:], secrets: [String] = [secret]
    ) -> AdapterSettings {
        AdapterSettings(more).merging(
            AdapterSettings([
                "client_id": .text(clientID), "client_secret": .secret(secrets.map { Secret($0) }),
                "admin_url": .text("https://{shop}"), "timestamp_window_seconds": .integer(90),
            ]))
    }

    static func signIn(
        _ more: [String: AdapterSettings.Value] = [:], secrets: [String] = [secret], host: TestHost = TestHost()
    ) throws -> ShopifyAdapter {
        try ShopifyAdapter(
            settings: settings(more, secrets: secrets).merging(
                AdapterSettings(["shops": .list([shop, "second-store"])])),
            host: host)
    }

    static func admin(
        _ more: [String: AdapterSettings.Value] = [:], secrets: [String] = [secret], host: TestHost = TestHost()
    ) throws -> ShopifyAdminAdapter {
        try ShopifyAdminAdapter(
            settings: settings(more, secrets: secrets).merging(
                AdapterSettings(["shop": .text(shop), "api_version": .text("2026-07"), "orders": .integer(5)])),
            host: host)
    }

    // MARK: Signatures, made apart from the code under test

    static func hmac(_ text: String, _ secret: String = secret) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: Data(secret.utf8))))
    }

    static func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

    /// What the callback has beside `hmac`.
    static func parameters(_ more: [String: String] = [:]) -> [String: String] {
        [
            "code": "sample-code-4711", "host": "YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvYWNtZS1zdG9yZQ", "shop": shop,
            "state": "sample-state-0815", "timestamp": String(seconds),
        ].merging(more) { $1 }
    }

    /// - Parameter text: What is signed; by default the parameters as they are, which is enough for plain ones.
    static func callback(
        _ parameters: [String: String], signed text: String? = nil, secret: String = secret, start: String = shop
    ) -> SignInCallback {
        let plain = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        var all = parameters
        all["hmac"] = hex(hmac(text ?? plain, secret))
        let raw = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return SignInCallback(parameters: all, raw: raw, startParameters: ["shop": start], receivedAt: now)
    }

    static func webhook(
        _ topic: String, _ body: JSON, id: String = "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", shop: String = shop,
        secret: String = secret
    ) -> WebhookRequest {
        webhook(topic, bytes: body.encoded, id: id, shop: shop, secret: secret)
    }

    static func webhook(
        _ topic: String, bytes: [UInt8], id: String = "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", shop: String = shop,
        secret: String = secret
    ) -> WebhookRequest {
        let code = HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: Data(secret.utf8)))
        return WebhookRequest(
            headers: [
                ("Content-Type", "application/json"), ("X-Shopify-Topic", topic), ("X-Shopify-Shop-Domain", shop),
                ("X-Shopify-Hmac-Sha256", Data(code).base64EncodedString()), ("X-Shopify-Webhook-Id", id),
                ("X-Shopify-Triggered-At", "2026-11-23T07:59:58.123456789Z"), ("X-Shopify-API-Version", "2026-07"),
            ], body: bytes, receivedAt: now)
    }

    // MARK: Session tokens

    static func sessionToken(
        header: JSON = ["alg": "HS256", "typ": "JWT"], _ claims: [String: JSON?] = [:], secret: String = secret
    ) -> Secret {
        let standard: [String: JSON?] = [
            "iss": .string("https://\(shop)/admin"), "dest": .string("https://\(shop)"), "aud": .string(clientID),
            "sub": "42", "exp": .integer(seconds + 60), "nbf": .integer(seconds), "iat": .integer(seconds),
            "jti": "f8912129-1af6-4cad-9ca3-76b0f7621087", "sid": "aaea182f2732d44c23057c0fea584021a4485b2bd25d3eb7fd",
        ]
        let all = standard.merging(claims) { $1 }.compactMapValues { $0 }.sorted { $0.key < $1.key }
        let body = JSON.object(all.map { JSON.Member($0.key, $0.value) })
        let signed = base64URL(header.encoded) + "." + base64URL(body.encoded)
        return Secret(signed + "." + base64URL(hmac(signed, secret)))
    }

    static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}

/// What an error is, for expectations.
func refusal(_ body: () async throws(SignInRefusal) -> Void) async -> SignInRefusal.Reason? {
    do throws(SignInRefusal) {
        try await body()
        return nil
    } catch {
        return error.reason
    }
}
