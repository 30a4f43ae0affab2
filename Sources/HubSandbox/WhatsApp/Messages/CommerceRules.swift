/// What WhatsApp checks of messages about products and orders.
enum CommerceRules {
    private static let action = "interactive['action']"

    static func product(_ action: JSON) throws(GraphError) {
        try MessageRules.text(action["catalog_id"], name: "\(Self.action)['catalog_id']", limit: 100)
        try MessageRules.text(action["product_retailer_id"], name: "\(Self.action)['product_retailer_id']", limit: 100)
    }

    static func productList(_ action: JSON) throws(GraphError) {
        try MessageRules.text(action["catalog_id"], name: "\(Self.action)['catalog_id']", limit: 100)
        let name = "\(Self.action)['sections']"
        guard let sections = action["sections"]?.elements, !sections.isEmpty else { throw .missing(name) }
        guard sections.count <= 10 else { throw .invalid("\(name) must have at most 10 elements.") }
        var count = 0
        for section in sections {
            if sections.count > 1 { try MessageRules.text(section["title"], name: "\(name)['title']", limit: 24) }
            try MessageRules.optionalText(section["title"], name: "\(name)['title']", limit: 24)
            guard let items = section["product_items"]?.elements, !items.isEmpty else {
                throw .missing("\(name)['product_items']")
            }
            for item in items {
                try MessageRules.text(
                    item["product_retailer_id"], name: "\(name)['product_items']['product_retailer_id']", limit: 100)
            }
            count += items.count
        }
        guard count <= 30 else { throw .invalid("Total product count exceeds max allowed count: 30") }
    }

    static func catalogue(_ action: JSON) throws(GraphError) {
        try InteractiveRules.name(action, "catalog_message")
        try MessageRules.optionalText(
            action["parameters"]?["thumbnail_product_retailer_id"],
            name: "\(Self.action)['parameters']['thumbnail_product_retailer_id']", limit: 100)
    }

    static func orderDetails(_ action: JSON) throws(GraphError) {
        try InteractiveRules.name(action, "review_and_pay")
        let name = "\(Self.action)['parameters']"
        guard let parameters = action["parameters"] else { throw .missing(name) }
        try reference(parameters, name)
        guard parameters["type"] != nil else { throw .missing("\(name)['type']") }
        try InteractiveRules.choice(parameters["type"], name: "\(name)['type']", ["digital-goods", "physical-goods"])
        guard let currency = parameters["currency"] else { throw .missing("\(name)['currency']") }
        guard currency.text?.wholeMatch(of: /[A-Z]{3}/) != nil else {
            throw .badValue("\(name)['currency'] is not a currency")
        }
        try amount(parameters["total_amount"], "\(name)['total_amount']")
        guard let order = parameters["order"] else { throw .missing("\(name)['order']") }
        try InteractiveRules.choice(order["status"], name: "\(name)['order']['status']", orderStates)
        guard let items = order["items"]?.elements, !items.isEmpty else { throw .missing("\(name)['order']['items']") }
        for item in items {
            try MessageRules.text(item["name"], name: "\(name)['order']['items']['name']", limit: 60)
            try amount(item["amount"], "\(name)['order']['items']['amount']")
            guard let quantity = item["quantity"]?.integer, quantity > 0 else {
                throw .badValue("\(name)['order']['items']['quantity'] must be a number above 0")
            }
        }
        if order["subtotal"] != nil { try amount(order["subtotal"], "\(name)['order']['subtotal']") }
    }

    static func orderStatus(_ action: JSON) throws(GraphError) {
        try InteractiveRules.name(action, "review_order")
        let name = "\(Self.action)['parameters']"
        guard let parameters = action["parameters"] else { throw .missing(name) }
        try reference(parameters, name)
        guard let order = parameters["order"] else { throw .missing("\(name)['order']") }
        guard order["status"] != nil else { throw .missing("\(name)['order']['status']") }
        try InteractiveRules.choice(order["status"], name: "\(name)['order']['status']", orderStates)
        try MessageRules.optionalText(
            order["description"], name: "\(name)['order']['description']", limit: 120)
    }

    private static let orderStates = [
        "pending", "processing", "partially_shipped", "shipped", "completed", "canceled",
    ]

    private static func reference(_ parameters: JSON, _ name: String) throws(GraphError) {
        try MessageRules.text(parameters["reference_id"], name: "\(name)['reference_id']", limit: 60)
    }

    /// An amount is a whole number and what to divide it by.
    private static func amount(_ amount: JSON?, _ name: String) throws(GraphError) {
        guard let amount else { throw .missing(name) }
        guard let value = amount["value"]?.integer, value >= 0, let offset = amount["offset"]?.integer, offset > 0
        else {
            throw .badValue("\(name) needs 'value' and 'offset' as whole numbers")
        }
    }
}
