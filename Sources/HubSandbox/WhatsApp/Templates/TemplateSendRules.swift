/// What WhatsApp checks of a `template` object before it accepts a send.
enum TemplateSendRules {
    /// The template that a send names, if the send fits it.
    /// - Throws: 132001 for an unknown name or language or one that is not approved, 132015 when paused, 132016 when
    ///   disabled, 132000 for a wrong number of values, 132012 for one of a wrong kind, 132018 for one that cannot be,
    ///   132005 for a text that gets too long, 131008 for a missing value of a button.
    static func resolve(
        _ request: JSON, in registry: TemplateRegistry, account: String
    ) throws(GraphError) -> MessageTemplate {
        guard let name = request["name"]?.text, !name.isEmpty else { throw .missing("template['name']") }
        guard let language = request["language"]?["code"]?.text else { throw .missing("template['language']['code']") }
        guard let template = registry.template(named: name, language: language, of: account),
            template.status.refusal != 132001
        else {
            throw .catalogued(
                132001, "template name (\(name.prefix(64))) does not exist in \(language.prefix(16))")
        }
        if let refusal = template.status.refusal { throw .catalogued(refusal) }
        guard request["components"] == nil || request["components"]?.elements != nil else {
            throw .invalid("Param template['components'] must be an array.")
        }
        try check(
            request["components"]?.elements ?? [], against: template.shape, format: template.format, isCard: false)
        return template
    }

    private static func check(
        _ components: [JSON], against shape: TemplateShape, format: MessageTemplate.ParameterFormat, isCard: Bool
    ) throws(GraphError) {
        let types =
            isCard ? ["header", "body", "button"] : ["header", "body", "button", "carousel", "limited_time_offer"]
        for (index, component) in components.enumerated() {
            let type = component["type"]?.text?.lowercased() ?? ""
            guard types.contains(type) else {
                throw .invalid(
                    "Param template['components'][\(index)]['type'] must be one of "
                        + "{\(types.joined(separator: ", ").uppercased())} - got \"\(type.prefix(32))\".")
            }
        }
        func parameters(_ type: String) -> [JSON] {
            components.first { $0["type"]?.text?.lowercased() == type }?["parameters"]?.elements ?? []
        }
        try header(parameters("header"), expected: shape.header, format: format)
        try text(parameters("body"), expected: shape.body, format: format, part: "body", limit: isCard ? 160 : 1024)
        try TemplateButtonValues.check(
            components.filter { $0["type"]?.text?.lowercased() == "button" }, against: shape.buttons)
        guard !isCard else { return }
        try carousel(components.first { $0["type"]?.text?.lowercased() == "carousel" }, against: shape, format: format)
        try offer(parameters("limited_time_offer"), isExpected: shape.hasExpiration)
    }

    private static func header(
        _ parameters: [JSON], expected: TemplateShape.Header?, format: MessageTemplate.ParameterFormat
    ) throws(GraphError) {
        switch expected {
        case nil: try count(parameters.count, expected: 0, part: "header")
        case .text(let expected): try text(parameters, expected: expected, format: format, part: "header", limit: 60)
        case .media(let kind):
            let parameter = try single(parameters, "header", kind.rawValue)
            try MessageRules.media(
                parameter[kind.rawValue] ?? .null, name: kind.rawValue, keys: ["id", "link", "filename", "caption"])
        case .location:
            let parameter = try single(parameters, "header", "location")
            guard let location = parameter["location"] else { throw .missing("location") }
            try MessageRules.location(location)
        case .product:
            let parameter = try single(parameters, "header", "product")
            try MessageRules.text(
                parameter["product"]?["product_retailer_id"], name: "product['product_retailer_id']", limit: 100)
        }
    }

    /// The one parameter of a header that is no text.
    private static func single(_ parameters: [JSON], _ part: String, _ type: String) throws(GraphError) -> JSON {
        guard let parameter = parameters.first, parameters.count == 1,
            parameter["type"]?.text?.lowercased() == type, parameter[type] != nil
        else {
            let given = parameters.first?["type"]?.text?.uppercased() ?? "UNKNOWN"
            throw .catalogued(
                132012, "\(part): Format mismatch, expected \(type.uppercased()), received \(given.prefix(32))")
        }
        return parameter
    }

    private static func text(
        _ parameters: [JSON], expected: TemplateText?, format: MessageTemplate.ParameterFormat, part: String, limit: Int
    ) throws(GraphError) {
        try count(parameters.count, expected: expected?.variables.count ?? 0, part: part)
        guard let expected, !parameters.isEmpty else { return }
        for parameter in parameters { try TemplateValues.check(parameter, part: part) }
        if format == .named {
            let names = parameters.map { $0["parameter_name"]?.text ?? "" }
            guard !names.contains("") else { throw .catalogued(132012, "\(part): Parameter name is missing or empty") }
            guard Set(names) == Set(expected.variables) else {
                throw .catalogued(
                    132012,
                    "\(part): parameter names do not match those of the template: "
                        + expected.variables.joined(separator: ", "))
            }
        }
        let filled = expected.filled(TemplateValues.values(parameters, of: expected, format: format))
        guard filled.unicodeScalars.count <= limit else {
            throw .catalogued(132005, "\(part): the text with its values is longer than \(limit) characters")
        }
    }

    private static func count(_ given: Int, expected: Int, part: String) throws(GraphError) {
        guard given == expected else {
            throw .catalogued(
                132000,
                "\(part): number of localizable_params (\(given)) does not match the expected number of params "
                    + "(\(expected))")
        }
    }

    private static func carousel(
        _ component: JSON?, against shape: TemplateShape, format: MessageTemplate.ParameterFormat
    ) throws(GraphError) {
        let cards = component?["cards"]?.elements ?? []
        try count(cards.count, expected: shape.cards.count, part: "carousel")
        for (position, card) in cards.enumerated() {
            let index = TemplateButtonValues.index(card["card_index"]) ?? position
            guard shape.cards.indices.contains(index) else {
                throw .catalogued(132018, "carousel: card_index \(index) is not one of the template's cards")
            }
            try check(card["components"]?.elements ?? [], against: shape.cards[index], format: format, isCard: true)
        }
    }

    private static func offer(_ parameters: [JSON], isExpected: Bool) throws(GraphError) {
        guard isExpected else { return try count(parameters.count, expected: 0, part: "limited_time_offer") }
        let parameter = try single(parameters, "limited_time_offer", "limited_time_offer")
        guard parameter["limited_time_offer"]?["expiration_time_ms"]?.integer != nil else {
            throw .missing("limited_time_offer['expiration_time_ms']")
        }
    }
}

extension GraphError {
    /// The error of a code with details of its own.
    static func catalogued(_ code: Int, _ details: String) -> GraphError {
        var error = catalogued(code)
        error.details = details
        return error
    }
}
