extension InboundExample {
    static let answers: [InboundExample] = [
        InboundExample("button_reply", "a tap on a reply button") { place in
            interactive("button_reply", ["id": "yes", "title": "Yes, please"], place)
        },
        InboundExample("list_reply", "a row chosen from a list") { place in
            interactive(
                "list_reply", ["id": "slot-2", "title": "Tuesday", "description": "9:00 to 12:00"], place)
        },
        InboundExample("nfm_reply", "the answers of a flow") { place in
            let answers: JSON = [
                "flow_token": "token-7", "date": "2026-12-01", "guests": 4, "topics": ["garden", "tables"],
            ]
            return flow(name: "flow", answers: String(decoding: answers.bytes, as: UTF8.self), place)
        },
        InboundExample("nfm_reply_no_token", "the same without a flow token") { place in
            flow(name: "flow", answers: #"{"rating":"5"}"#, place)
        },
        InboundExample("nfm_reply_not_json", "a flow answer that is no JSON object") { place in
            flow(name: "flow", answers: "Sent", place)
        },
        InboundExample("nfm_reply_address", "the answer to an address message") { place in
            let values: JSON = [
                "values": [
                    "name": "Ada Lovelace", "phone_number": "+16505551234", "address": "12 St James's Sq",
                    "city": "Mumbai", "in_pin_code": "400063",
                ]
            ]
            return flow(name: "address_message", answers: String(decoding: values.bytes, as: UTF8.self), place)
        },
        InboundExample("call_permission_reply", "the answer to a request to call") { place in
            interactive(
                "call_permission_reply",
                ["response": "accept", "expiration_timestamp": 4_102_444_800, "response_source": "user_action"], place)
        },
        InboundExample("call_permission_rejected", "a request to call, turned down") { place in
            interactive("call_permission_reply", ["response": "reject", "response_source": "user_action"], place)
        },
        InboundExample("button", "a tap on a quick-reply button of a template") { place in
            [
                "context": place.answer, "type": "button",
                "button": ["payload": "stop-offers", "text": "Stop promotions"],
            ]
        },
        InboundExample("button_no_context", "the same without a context, as it happens") { _ in
            ["type": "button", "button": ["payload": "stop-offers", "text": "Stop promotions"]]
        },
        InboundExample("order", "an order of two products") { place in
            [
                "context": place.answer, "type": "order",
                "order": [
                    "catalog_id": "194836987003835", "text": "Before Friday, please",
                    "product_items": [
                        [
                            "product_retailer_id": "garden-chair-7", "quantity": 2, "item_price": .number("49.5"),
                            "currency": "USD",
                        ],
                        [
                            "product_retailer_id": "garden-table-1", "quantity": 1, "item_price": 180,
                            "currency": "USD",
                        ],
                    ],
                ],
            ]
        },
        InboundExample("reaction", "a reaction to the business's newest message") { place in
            ["type": "reaction", "reaction": ["message_id": JSON(place.businessMessage), "emoji": "👍"]]
        },
        InboundExample("reaction_removed", "a reaction taken back: no emoji at all") { place in
            ["type": "reaction", "reaction": ["message_id": JSON(place.businessMessage)]]
        },
        InboundExample("reaction_removed_empty", "a reaction taken back: an empty emoji") { place in
            ["type": "reaction", "reaction": ["message_id": JSON(place.businessMessage), "emoji": ""]]
        },
    ]

    private static func interactive(_ type: String, _ answer: JSON, _ place: Place) -> JSON {
        [
            "context": place.answer, "type": "interactive",
            "interactive": .object([
                .init(name: "type", value: JSON(type)), .init(name: type, value: answer),
            ]),
        ]
    }

    private static func flow(name: String, answers: String, _ place: Place) -> JSON {
        interactive(
            "nfm_reply", ["response_json": JSON(answers), "body": "Sent", "name": JSON(name)], place)
    }
}
