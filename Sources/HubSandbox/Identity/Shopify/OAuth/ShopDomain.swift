/// The name of a shop: `acme-store.myshopify.com`, in lower case.
struct ShopDomain: Hashable, Sendable {
    let text: String

    /// - Parameter text: the whole name; what only contains one is refused.
    init?(_ text: String) {
        let lowered = text.lowercased()
        guard lowered.wholeMatch(of: /[a-z0-9][a-z0-9-]*\.myshopify\.com/) != nil else { return nil }
        self.text = lowered
    }

    /// The part before `.myshopify.com`.
    var handle: String { String(text.dropLast(".myshopify.com".count)) }

    /// The address of the shop's administration, which tokens name as their issuer.
    var admin: String { "https://\(text)/admin" }

    /// What the callback's `host` says: where in the administration the app is opened, base64 without padding.
    var host: String { Base64URL.encode(Array("admin.shopify.com/store/\(handle)".utf8)) }
}
