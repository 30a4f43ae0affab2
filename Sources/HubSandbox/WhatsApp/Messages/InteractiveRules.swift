/// What WhatsApp checks of the `action` of interactive messages.
enum InteractiveRules {
    static func buttons(_ action: JSON) throws(GraphError) {
        let name = "interactive['action']['buttons']"
        guard let buttons = action["buttons"]?.elements, !buttons.isEmpty else { throw .missing(name) }
        guard buttons.count <= 3 else {
            throw .invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
        }
        for button in buttons {
            guard button["type"]?.text == "reply" else { throw .invalid("\(name) must be of type \"reply\".") }
            try MessageRules.text(button["reply"]?["id"], name: "\(name)['reply']['id']", limit: 256)
            try MessageRules.text(button["reply"]?["title"], name: "\(name)['reply']['title']", limit: 20)
        }
        try requireUnique(buttons.compactMap { $0["reply"]?["id"]?.text }, what: "button ids")
        try requireUnique(buttons.compactMap { $0["reply"]?["title"]?.text }, what: "button titles")
    }

    static func list(_ action: JSON) throws(GraphError) {
        try MessageRules.text(action["button"], name: "interactive['action']['button']", limit: 20)
        let name = "interactive['action']['sections']"
        guard let sections = action["sections"]?.elements, !sections.isEmpty else { throw .missing(name) }
        guard sections.count <= 10 else { throw .invalid("\(name) must have at most 10 elements.") }
        var ids: [String] = []
        for section in sections {
            if sections.count > 1 { try MessageRules.text(section["title"], name: "\(name)['title']", limit: 24) }
            try MessageRules.optionalText(section["title"], name: "\(name)['title']", limit: 24)
            guard let rows = section["rows"]?.elements, !rows.isEmpty else { throw .missing("\(name)['rows']") }
            for row in rows {
                try MessageRules.text(row["id"], name: "\(name)['rows']['id']", limit: 200)
                try MessageRules.text(row["title"], name: "\(name)['rows']['title']", limit: 24)
                try MessageRules.optionalText(row["description"], name: "\(name)['rows']['description']", limit: 72)
                ids.append(row["id"]?.text ?? "")
            }
        }
        guard ids.count <= 10 else { throw .invalid("Total row count exceeds max allowed count: 10") }
        try requireUnique(ids, what: "row ids")
    }

    static func callToAction(_ action: JSON) throws(GraphError) {
        try name(action, "cta_url")
        let name = "interactive['action']['parameters']"
        try MessageRules.text(action["parameters"]?["display_text"], name: "\(name)['display_text']", limit: 20)
        try MessageRules.link(action["parameters"]?["url"], name: "\(name)['url']")
    }

    static func flow(_ action: JSON) throws(GraphError) {
        try name(action, "flow")
        let name = "interactive['action']['parameters']"
        guard let parameters = action["parameters"] else { throw .missing(name) }
        guard parameters["flow_message_version"] != nil else { throw .missing("\(name)['flow_message_version']") }
        guard ["3", "4"].contains(parameters["flow_message_version"]?.text) else {
            throw .badValue("\(name)['flow_message_version'] must be \"3\"")
        }
        switch (parameters["flow_id"], parameters["flow_name"]) {
        case (nil, nil): throw .missing("\(name)['flow_id'] or \(name)['flow_name']")
        case (.some, .some): throw .invalid("Param \(name) must have one of 'flow_id' and 'flow_name', not both.")
        default: break
        }
        try MessageRules.text(parameters["flow_cta"], name: "\(name)['flow_cta']", limit: 30)
        try MessageRules.optionalText(parameters["flow_token"], name: "\(name)['flow_token']", limit: 4096)
        try choice(parameters["mode"], name: "\(name)['mode']", ["draft", "published"])
        try choice(parameters["flow_action"], name: "\(name)['flow_action']", ["navigate", "data_exchange"])
        if let payload = parameters["flow_action_payload"] {
            guard parameters["flow_action"]?.text != "data_exchange" else {
                throw .invalid("\(name)['flow_action_payload'] goes with flow_action navigate only.")
            }
            try MessageRules.text(payload["screen"], name: "\(name)['flow_action_payload']['screen']", limit: 512)
            guard payload["data"] == nil || payload["data"]?.members?.isEmpty == false else {
                throw .invalid("\(name)['flow_action_payload']['data'] must be a non-empty object.")
            }
        }
    }

