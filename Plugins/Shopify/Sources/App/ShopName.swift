import AdapterKit

/// A shop by its permanent name, such as `acme-store.myshopify.com`.
///
/// It is strict, because addresses are made of it that get the app's secret: the whole text has to be a name, in ASCII, and
/// nothing is trimmed or repaired.
struct ShopName: Sendable, Hashable, CustomStringConvertible {
    private static let suffix = ".myshopify.com"

    /// What stands before `.myshopify.com`, in lower case.
    let store: String

    /// - Parameter domain: With `.myshopify.com`, as Shopify writes it in callbacks, webhooks and tokens.
    init?(domain: String) {
        let name = Self.lowercased(domain)
        guard name.utf8.count > Self.suffix.utf8.count, name.hasSuffix(Self.suffix) else { return nil }
        self.init(checked: String(name.dropLast(Self.suffix.utf8.count)))
    }

    /// - Parameter input: What a person wrote: the domain, or the store's name alone.
    init?(input: String) {
        if let shop = ShopName(domain: input) {
            self = shop
        } else {
            self.init(checked: Self.lowercased(input))
        }
    }

    /// - Parameter address: `https://{shop}`, with or without a path of `/admin`, as session tokens have it.
    init?(address: String) {
        let scheme = "https://"
        guard address.hasPrefix(scheme) else { return nil }
        let rest = address.dropFirst(scheme.count)
        self.init(domain: String(rest.hasSuffix("/admin") ? rest.dropLast("/admin".count) : rest))
    }

    private init?(checked store: String) {
        // A DNS label has at most 63 octets.
        guard (1...63).contains(store.utf8.count), store.utf8.allSatisfy(Self.isAllowed),
            store.utf8.first != UInt8(ascii: "-")
        else { return nil }
        self.store = store
    }

    var domain: String { store + Self.suffix }

    /// Under which the identities of its staff are kept, and which session tokens name as their issuer.
    var issuer: String { "https://\(domain)/admin" }

    var description: String { domain }

    /// Letters of ASCII alone: others have lower cases that are letters of ASCII.
    private static func lowercased(_ text: String) -> String {
        String(
            decoding: text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
