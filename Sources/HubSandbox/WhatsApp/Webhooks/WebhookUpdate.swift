/// One thing that a business is told: a message from a customer, a status of a message of its own, or a change of any
/// other webhook field.
struct WebhookUpdate: Sendable {
    enum Kind: Hashable, Sendable {
        /// An element of `messages`.
        case message
        /// An element of `statuses`.
        case status
        /// A whole `value` of that field.
        case value(field: String)
    }

    let number: SandboxConfiguration.Number
    let kind: Kind
    /// The element of `contacts`, where there is one.
    var contact: JSON?
    /// The element of `messages` or `statuses`, or the whole `value`.
    var element: JSON
    /// Elements of `errors` beside messages and statuses: what Meta says of its own trouble.
    var errors: [JSON] = []
    /// `entry[].time` in Unix seconds. Meta sends it with account and template fields, and not with messages.
    var entryTime: Int?
    /// Called once, when the receiver has first answered 200.
    var acknowledged: (@Sendable () async -> Void)?

    init(number: SandboxConfiguration.Number, kind: Kind, contact: JSON?, element: JSON) {
        self.number = number
        self.kind = kind
        self.contact = contact
        self.element = element
    }

    /// A change of any field.
    /// - Parameters:
    ///   - number: whose it is; for fields of a business account any of its numbers.
    ///   - value: the change's `value`; fields of a number get `messaging_product` and `metadata` in front.
    ///   - now: Unix seconds.
    init(number: SandboxConfiguration.Number, field: String, value: JSON, now: Int) {
        self.number = number
        kind = .value(field: field)
        let isOfNumber = WebhookField.ofNumbers.contains(field)
        element = isOfNumber && value["metadata"] == nil ? Self.withMetadata(value, number: number) : value
        entryTime = isOfNumber ? nil : now
    }

    /// The webhook field that carries it.
    var field: String {
        if case .value(let field) = kind { field } else { "messages" }
    }

    static func metadata(_ number: SandboxConfiguration.Number) -> JSON {
        ["display_phone_number": JSON(number.digits), "phone_number_id": JSON(number.phoneNumberID)]
    }

    private static func withMetadata(_ value: JSON, number: SandboxConfiguration.Number) -> JSON {
        let front: [JSON.Member] = [
            .init(name: "messaging_product", value: "whatsapp"), .init(name: "metadata", value: metadata(number)),
        ]
        return .object(front + (value.without(["messaging_product", "metadata"]).members ?? []))
    }
}
