/// A customer of a shop.
struct ShopifyCustomer: Hashable, Sendable {
    let id: Int
    var firstName: String?
    var lastName: String?
    var email: String?
    /// With `+` and country code.
    var phone: String?
    var tags: [String] = []
    var note: String?
    /// Unix seconds.
    let createdAt: Int

    var globalID: String { "gid://shopify/Customer/\(id)" }

    /// The name, or what there is in its place.
    var displayName: String {
        let name = [firstName, lastName].compactMap { $0 }.joined(separator: " ")
        return name.isEmpty ? email ?? phone ?? "" : name
    }

    /// The short form that privacy webhooks carry.
    var privacyJSON: JSON {
        ["id": JSON(id), "email": email.map { JSON($0) } ?? .null, "phone": phone.map { JSON($0) } ?? .null]
    }
}
