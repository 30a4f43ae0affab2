/// The card of a template message: the template's own components with what the send put into them.
enum TemplateCard {
    /// - Parameters:
    ///   - components: as the management API lists them: HEADER, BODY, FOOTER, BUTTONS, CAROUSEL and others.
    ///   - sent: the `template` object of the send.
    static func make(components: [JSON], sent: JSON) -> JSON {
        card(components: components, sent: sent["components"]?.elements ?? [])
    }

    private static func card(components: [JSON], sent: [JSON]) -> JSON {
        func component(_ type: String) -> JSON? { components.first { matches($0["type"], type) } }
        func parameters(_ type: String) -> [JSON] {
            sent.first { matches($0["type"], type) }?["parameters"]?.elements ?? []
        }
        let body = component("BODY")
        let code = parameters("body").first?["text"]?.text
        var facts: [JSON] = []
        if let offer = component("LIMITED_TIME_OFFER") {
            facts.append(MessageCard.fact("Offer", offer["limited_time_offer"]?["text"] ?? offer["text"] ?? ""))
        }
        return [
            "header": component("HEADER").map { header($0, parameters("header")) },
            // Authentication templates have a fixed text, which WhatsApp puts in.
            "text": body?["text"]?.text.map { JSON(filled($0, parameters("body"))) }
                ?? code.map { JSON(Self.verification(code: $0, body: body)) },
            "footer": component("FOOTER").map { footer($0) }, "facts": facts.isEmpty ? nil : .array(facts),
            "buttons": .array(buttons(component("BUTTONS"), sent)),
            "cards": component("CAROUSEL").map { carousel($0, sent) },
        ]
    }

    /// A text with its parameters put in: `{{1}}`, `{{2}}` by place, `{{name}}` by name.
    static func filled(_ text: String, _ parameters: [JSON]) -> String {
        var text = text
        for (index, parameter) in parameters.enumerated() {
            let name = parameter["parameter_name"]?.text ?? String(index + 1)
            let value =
                parameter["text"]?.text ?? parameter["currency"]?["fallback_value"]?.text
                ?? parameter["date_time"]?["fallback_value"]?.text ?? ""
            text = text.replacing("{{\(name)}}", with: value)
        }
        return text
    }

    private static func verification(code: String, body: JSON?) -> String {
        let advice = body?["add_security_recommendation"]?.flag == true
        return "*\(code)* is your verification code." + (advice ? " For your security, do not share this code." : "")
    }

    private static func header(_ component: JSON, _ parameters: [JSON]) -> JSON {
        let format = component["format"]?.text?.lowercased() ?? "text"
        switch format {
        case "text": return ["text": component["text"]?.text.map { JSON(filled($0, parameters)) }]
        case "location": return ["location": parameters.first?["location"].map { MessageCard.location($0) }]
        default:
            let kind = format == "gif" ? "video" : format
            let media = parameters.first?[format] ?? parameters.first?[kind] ?? .null
            return ["media": MessageCard.media(media, kind: kind)]
        }
    }

    private static func footer(_ component: JSON) -> JSON {
        if let minutes = component["code_expiration_minutes"]?.integer {
            return JSON("This code expires in \(minutes) minutes.")
        }
        return component["text"] ?? ""
    }

    private static func carousel(_ component: JSON, _ sent: [JSON]) -> JSON {
        let given = sent.first { matches($0["type"], "carousel") }?["cards"]?.elements ?? []
        let cards = (component["cards"]?.elements ?? []).enumerated().map { index, definition in
            let own = given.first { number($0["card_index"]) == index } ?? (index < given.count ? given[index] : .null)
            return card(
                components: definition["components"]?.elements ?? [], sent: own["components"]?.elements ?? [])
        }
        return .array(cards)
    }

    private static func buttons(_ component: JSON?, _ sent: [JSON]) -> [JSON] {
        (component?["buttons"]?.elements ?? []).enumerated().map { index, definition in
            let own = sent.first { matches($0["type"], "button") && number($0["index"]) == index }
            return button(definition, own?["parameters"]?.elements?.first ?? .null)
        }
    }

    private static func button(_ definition: JSON, _ parameter: JSON) -> JSON {
        let title = definition["text"]
        let given = parameter["text"]?.text ?? parameter["coupon_code"]?.text
        switch definition["type"]?.text?.uppercased() ?? "" {
        case "URL":
            let url = (definition["url"]?.text ?? "").replacing("{{1}}", with: given ?? "")
            return ["kind": "url", "title": title ?? "Open", "url": JSON(url)]
        case "PHONE_NUMBER":
            return ["kind": "call", "title": title ?? "Call", "phone": definition["phone_number"]]
        case "COPY_CODE", "OTP":
            return ["kind": "copy", "title": title ?? "Copy code", "code": given.map { JSON($0) }]
        case "FLOW":
            let action = parameter["action"]
            return [
                "kind": "flow", "title": title ?? "Open", "token": action?["flow_token"],
                "screen": definition["navigate_screen"], "data": action?["flow_action_data"],
            ]
        case "CATALOG", "MPM", "SPM":
            let action = parameter["action"]
            let item = action?["thumbnail_product_retailer_id"] ?? action?["product_retailer_id"]
            let one: JSON = item.map { [["product_items": [["product_retailer_id": $0]]]] } ?? []
            return MessageCard.products(
                title?.text ?? "View items", action?["catalog_id"], action?["sections"] ?? one)
        case "VOICE_CALL": return ["kind": "voice_call", "title": title ?? "Call on WhatsApp"]
        case "REQUEST_CONTACT_INFO": return ["kind": "contact", "title": title ?? "Share contact info"]
        default:
            return [
                "kind": "quick_reply", "title": title ?? "", "payload": parameter["payload"] ?? title,
            ]
        }
    }

    private static func matches(_ type: JSON?, _ name: String) -> Bool {
        type?.text?.lowercased() == name.lowercased()
    }

    /// An index, which occurs as number and in quotes.
    private static func number(_ value: JSON?) -> Int? { value?.integer ?? value?.text.flatMap { Int($0) } }
}
