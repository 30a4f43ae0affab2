import AdapterKit

extension ContentCheck {
    /// The form of a template's parameters, whatever the template; ``TemplateMatch`` compares them with it.
    mutating func check(_ template: MessageContent.Template) {
        length(template.name, 1...SendLimits.templateName, "/template/name")
        if !template.name.utf8.allSatisfy(Self.isNameByte) {
            report("/template/name", "wrong_value", "must have lower-case letters, digits and underscores only")
        }
        if !Self.isLanguage(template.language) {
            report("/template/language", "wrong_value", "must be a language such as en or en_US")
        }
        checkComponents(template.components, "/template/components")
    }

    private mutating func checkComponents(_ components: [JSON], _ pointer: String, isCard: Bool = false) {
        for (index, component) in components.enumerated() {
            let place = "\(pointer)/\(index)"
            let type = read(component, at: place) { Self.componentType($0) }
            if let parameters = component["parameters"], !parameters.isNull {
                checkParameters(parameters, "\(place)/parameters")
            }
            guard type == "carousel" else { continue }
            if isCard {
                report("\(place)/type", "not_allowed", "is not taken in a card")
            } else {
                checkCards(component["cards"], "\(place)/cards")
            }
        }
    }

    private static func componentType(_ component: ObjectReader) -> String {
        let type = component.text("type").lowercased()
        guard type == "button" else { return type }
        _ = component.text("sub_type")
        // Meta's own examples write it as text and as a number.
        guard let index = component.json("index") else {
            component.report("index", "missing", "is required")
            return type
        }
        if index.buttonIndex == nil { component.report("index", "wrong_value", "must be the button's place, 0 to 9") }
        return type
    }

    private mutating func checkCards(_ cards: JSON?, _ pointer: String) {
        guard case .array(let elements)? = cards else {
            report(pointer, cards == nil ? "missing" : "wrong_type", "must be a list of cards")
            return
        }
        count(elements.count, SendLimits.cards, pointer, of: "cards")
        for (index, card) in elements.enumerated() {
            let place = "\(pointer)/\(index)"
            guard card["card_index"]?.identifier.flatMap({ Int($0) }) == index else {
                report("\(place)/card_index", "wrong_value", "must be \(index), the card's place")
                continue
            }
            guard case .array(let components)? = card["components"] else {
                report("\(place)/components", "missing", "is required: a list")
                continue
            }
            checkComponents(components, "\(place)/components", isCard: true)
        }
    }

    private mutating func checkParameters(_ parameters: JSON, _ pointer: String) {
        guard case .array(let elements) = parameters else {
            report(pointer, "wrong_type", "must be a list")
            return
        }
        for (index, parameter) in elements.enumerated() {
            let place = "\(pointer)/\(index)"
            let type = read(parameter, at: place) { Self.parameterType($0) }
            if ["image", "video", "document", "gif"].contains(type) { checkMedia(parameter[type], "\(place)/\(type)") }
            if type == "text", let text = parameter["text"]?.string, !Self.isOneLine(text) {
                report(
                    "\(place)/text", "wrong_value",
                    "must have no line break, no tab and no more than 4 spaces in a row: so Meta wants it of templates")
            }
        }
    }

    /// Each parameter has its value under the name of its type.
    private static func parameterType(_ parameter: ObjectReader) -> String {
        let type = parameter.text("type").lowercased()
        switch type {
        case "text", "payload", "coupon_code": _ = parameter.text(type)
        case "currency":
            parameter.object(type) { currency in
                _ = currency.text("fallback_value")
                _ = currency.text("code", 3...3)
                _ = currency.number("amount_1000")
            }
        case "date_time": parameter.object(type) { _ = $0.text("fallback_value") }
        case "location":
            parameter.object(type) { location in
                _ = location.requiredJSON("latitude")
                _ = location.requiredJSON("longitude")
            }
        case "product": parameter.object(type) { _ = $0.identifier("product_retailer_id") }
        case "limited_time_offer": parameter.object(type) { _ = $0.requiredJSON("expiration_time_ms") }
        case "action": parameter.object(type) { _ in }
        default: break
        }
        return type
    }

    private static func isOneLine(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0 == "\n" || $0 == "\r" || $0 == "\t" } && !text.contains("     ")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }

    /// Such as `en`, `en_US`, `fil` or `zh_Hant_TW`.
    private static func isLanguage(_ text: String) -> Bool {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        return (1...3).contains(parts.count) && (2...3).contains(parts[0].utf8.count)
            && parts.allSatisfy { part in
                (2...4).contains(part.utf8.count)
                    && part.utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) }
            }
    }
}

extension JSON {
    /// The place of a template's button, which Meta's own examples write as text and as a number.
    var buttonIndex: Int? {
        guard let index = identifier.flatMap({ Int($0) }), (0...9).contains(index) else { return nil }
        return index
    }
}
