extension InboundExample {
    static let texts: [InboundExample] = [
        InboundExample("text", "a text") { _ in text("Where is my order 860198?") },
        InboundExample("text_reply", "an answer that quotes the business's newest message") { place in
            text("Yes, this one please.", context: place.answer)
        },
        InboundExample("text_reply_unknown", "an answer to a message that the business never sent by this API") {
            place in
            let unknown = MessageID.make(party: place.customer, author: .business)
            return text(
                "About what you wrote last year", context: ["from": JSON(place.number.digits), "id": JSON(unknown)])
        },
        InboundExample("text_forwarded", "a forwarded text") { _ in
            text("See you at 8!", context: ["forwarded": true])
        },
        InboundExample("text_frequently_forwarded", "a text that was forwarded many times") { _ in
            text("Send this to ten friends", context: ["frequently_forwarded": true])
        },
        InboundExample("text_referred_product", "a question about a product of the catalogue") { place in
            text(
                "Is this one still available?",
                context: [
                    "from": JSON(place.number.digits), "id": JSON(place.businessMessage),
                    "referred_product": InboundContext.sampleProduct,
                ])
        },
        InboundExample("text_ad", "the first text after a click on an ad") { _ in
            text("Hi, I saw your ad").with([.init(name: "referral", value: InboundContext.sampleReferral)])
        },
        InboundExample("text_ad_status", "the same from an ad in WhatsApp Status, which has no click id") { _ in
            text("Hi, I saw your ad").with([
                .init(name: "referral", value: InboundContext.sampleReferral.without(["ctwa_clid", "welcome_message"]))
            ])
        },
        InboundExample("text_group", "a text in a group") { _ in
            text("Hello everybody").with([.init(name: "group_id", value: "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAz")])
        },
    ]

    static let files: [InboundExample] = [
        InboundExample("image", "a photo with a caption", sample: .photo, ["caption": "Our garden this morning"]),
        InboundExample("video", "a video", sample: .video, ["caption": "Look at this"]),
        InboundExample("voice", "a voice note", sample: .voice, ["voice": true]),
        InboundExample("audio", "an audio file, not a voice note", sample: .voice, ["voice": false]),
        InboundExample(
            "document", "a document", sample: .document,
            ["filename": "Invoice 860198.pdf", "caption": "Is this right?"]),
        InboundExample(
            "document_hostile_name", "a document whose name wants to leave its folder", sample: .document,
            ["filename": "../../etc/pass\u{0}wd\u{202E}fdp.exe"]),
        InboundExample("sticker", "a sticker", sample: .sticker, ["animated": false]),
        InboundExample("sticker_animated", "an animated sticker", sample: .animatedSticker, ["animated": true]),
        InboundExample("image_forwarded", "a forwarded photo", sample: .photo, context: ["forwarded": true]),
    ]

    static let places: [InboundExample] = [
        InboundExample("location", "where the customer is") { _ in
            ["type": "location", "location": ["latitude": .number("37.4421"), "longitude": .number("-122.1615")]]
        },
        InboundExample("location_place", "a place that was chosen") { _ in
            [
                "type": "location",
                "location": [
                    "latitude": .number("37.4847"), "longitude": .number("-122.1484"), "name": "Philz Coffee",
                    "address": "101 Forest Ave, Palo Alto, CA 94301", "url": "https://philz.example/palo-alto",
                ],
            ]
        },
        InboundExample("contacts", "a contact card with everything") { _ in
            ["type": "contacts", "contacts": [fullCard]]
        },
        InboundExample("contacts_two", "two cards, one with a name only") { _ in
            [
                "type": "contacts",
                "contacts": [
                    fullCard, ["name": ["formatted_name": "Charles Babbage", "first_name": "Charles"]],
                ],
            ]
        },
        InboundExample("contacts_shared", "the customer's own number, as asked for: a card without a name") { place in
            [
                "context": place.answer, "type": "contacts",
                "contacts": [
                    [
                        "phones": [
                            ["phone": JSON("+\(place.customer)"), "wa_id": JSON(place.customer), "type": "CELL"]
                        ], "origin": "contact_request",
                    ]
                ],
            ]
        },
    ]

    static func text(_ body: String, context: JSON? = nil) -> JSON {
        ["context": context, "type": "text", "text": ["body": JSON(body)]]
    }

    private static let fullCard: JSON = [
        "name": [
            "formatted_name": "Dr. Grace Brewster Hopper", "first_name": "Grace", "middle_name": "Brewster",
            "last_name": "Hopper", "prefix": "Dr.",
        ],
        "phones": [
            ["phone": "+1 212-555-0142", "wa_id": "12125550142", "type": "CELL"],
            ["phone": "+1 212-555-0143", "type": "WORK"],
        ],
        "emails": [["email": "grace@example.com", "type": "WORK"]],
        "addresses": [
            [
                "street": "1 Harbor Rd", "city": "Arlington", "state": "VA", "zip": "22202", "country": "United States",
                "country_code": "US", "type": "HOME",
            ]
        ],
        "org": ["company": "Harbor Computing", "department": "Compilers", "title": "Admiral"],
        "birthday": "1906-12-09", "urls": [["url": "https://grace.example", "type": "WORK"]],
        "origin": "other",
    ]
}