    static func voiceCall(_ action: JSON) throws(GraphError) {
        try name(action, "voice_call")
        let name = "interactive['action']['parameters']"
        try MessageRules.optionalText(action["parameters"]?["display_text"], name: "\(name)['display_text']", limit: 20)
        try MessageRules.optionalText(action["parameters"]?["payload"], name: "\(name)['payload']", limit: 512)
        if let minutes = action["parameters"]?["ttl_minutes"] {
            guard let minutes = minutes.integer, (1...43_200).contains(minutes) else {
                throw .badValue("\(name)['ttl_minutes'] must be from 1 to 43200")
            }
        }
    }

    static func address(_ action: JSON) throws(GraphError) {
        try name(action, "address_message")
        let name = "interactive['action']['parameters']"
        guard let country = action["parameters"]?["country"] else { throw .missing("\(name)['country']") }
        guard ["IN", "SG"].contains(country.text) else { throw .badValue("\(name)['country'] must be IN or SG") }
        let values = action["parameters"]?["values"]
        guard values == nil || values?.members != nil else { throw .invalid("\(name)['values'] must be an object.") }
    }

    static func carousel(_ action: JSON) throws(GraphError) {
        let name = "interactive['action']['cards']"
        guard let cards = action["cards"]?.elements, !cards.isEmpty else { throw .missing(name) }
        guard (2...10).contains(cards.count) else { throw .invalid("\(name) must have 2 to 10 elements.") }
        let indexes = cards.map { TemplateButtonValues.index($0["card_index"]) }
        guard Set(indexes) == Set((0..<cards.count).map { Optional($0) }) else {
            throw .invalid("\(name)['card_index'] must count from 0 without gaps.")
        }
        guard Set(cards.map { $0["type"]?.text ?? "" }).count == 1 else {
            throw .invalid("All elements of \(name) must be of one type.")
        }
        for card in cards { try self.card(card, name: name) }
    }

    private static func card(_ card: JSON, name: String) throws(GraphError) {
        guard let action = card["action"] else { throw .missing("\(name)['action']") }
        switch card["type"]?.text {
        case "product": return try CommerceRules.product(action)
        case "cta_url", "button", "quick_reply": break
        default: throw .invalid("\(name)['type'] must be one of {cta_url, product, quick_reply}.")
        }
        guard let header = card["header"] else { throw .missing("\(name)['header']") }
        try MessageRules.header(header, allowed: ["image", "video"])
        if card["body"] != nil {
            try MessageRules.text(card["body"]?["text"], name: "\(name)['body']['text']", limit: 160)
        }
        if let buttons = action["buttons"]?.elements {
            guard (1...3).contains(buttons.count) else { throw .invalid("\(name) must have 1 to 3 buttons.") }
            for button in buttons {
                let reply = button["quick_reply"] ?? button["reply"]
                try MessageRules.text(reply?["id"], name: "\(name)['action']['buttons']['id']", limit: 256)
                try MessageRules.text(reply?["title"], name: "\(name)['action']['buttons']['title']", limit: 20)
            }
        } else {
            try callToAction(action)
        }
    }

    /// The action must be the one of its type.
    static func name(_ action: JSON, _ expected: String) throws(GraphError) {
        guard let name = action["name"] else { throw .missing("interactive['action']['name']") }
        guard name.text == expected else { throw .invalid("interactive['action']['name'] must be \"\(expected)\".") }
    }

    static func choice(_ value: JSON?, name: String, _ choices: [String]) throws(GraphError) {
        guard let value else { return }
        guard let text = value.text, choices.contains(text) else {
            throw .badValue("\(name) must be one of {\(choices.joined(separator: ", "))}")
        }
    }

    static func requireUnique(_ values: [String], what: String) throws(GraphError) {
        guard Set(values).count == values.count else { throw .invalid("Duplicated \(what).") }
    }
}
