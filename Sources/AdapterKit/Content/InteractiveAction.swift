extension MessageContent.Interactive {
    /// What a person can do with an interactive message.
    public enum Action: Sendable, Equatable, Codable {
        public enum Kind: String, Sendable, Codable, CaseIterable {
            case button, list
            case ctaURL = "cta_url"
            case locationRequest = "location_request_message"
            case contactRequest = "request_contact_info"
            case callPermission = "call_permission_request"
            case voiceCall = "voice_call"
            case address = "address_message"
            case flow, product
            case productList = "product_list"
            case catalog = "catalog_message"
            case carousel
            case orderDetails = "order_details"
            case orderStatus = "order_status"
        }

        case buttons([Option])
        /// A button that opens sections of rows.
        case list(button: String, sections: [Section])
        case link(text: String, url: String)
        case locationRequest
        case contactRequest
        case callPermission
        case product(catalogID: String, productID: String)
        case productList(catalogID: String, sections: [ProductSection])
        case carousel([Card])
        /// A kind whose parameters are the provider's own: flow, address, catalogue, call and payment messages.
        case parameters(Kind, JSON)

        /// Something to choose: a reply button, or a row of a list.
        public struct Option: Sendable, Equatable, Codable {
            /// Comes back with the answer.
            public var id: String
            public var title: String
            /// Of a row.
            public var description: String?

            public init(id: String, title: String, description: String? = nil) {
                self.id = id
                self.title = title
                self.description = description
            }
        }

        public struct Section: Sendable, Equatable, Codable {
            public var title: String?
            public var rows: [Option]
        }

        public struct ProductSection: Sendable, Equatable, Codable {
            public var title: String?
            /// The catalogue's ids of the products.
            public var products: [String]
        }

        /// One of the cards that are swiped through: each is a small interactive message.
        public struct Card: Sendable, Equatable, Codable {
            /// The card's own object, whose media have the hub's ids.
            public var content: JSON
        }

        public var kind: Kind {
            switch self {
            case .buttons: .button
            case .list: .list
            case .link: .ctaURL
            case .locationRequest: .locationRequest
            case .contactRequest: .contactRequest
            case .callPermission: .callPermission
            case .product: .product
            case .productList: .productList
            case .carousel: .carousel
            case .parameters(let kind, _): kind
            }
        }
    }
}

extension MessageContent.Interactive.Action {
    init(_ kind: Kind, _ reader: ObjectReader) {
        switch kind {
        case .button:
            self = .buttons(
                reader.list("buttons", count: 1...100) { button in
                    if button.text("type") != "reply" { button.report("type", "wrong_value", "must be reply") }
                    return button.object("reply") { Option(id: $0.text("id"), title: $0.text("title")) }
                })
        case .list:
            self = .list(
                button: reader.text("button"),
                sections: reader.list("sections", count: 1...100) { section in
                    Section(
                        title: section.optionalText("title"),
                        rows: section.list("rows", count: 1...100) { row in
                            Option(
                                id: row.text("id"), title: row.text("title"),
                                description: row.optionalText("description"))
                        })
                })
        case .ctaURL:
            Self.name("cta_url", reader)
            self = reader.object("parameters") { .link(text: $0.text("display_text"), url: $0.text("url", 1...2048)) }
        case .locationRequest:
            Self.name("send_location", reader)
            self = .locationRequest
        case .contactRequest:
            Self.name("request_contact_info", reader)
            self = .contactRequest
        case .callPermission:
            Self.name("call_permission_request", reader)
            self = .callPermission
        case .product:
            self = .product(
                catalogID: reader.identifier("catalog_id"), productID: reader.identifier("product_retailer_id"))
        case .productList:
            self = .productList(
                catalogID: reader.identifier("catalog_id"),
                sections: reader.list("sections", count: 1...100) { section in
                    ProductSection(
                        title: section.optionalText("title"),
                        products: section.list("product_items", count: 1...100) {
                            $0.identifier("product_retailer_id")
                        })
                })
        case .carousel:
            let cards = reader.requiredJSON("cards")
            guard case .array(let elements) = cards else {
                reader.report("cards", "wrong_type", "must be a list")
                self = .carousel([])
                return
            }
            self = .carousel(elements.map { Card(content: $0) })
        case .flow, .address, .catalog, .voiceCall, .orderDetails, .orderStatus:
            let name = reader.text("name")
            let expected = Self.parameterName(kind)
            if !name.isEmpty, name != expected { reader.report("name", "wrong_value", "must be \(expected)") }
            self = .parameters(kind, reader.json("parameters") ?? .object([]))
        }
    }

    /// Takes everything, where the kind is unknown and was reported.
    static func unread(_ reader: ObjectReader) -> Self {
        for name in [
            "name", "parameters", "buttons", "button", "sections", "cards", "catalog_id", "product_retailer_id",
        ] {
            _ = reader.json(name)
        }
        return .locationRequest
    }

    private static func name(_ expected: String, _ reader: ObjectReader) {
        let name = reader.text("name")
        if !name.isEmpty, name != expected { reader.report("name", "wrong_value", "must be \(expected)") }
    }

    private static func parameterName(_ kind: Kind) -> String {
        switch kind {
        case .orderDetails: "review_and_pay"
        case .orderStatus: "review_order"
        default: kind.rawValue
        }
    }

    var json: JSON {
        switch self {
        case .buttons(let buttons):
            .object([
                "buttons": .array(
                    buttons.map { button in
                        .object([
                            "type": "reply",
                            "reply": .object(["id": .string(button.id), "title": .string(button.title)]),
                        ])
                    })
            ])
        case .list(let button, let sections):
            .object([
                "button": .string(button),
                "sections": .array(
                    sections.map { section in
                        .object([
                            "title": .text(section.title),
                            "rows": .array(
                                section.rows.map { row in
                                    .object([
                                        "id": .string(row.id), "title": .string(row.title),
                                        "description": .text(row.description),
                                    ])
                                }),
                        ])
                    }),
            ])
        case .link(let text, let url):
            .object([
                "name": "cta_url",
                "parameters": .object(["display_text": .string(text), "url": .string(url)]),
            ])
        case .locationRequest: .object(["name": "send_location"])
        case .contactRequest: .object(["name": "request_contact_info"])
        case .callPermission: .object(["name": "call_permission_request"])
        case .product(let catalogID, let productID):
            .object(["catalog_id": .string(catalogID), "product_retailer_id": .string(productID)])
        case .productList(let catalogID, let sections):
            .object([
                "catalog_id": .string(catalogID),
                "sections": .array(
                    sections.map { section in
                        .object([
                            "title": .text(section.title),
                            "product_items": .array(
                                section.products.map { .object(["product_retailer_id": .string($0)]) }),
                        ])
                    }),
            ])
        case .carousel(let cards): .object(["cards": .array(cards.map(\.content))])
        case .parameters(let kind, let parameters):
            .object([
                "name": .string(Self.parameterName(kind)),
                "parameters": parameters == .object([]) ? JSON?.none : parameters,
            ])
        }
    }
}
