/// The templates that every account has from the start: one of each kind. `order_update_paused` exists to be refused.
enum SampleTemplates {
    static let all: [TemplateDraft] = [
        text(
            "hello_world", "UTILITY",
            "Welcome and congratulations!! This message demonstrates your ability to send a message template."),
        text(
            "order_confirmation", "UTILITY", "Hi {{1}}, your order {{2}} is confirmed and will arrive on {{3}}.",
            ["Pablo", "860198", "Tuesday"]),
        text(
            "order_confirmation", "UTILITY",
            "Hallo {{1}}, deine Bestellung {{2}} ist bestätigt und kommt am {{3}}.",
            ["Pablo", "860198", "Dienstag"], language: "de"),
        text("spring_offer", "MARKETING", "Hi {{1}}, spring is here: 20 % off until Sunday.", ["Pablo"]),
        text(
            "order_update_paused", "UTILITY", "Your order {{1}} is on its way.", ["860198"], status: .paused),
        TemplateDraft(
            name: "new_arrivals", language: "en_US", category: "MARKETING",
            components: [
                media("IMAGE"), body("Hi {{1}}, have a look at what has arrived this week.", ["Pablo"]),
                ["type": "FOOTER", "text": "Reply STOP to hear no more"],
                buttons([
                    quickReply("Tell me more"), quickReply("Stop"),
                ]),
            ]),
        TemplateDraft(
            name: "invoice_ready", language: "en_US", category: "UTILITY",
            components: [
                media("DOCUMENT"), body("Invoice {{1}} of {{2}} is ready for you.", ["INV-17", "3 May"]),
            ]),
        TemplateDraft(
            name: "appointment_reminder", language: "en_US", category: "UTILITY", format: .named,
            components: [
                [
                    "type": "HEADER", "format": "TEXT", "text": "Your visit, {{first_name}}",
                    "example": ["header_text_named_params": [["param_name": "first_name", "example": "Pablo"]]],
                ],
                [
                    "type": "BODY", "text": "Dear {{first_name}}, we expect you on {{visit_day}} at the shop.",
                    "example": [
                        "body_text_named_params": [
                            ["param_name": "first_name", "example": "Pablo"],
                            ["param_name": "visit_day", "example": "Tuesday"],
                        ]
                    ],
                ],
            ]),
        TemplateDraft(
            name: "track_parcel", language: "en_US", category: "UTILITY",
            components: [
                body("Parcel {{1}} has left our house.", ["860198"]),
                buttons([
                    [
                        "type": "URL", "text": "Track it", "url": "https://example.com/track/{{1}}",
                        "example": ["https://example.com/track/860198"],
                    ],
                    ["type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+15550783881"],
                ]),
            ]),
        TemplateDraft(
            name: "coupon_gift", language: "en_US", category: "MARKETING",
            components: [
                body("Thank you! Here is a coupon for your next order."),
                buttons([["type": "COPY_CODE", "example": "25OFF"]]),
            ]),
        TemplateDraft(
            name: "book_a_visit", language: "en_US", category: "UTILITY",
            components: [
                body("Choose the day of your next visit."),
                buttons([
                    [
                        "type": "FLOW", "text": "Choose", "flow_id": "1120384959302", "flow_action": "navigate",
                        "navigate_screen": "DAYS",
                    ]
                ]),
            ]),
        TemplateDraft(
            name: "shop_location", language: "en_US", category: "UTILITY",
            components: [
                ["type": "HEADER", "format": "LOCATION"], body("This is where your order waits for you."),
            ]),
        TemplateDraft(
            name: "two_sofas", language: "en_US", category: "MARKETING",
            components: [
                body("Hi {{1}}, these two are made for your room.", ["Pablo"]),
                ["type": "CAROUSEL", "cards": [card("A sofa in red"), card("A sofa in blue")]],
            ]),
        TemplateDraft(
            name: "sign_in_code", language: "en_US", category: "AUTHENTICATION",
            components: [
                ["type": "BODY", "add_security_recommendation": true],
                ["type": "FOOTER", "code_expiration_minutes": 10],
                buttons([["type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"]]),
            ]),
    ].map { draft in
        var draft = draft
        if draft.status == .pending { draft.status = .approved }
        return draft
    }

    private static func text(
        _ name: String, _ category: String, _ text: String, _ examples: [String] = [], language: String = "en_US",
        status: TemplateStatus = .approved
    ) -> TemplateDraft {
        TemplateDraft(
            name: name, language: language, category: category, components: [body(text, examples)], status: status)
    }

    private static func body(_ text: String, _ examples: [String] = []) -> JSON {
        let example: JSON? = examples.isEmpty ? nil : ["body_text": [.array(examples.map { JSON($0) })]]
        return ["type": "BODY", "text": JSON(text), "example": example]
    }

    private static func media(_ format: String) -> JSON {
        [
            "type": "HEADER", "format": JSON(format),
            "example": ["header_handle": ["https://example.com/sample"]],
        ]
    }

    private static func quickReply(_ title: String) -> JSON { ["type": "QUICK_REPLY", "text": JSON(title)] }

    private static func buttons(_ buttons: [JSON]) -> JSON { ["type": "BUTTONS", "buttons": .array(buttons)] }

    private static func card(_ text: String) -> JSON {
        [
            "components": [
                media("IMAGE"), body(text),
                buttons([
                    quickReply("I like it"),
                    [
                        "type": "URL", "text": "See it", "url": "https://example.com/sofas/{{1}}",
                        "example": ["https://example.com/sofas/red"],
                    ],
                ]),
            ]
        ]
    }
}
