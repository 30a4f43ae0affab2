extension MessageRules {
    private static let interactiveTypes: Set<String> = [
        "button", "list", "cta_url", "location_request_message", "product", "product_list", "catalog_message", "flow",
        "request_contact_info", "call_permission_request", "voice_call", "address_message", "carousel", "order_details",
        "order_status",
    ]

    /// Checks an `interactive` object: its frame for every type, its buttons and rows for the common ones.
    static func interactive(_ content: JSON) throws(GraphError) {
        guard let type = content["type"]?.text else { throw .missing("interactive['type']") }
        guard interactiveTypes.contains(type) else {
            throw .invalid("interactive['type'] \"\(type.prefix(32))\" is unknown.")
        }
        if type != "product" || content["body"] != nil {
            let limit = type == "list" ? 4096 : 1024
            try text(content["body"]?["text"], name: "interactive['body']['text']", limit: limit)
        }
        if content["header"]?["type"]?.text == "text" {
            try text(content["header"]?["text"], name: "interactive['header']['text']", limit: 60)
        }
        if content["footer"] != nil {
            try text(content["footer"]?["text"], name: "interactive['footer']['text']", limit: 60)
        }
        guard let action = content["action"] else { throw .missing("interactive['action']") }
        switch type {
        case "button": try buttons(action)
        case "list": try list(action)
        case "cta_url": try callToAction(action)
        default: break
        }
    }

    private static func buttons(_ action: JSON) throws(GraphError) {
        let name = "interactive['action']['buttons']"
        guard let buttons = action["buttons"]?.elements, !buttons.isEmpty else { throw .missing(name) }
        guard buttons.count <= 3 else {
            throw .invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
        }
        for button in buttons {
            guard button["type"]?.text == "reply" else { throw .invalid("\(name) must be of type \"reply\".") }
            try text(button["reply"]?["id"], name: "\(name)['reply']['id']", limit: 256)
            try text(button["reply"]?["title"], name: "\(name)['reply']['title']", limit: 20)
        }
        try requireUnique(buttons.compactMap { $0["reply"]?["id"]?.text }, what: "button ids")
        try requireUnique(buttons.compactMap { $0["reply"]?["title"]?.text }, what: "button titles")
    }

    private static func list(_ action: JSON) throws(GraphError) {
        try text(action["button"], name: "interactive['action']['button']", limit: 20)
        let name = "interactive['action']['sections']"
        guard let sections = action["sections"]?.elements, !sections.isEmpty else { throw .missing(name) }
        guard sections.count <= 10 else { throw .invalid("\(name) must have at most 10 elements.") }
        var ids: [String] = []
        for section in sections {
            if sections.count > 1 { try text(section["title"], name: "\(name)['title']", limit: 24) }
            try optionalText(section["title"], name: "\(name)['title']", limit: 24)
            guard let rows = section["rows"]?.elements, !rows.isEmpty else { throw .missing("\(name)['rows']") }
            for row in rows {
                try text(row["id"], name: "\(name)['rows']['id']", limit: 200)
                try text(row["title"], name: "\(name)['rows']['title']", limit: 24)
                try optionalText(row["description"], name: "\(name)['rows']['description']", limit: 72)
                ids.append(row["id"]?.text ?? "")
            }
        }
        guard ids.count <= 10 else { throw .invalid("Total row count exceeds max allowed count: 10") }
        try requireUnique(ids, what: "row ids")
    }

    private static func callToAction(_ action: JSON) throws(GraphError) {
        let name = "interactive['action']['parameters']"
        try text(action["parameters"]?["display_text"], name: "\(name)['display_text']", limit: 20)
        try text(action["parameters"]?["url"], name: "\(name)['url']", limit: 2000)
    }

    private static func requireUnique(_ values: [String], what: String) throws(GraphError) {
        guard Set(values).count == values.count else { throw .invalid("Duplicated \(what).") }
    }
}
