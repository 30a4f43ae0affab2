import AdapterKit

/// `associated_user` of an online token's reply.
struct ShopUser {
    private static let maximumNameLength = 200

    private let id: String
    private let name: String?
    private let email: ProviderEmail?

    init(_ reply: JSON) throws(SignInRefusal) {
        let user = reply["associated_user"] ?? .null
        guard let id = user["id"]?.identifier, (1...20).contains(id.utf8.count),
            id.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw SignInRefusal(.subjectWrong, "associated_user.id") }
        self.id = id
        let names = [user["first_name"]?.string, user["last_name"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
        name = names.isEmpty ? nil : String(names.joined(separator: " ").prefix(Self.maximumNameLength))
        // Nothing but a plain true is a yes.
        email = user["email"]?.string.flatMap { address in
            address.isEmpty ? nil : ProviderEmail(address, isVerified: user["email_verified"] == .bool(true))
        }
    }

    func identity(label: String) -> ProviderIdentity {
        ProviderIdentity(subject: id, name: name, email: email, label: label)
    }
}
