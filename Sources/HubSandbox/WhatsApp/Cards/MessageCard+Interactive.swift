extension MessageCard {
    /// The card of an `interactive` object: a business's question or a customer's answer.
    static func interactive(_ content: JSON) -> JSON {
        if let answer = answer(content) { return answer }
        let type = content["type"]?.text ?? ""
        let action = content["action"] ?? .null
        return [
            "header": header(content["header"]), "text": content["body"]?["text"],
            "footer": content["footer"]?["text"], "facts": facts(type, action),
            "buttons": .array(buttons(type, action)),
            "cards": action["cards"]?.elements.map { .array($0.map { card($0) }) },
        ]
    }

    /// The header of an interactive message or a card: a text or a file.
    static func header(_ header: JSON?) -> JSON? {
        guard let header, let type = header["type"]?.text else { return nil }
        switch type {
        case "text": return ["text": header["text"]]
        case "location": return ["location": header["location"].map { location($0) }]
        default: return ["media": header[type].map { media($0, kind: type) }]
        }
    }

    private static func card(_ card: JSON) -> JSON {
        let type = card["type"]?.text ?? "button"
        return [
            "header": header(card["header"]), "text": card["body"]?["text"],
            "buttons": .array(buttons(type, card["action"] ?? .null)),
        ]
    }

    private static func buttons(_ type: String, _ action: JSON) -> [JSON] {
        let parameters = action["parameters"] ?? .null
        switch type {
        case "button":
            return (action["buttons"]?.elements ?? []).map(button)
        case "list":
            return [["kind": "list", "title": action["button"] ?? "Menu", "sections": action["sections"] ?? []]]
        case "cta_url":
            return [["kind": "url", "title": parameters["display_text"] ?? "Open", "url": parameters["url"]]]
        case "location_request_message":
            return [["kind": "location", "title": "Send location"]]
        case "flow":
            let payload = parameters["flow_action_payload"]
            return [
                [
                    "kind": "flow", "title": parameters["flow_cta"] ?? "Open", "token": parameters["flow_token"],
                    "screen": payload?["screen"], "data": payload?["data"],
                ]
            ]
        case "product":
            let section: JSON = ["product_items": [["product_retailer_id": action["product_retailer_id"]]]]
            return [products("View", action["catalog_id"], [section])]
        case "product_list":
            return [products("View items", action["catalog_id"], action["sections"] ?? [])]
        case "catalog_message":
            let item = parameters["thumbnail_product_retailer_id"]
            let sections: JSON = item.map { [["product_items": [["product_retailer_id": $0]]]] } ?? []
            return [products("View catalogue", action["catalog_id"], sections)]
        case "request_contact_info":
            return [["kind": "contact", "title": "Share contact info"]]
        case "call_permission_request":
            return [["kind": "call_permission", "title": "Choose preference"]]
        case "voice_call":
            return [["kind": "voice_call", "title": parameters["display_text"] ?? "Call on WhatsApp"]]
        case "address_message":
            return [
                [
                    "kind": "address", "title": "Provide address", "country": parameters["country"],
                    "values": parameters["values"],
                ]
            ]
        default: return []
        }
    }

    /// A button of `action.buttons`: a reply, or in cards also others.
    private static func button(_ button: JSON) -> JSON {
        if let url = button["url"] {
            return ["kind": "url", "title": button["title"] ?? url["display_text"] ?? "Open", "url": url["url"] ?? url]
        }
        let reply = button["quick_reply"] ?? button["reply"]
        return ["kind": "reply", "id": reply?["id"], "title": reply?["title"] ?? ""]
    }

    static func products(_ title: String, _ catalogue: JSON?, _ sections: JSON) -> JSON {
        ["kind": "products", "title": JSON(title), "catalog_id": catalogue, "sections": sections]
    }

    /// The lines of a bill.
    private static func facts(_ type: String, _ action: JSON) -> JSON? {
        guard type == "order_details" || type == "order_status", let parameters = action["parameters"] else {
            return nil
        }
        var facts: [JSON] = []
        if let id = parameters["reference_id"] { facts.append(fact("Reference", id)) }
        for item in parameters["order"]?["items"]?.elements ?? [] {
            facts.append(
                fact("\(item["quantity"]?.integer ?? 1) × \(item["name"]?.text ?? "?")", amount(item["amount"])))
        }
        if let total = parameters["total_amount"] { facts.append(fact("Total", amount(total))) }
        if let status = parameters["order"]?["status"] { facts.append(fact("Status", status)) }
        return .array(facts)
    }

    /// An amount of money: a value in units of 1/offset.
    private static func amount(_ amount: JSON?) -> JSON {
        guard let value = amount?["value"]?.integer, let offset = amount?["offset"]?.integer, offset > 0 else {
            return ""
        }
        let cents = String(value % offset)
        let padding = String(repeating: "0", count: max(0, String(offset).count - 1 - cents.count))
        return JSON("\(value / offset).\(padding)\(cents)")
    }

    private static func answer(_ content: JSON) -> JSON? {
        if let reply = content["button_reply"] ?? content["list_reply"] {
            return ["text": reply["title"] ?? "", "footer": reply["description"]]
        }
        if let reply = content["nfm_reply"] {
            let text = reply["response_json"]?.text ?? ""
            let answers = (try? JSON.parse(Array(text.utf8)))?.members ?? []
            let facts = answers.filter { $0.name != "flow_token" }.map { fact($0.name, $0.value) }
            return [
                "text": reply["name"] == "address_message" ? "Address sent" : "Form sent", "facts": .array(facts),
            ]
        }
        if let reply = content["call_permission_reply"] {
            return ["text": reply["response"] == "accept" ? "Calls allowed" : "Calls not allowed"]
        }
        return nil
    }
}
