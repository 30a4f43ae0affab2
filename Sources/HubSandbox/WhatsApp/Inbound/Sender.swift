/// A customer as a webhook shows them.
struct Sender: Hashable, Sendable {
    /// The customer's digits: the sandbox knows them even when the business does not.
    let digits: String
    let name: String?
    /// What the business gets to see of the customer.
    let ids: CustomerIDs
    private let identityKeyHash: String?

    /// Reads `from`, `name`, `user_ids`, `user_id`, `parent_user_id`, `username` and `identity_key_hash`.
    /// - Parameter mode: how customers are shown unless `user_ids` says otherwise.
    init(
        _ json: JSON, number: SandboxConfiguration.Number, mode: CustomerIDs.Mode = .noUsername
    ) throws(ControlError) {
        guard let from = json["from"]?.text,
            case .phone(let digits)? = Recipient.phone(from: "+" + from, businessDigits: "")
        else { throw ControlError("'from' must be a phone number") }
        name = json["name"]?.text
        guard (name ?? "").count <= 100 else { throw ControlError("'name' is longer than 100 characters") }
        let given = json["user_ids"]
        guard let wanted = given.map({ $0.text.flatMap { CustomerIDs.Mode(rawValue: $0) } }) ?? mode else {
            let known = CustomerIDs.Mode.allCases.map(\.rawValue).joined(separator: ", ")
            throw ControlError("'user_ids' takes one of: \(known)")
        }
        self.digits = digits
        var ids = CustomerIDs(
            of: digits, userID: json["user_id"]?.text, businessAccountID: number.businessAccountID, mode: wanted)
        if let username = json["username"]?.text { ids.username = username }
        if let parent = json["parent_user_id"]?.text { ids.parentUserID = parent }
        self.ids = ids
        identityKeyHash = json["identity_key_hash"]?.text
    }

    /// The element of `contacts`.
    var contact: JSON {
        let hash = identityKeyHash.map { [JSON.Member(name: "identity_key_hash", value: JSON($0))] } ?? []
        return ids.contact(name: name ?? ids.username ?? "+\(digits)").with(hash)
    }

    /// The members of a message that name its author.
    var members: JSON {
        [
            "from": ids.phone.map { JSON($0) }, "from_user_id": JSON(ids.userID),
            "from_parent_user_id": ids.parentUserID.map { JSON($0) },
        ]
    }
}
