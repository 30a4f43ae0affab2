extension MessageContent {
    /// What a person put into the basket of the business's catalogue.
    public struct Order: Sendable, Equatable, Codable {
        public struct Item: Sendable, Equatable, Codable {
            public var productID: String
            public var quantity: JSON
            /// Per piece, spelled as the provider does.
            public var price: JSON
            /// ISO 4217.
            public var currency: String?
        }

        public var catalogID: String
        /// What the person wrote with it.
        public var text: String?
        public var items: [Item]

        /// Reads a provider's object `{catalog_id, text, product_items}` leniently.
        public init(lenient json: JSON) { self = ObjectReader.read(json, Order.init).value }

        init(_ reader: ObjectReader) {
            catalogID = reader.identifier("catalog_id")
            text = reader.optionalText("text")
            items = reader.list("product_items", count: 0...1000) { item in
                Item(
                    productID: item.identifier("product_retailer_id"), quantity: item.requiredJSON("quantity"),
                    price: item.requiredJSON("item_price"), currency: item.optionalText("currency"))
            }
        }

        var json: JSON {
            .object([
                "catalog_id": .string(catalogID), "text": .text(text),
                "product_items": .array(
                    items.map { item in
                        .object([
                            "product_retailer_id": .string(item.productID), "quantity": item.quantity,
                            "item_price": item.price, "currency": .text(item.currency),
                        ])
                    }),
            ])
        }
    }

    /// What the channel tells of a person, such as that the number changed.
    public struct SystemNotice: Sendable, Equatable, Codable {
        /// The provider's word, such as `user_changed_number`.
        public var kind: String
        /// What the chat shows for it.
        public var body: String?
        /// The names by which the person is known from now on.
        public var identities: [ContactIdentity]

        public init(kind: String, body: String?, identities: [ContactIdentity] = []) {
            self.kind = kind
            self.body = body
            self.identities = identities
        }

        var json: JSON {
            .object([
                "type": .string(kind), "body": .text(body),
                "identities": .list(identities, \.json),
            ])
        }
    }

    /// A call, as far as it is told: it is recorded, not taken.
    public struct Call: Sendable, Equatable, Codable {
        /// The provider's word for what happened, such as `connect` or `terminate`.
        public var event: String
        /// The provider's word for how it went, such as `COMPLETED`.
        public var status: String?
        public var startedAt: Timestamp?
        public var endedAt: Timestamp?
        /// In seconds.
        public var duration: Int64?

        public init(
            event: String, status: String? = nil, startedAt: Timestamp? = nil, endedAt: Timestamp? = nil,
            duration: Int64? = nil
        ) {
            self.event = event
            self.status = status
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.duration = duration
        }

        var json: JSON {
            .object([
                "event": .string(event), "status": .text(status), "started_at": .text(startedAt?.description),
                "ended_at": .text(endedAt?.description), "duration_seconds": duration.map { .integer($0) },
            ])
        }
    }

    /// A message of a type without a model, or one that the provider does not hand on.
    public struct Unsupported: Sendable, Equatable, Codable {
        /// The provider's name for the type, such as `unsupported` or one that is newer than this adapter.
        public var type: String
        /// What it was in the sender's app, such as `poll_creation`, where the provider says.
        public var original: String?
        /// Why the provider does not hand it on.
        public var reason: FailureReason?

        public init(type: String, original: String? = nil, reason: FailureReason? = nil) {
            self.type = type
            self.original = original
            self.reason = reason
        }

        var json: JSON? {
            guard original != nil || reason != nil else { return nil }
            return .object(["original_type": .text(original), "error": reason?.json])
        }
    }
}

extension ContactIdentity {
    /// `{kind, value}`, as the API and the events show it.
    public var json: JSON { .object(["kind": .string(kind.rawValue), "value": .string(value)]) }
}

extension FailureReason {
    /// `{code, title, detail}`, as the API and the events show it.
    public var json: JSON {
        .object(["code": .string(code), "title": .string(title), "detail": .text(detail)])
    }
}
