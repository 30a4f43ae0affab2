/// A ready-made change of a webhook field, for `POST /_sandbox/whatsapp/field`.
struct WebhookExample: Sendable {
    /// What an example's value is made from.
    struct Context: Sendable {
        let number: SandboxConfiguration.Number
        /// Unix seconds.
        let now: Int
        let businessID: String
        let appID: String

        var customer: String { "16505551234" }
        var userID: String {
            Recipient.userID(ofCustomer: customer, businessAccountID: number.businessAccountID)
        }
        var contact: JSON {
            ["profile": ["name": "Sheena Nelson"], "wa_id": JSON(customer), "user_id": JSON(userID)]
        }
        /// Unix seconds in quotes, as messages have them.
        var time: JSON { JSON(String(now)) }

        func messageID(_ author: MessageID.Author = .customer) -> JSON {
            JSON(MessageID.make(party: customer, author: author))
        }
    }

    /// The field, and after a dot which of its shapes, e.g. `account_update.DISABLED_UPDATE`.
    let name: String
    /// Whether Meta's pages show the shape; others are known second-hand or from older pages.
    let isDocumented: Bool
    let value: @Sendable (Context) -> JSON

    init(_ name: String, isDocumented: Bool = true, _ value: @escaping @Sendable (Context) -> JSON) {
        self.name = name
        self.isDocumented = isDocumented
        self.value = value
    }

    /// The webhook field.
    var field: String { name.split(separator: ".", maxSplits: 1).first.map(String.init) ?? name }
}

/// All examples: every webhook field that is known, and every `account_update` event.
enum WebhookExamples {
    static let all: [WebhookExample] =
        messages + templates + account + accountUpdates + numbers + calls + coexistence + groups + others

    /// Every webhook field that is known.
    static let fields: Set<String> = Set(all.map(\.field))

    private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

    /// The example of that name; a bare field gives its first.
    static func named(_ name: String) -> WebhookExample? { byName[name] ?? all.first { $0.field == name } }
}
