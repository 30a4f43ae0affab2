import AdapterKit

/// `associated_user` of an online token's reply.
struct ShopUser {
    private let id: String
    private let name: String?
    private let email: ProviderEmail?

    init(_ reply: JSON) throws(SignInRefusal) {
        let user = reply["associated_user"] ?? .null
        guard let id = user["id"]?.identifier, (1...20).contains(id.utf8.count),
            id.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw SignInRefusal(.subjectWrong, "associated_user.id") }
        self.id = id
        let claims = IdentityClaims(user)
        let names = [claims.text("first_name"), claims.text("last_name")].compactMap { $0 }
        name = IdentityClaims.displayText(names.joined(separator: " "))
        // Nothing but a plain true is a yes.
        email = claims.email().map { ProviderEmail($0, isVerified: user["email_verified"] == .bool(true)) }
    }

    func identity(label: String) -> ProviderIdentity {
        ProviderIdentity(subject: id, name: name, email: email, label: label)
    }
}
