import AdapterKit

/// Where a shop's administration is: the setting `admin_url` with a shop in the place of `{shop}`.
struct AdminAddress: Sendable {
    static let setting = "admin_url"
    static let standard = "https://{shop}"
    private static let mark = "{shop}"

    private let template: String

    /// - Throws: ``SettingsProblem`` for a text that would lead a secret to another place than it says: the shop is the
    ///   whole host, by https, or a whole part of the path.
    init(_ text: String) throws(SettingsProblem) {
        let address = text.hasSuffix("/") ? String(text.dropLast()) : text
        let scheme = ["https://", "http://"].first { address.hasPrefix($0) }
        guard let scheme, address.utf8.count <= 500, address.utf8.allSatisfy(Self.isAllowed) else {
            throw Self.problem("must be an http or https address without user, query and fragment")
        }
        let parts = address.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count(where: { $0 == Self.mark }) == 1, address.count(where: { $0 == "{" || $0 == "}" }) == 2 else {
            throw Self.problem("must hold {shop} once, as the host or as a whole part of the path")
        }
        if parts.first == Self.mark[...] {
            guard scheme == "https://" else { throw Self.problem("must be https when {shop} is its host") }
        } else if parts.first?.isEmpty != false {
            throw Self.problem("has no host")
        }
        template = address
    }

    /// Without a slash at its end.
    func of(_ shop: ShopName) -> String { template.replacing(Self.mark, with: shop.domain) }

    private static func problem(_ message: String) -> SettingsProblem {
        SettingsProblem(key: setting, message: message)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~/:{}".utf8.contains(byte)
        }
    }
}
