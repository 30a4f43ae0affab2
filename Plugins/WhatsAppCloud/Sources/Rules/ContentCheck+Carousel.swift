import AdapterKit

extension ContentCheck {
    /// What all cards of a carousel have to have alike.
    private struct CardShape: Equatable {
        var header: String?
        /// Nil for a link, else how many buttons.
        var buttons: Int?
        var isProduct = false
    }

    /// Cards that are swiped through: pictures or films with a link or buttons, or products.
    mutating func check(_ cards: [JSON], _ pointer: String) {
        count(cards.count, SendLimits.cards, pointer, of: "cards")
        var shapes: [CardShape] = []
        for (index, card) in cards.enumerated() {
            let place = "\(pointer)/\(index)"
            shapes.append(read(card, at: place) { Self.card($0, index) })
            checkMedia(of: card, place)
        }
        guard let first = shapes.first else { return }
        for (index, shape) in shapes.enumerated() where shape != first {
            report(
                "\(pointer)/\(index)", "wrong_value",
                "must have a header and buttons of the same kind and number as card 0")
        }
    }

    private static func card(_ card: ObjectReader, _ position: Int) -> CardShape {
        if let index = card.optionalInteger("card_index"), index != position {
            card.report("card_index", "wrong_value", "must be \(position), the card's place")
        } else if !card.has("card_index") {
            card.report("card_index", "missing", "is required")
        }
        let type = card.optionalText("type")
        if let type, type != "cta_url", type != "product", type != "quick_reply" {
            card.report("type", "unknown_type", "must be cta_url or product")
        }
        var shape = CardShape(isProduct: type == "product")
        if shape.isProduct {
            card.object("action") { action in
                _ = action.identifier("catalog_id")
                _ = action.identifier("product_retailer_id")
            }
            return shape
        }
        shape.header = card.object("header") { header in
            let kind = header.text("type")
            if !kind.isEmpty, kind != "image", kind != "video" {
                header.report("type", "wrong_value", "must be image or video")
            }
            return kind
        }
        card.optionalObject("body") { body in
            let text = body.text("text", 1...SendLimits.cardBody)
            if text.unicodeScalars.count(where: { $0 == "\n" }) > SendLimits.cardLineBreaks {
                body.report("text", "wrong_value", "must have at most \(SendLimits.cardLineBreaks) line breaks")
            }
        }
        shape.buttons = card.object("action", buttons)
        return shape
    }

    /// How many reply buttons there are; nil for a link.
    private static func buttons(_ action: ObjectReader) -> Int? {
        guard !action.has("buttons") else {
            let titles = action.list("buttons", count: 1...SendLimits.buttons) { button in
                if button.text("type") != "quick_reply" { button.report("type", "wrong_value", "must be quick_reply") }
                return button.object("quick_reply") { reply in
                    _ = reply.text("id", 1...SendLimits.buttonID)
                    return reply.text("title", 1...SendLimits.buttonTitle)
                }
            }
            if Set(titles).count < titles.count { action.report("buttons", "duplicate", "must have different titles") }
            return titles.count
        }
        if action.text("name") != "cta_url" { action.report("name", "wrong_value", "must be cta_url") }
        action.object("parameters") { parameters in
            _ = parameters.text("display_text", 1...SendLimits.linkText)
            let url = parameters.text("url", 1...2048)
            if !url.isEmpty, WebAddress(url)?.scheme != .https {
                parameters.report("url", "wrong_value", "must be a whole address that begins with https://")
            }
        }
        return nil
    }

    private mutating func checkMedia(of card: JSON, _ pointer: String) {
        guard let header = card["header"], let type = header["type"]?.string, type == "image" || type == "video" else {
            return
        }
        checkMedia(header[type], "\(pointer)/header/\(type)")
    }

    /// Media in a provider's own object: a hub id or a link.
    mutating func checkMedia(_ media: JSON?, _ pointer: String) {
        guard case .object? = media else {
            report(pointer, "missing", "is required: an object with id or link")
            return
        }
        let id = media?["id"].flatMap { $0.isNull ? nil : $0 }
        let address = media?["link"].flatMap { $0.isNull ? nil : $0 }
        if (id == nil) == (address == nil) {
            report(pointer, "id_or_link", "must have either id, of media that was uploaded, or link")
        }
        if let id, id.string == nil { report("\(pointer)/id", "wrong_type", "must be a string") }
        if let address { link(address.string ?? "", "\(pointer)/link") }
    }
}
