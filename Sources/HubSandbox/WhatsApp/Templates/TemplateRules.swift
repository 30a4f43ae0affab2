/// What Meta checks of a template's components before it takes it for review.
enum TemplateRules {
    /// - Throws: code 100; its subcode says what is wrong: 2388040 too long, 2388043 something missing, 2388047 header,
    ///   2388072 body, 2388073 footer, 2388293 too many variables for the text, 2388299 a variable at an end of it.
    static func check(
        _ components: [JSON], category: String, format: MessageTemplate.ParameterFormat
    ) throws(GraphError) {
        var seen: Set<String> = []
        for component in components {
            let type = component["type"]?.text?.uppercased() ?? ""
            guard seen.insert(type).inserted else { throw .invalid("Component \(type.prefix(32)) is there twice.") }
            switch type {
            case "HEADER": try header(component, category: category, format: format)
            case "BODY": try body(component, category: category, format: format)
            case "FOOTER": try footer(component, category: category)
            case "BUTTONS": try TemplateButtonRules.check(component["buttons"]?.elements ?? [], category: category)
            case "CAROUSEL": try carousel(component, category: category, format: format)
            case "LIMITED_TIME_OFFER": try offer(component, category: category)
            case "CALL_PERMISSION_REQUEST": break
            default:
                throw .invalid(
                    "Param components['type'] must be one of {BODY, BUTTONS, CALL_PERMISSION_REQUEST, CAROUSEL, FOOTER, "
                        + "HEADER, LIMITED_TIME_OFFER} - got \"\(type.prefix(32))\".")
            }
        }
        guard seen.contains("BODY") else { throw .missingField("A BODY component is required.") }
        if category == "AUTHENTICATION" {
            guard TemplateShape(components).needsPhoneNumber else {
                throw .missingField("Authentication templates need a button of type OTP.")
            }
        }
    }

    private static func header(
        _ component: JSON, category: String, format: MessageTemplate.ParameterFormat
    ) throws(GraphError) {
        let kind = component["format"]?.text?.uppercased() ?? ""
        guard category != "AUTHENTICATION" else { throw .badHeader("Authentication templates have no header.") }
        switch kind {
        case "TEXT":
            guard let text = component["text"]?.text, !text.isEmpty else {
                throw .missingField("The header has no text.")
            }
            try length(text, of: "header", limit: 60)
            let parsed = TemplateText(text)
            guard parsed.variables.count <= 1 else { throw .badHeader("A header has at most one variable.") }
            guard !text.contains("\n"), !text.contains("*") else {
                throw .badHeader("A header has neither line breaks nor formatting.")
            }
            try variables(parsed, format: format) { GraphError.badHeader($0) }
            try examples(
                component["example"], parsed, format: format, positional: "header_text",
                named: "header_text_named_params")
        case "IMAGE", "VIDEO", "DOCUMENT", "GIF":
            let example = component["example"]?["header_handle"]
            guard let handle = (example?.elements?.first ?? example)?.text, !handle.isEmpty else {
                throw .missingField("A media header needs example['header_handle'] of an uploaded sample.")
            }
            guard !handle.allSatisfy(\.isWholeNumber) else {
                throw .invalid("header_handle is a media id; samples are uploaded by POST /{app_id}/uploads.")
            }
        case "LOCATION", "PRODUCT": break
        default:
            throw .invalid(
                "Param components['format'] must be one of {DOCUMENT, GIF, IMAGE, LOCATION, PRODUCT, TEXT, VIDEO}.")
        }
    }

    private static func body(
        _ component: JSON, category: String, format: MessageTemplate.ParameterFormat
    ) throws(GraphError) {
        if category == "AUTHENTICATION" {
            guard component["text"] == nil else { throw .badBody("Meta writes the text of authentication templates.") }
            return
        }
        guard let text = component["text"]?.text, !text.isEmpty else { throw .missingField("The body has no text.") }
        try length(text, of: "body", limit: 1024)
        guard !text.contains("\n\n\n") else { throw .badBody("More than two line breaks in a row.") }
        let parsed = TemplateText(text)
        try variables(parsed, format: format) { GraphError.badBody($0) }
        guard text.prefixMatch(of: /\s*\{\{/) == nil, text.firstMatch(of: /\}\}\s*(\{\{|$)/) == nil else {
            throw .template(
                2388299, "Leading or Trailing Params Not Allowed",
                "Variables can't be at the start or end of the template, nor beside each other.")
        }
        let words = text.split { $0.isWhitespace }.count
        guard words >= 2 * parsed.variables.count + 1 else {
            throw .template(
                2388293, "Parameter Words Ratio Exceeds Limit",
                "This template has too many variables for its length. Reduce the number of variables or increase the "
                    + "message length.")
        }
        try examples(
            component["example"], parsed, format: format, positional: "body_text", named: "body_text_named_params")
    }

    private static func footer(_ component: JSON, category: String) throws(GraphError) {
        if category == "AUTHENTICATION" {
            guard let minutes = component["code_expiration_minutes"]?.integer, (1...90).contains(minutes) else {
                throw .badFooter("code_expiration_minutes must be from 1 to 90.")
            }
            return
        }
        guard let text = component["text"]?.text, !text.isEmpty else { throw .missingField("The footer has no text.") }
        try length(text, of: "footer", limit: 60)
        guard TemplateText(text).variables.isEmpty, !text.contains("\n") else {
            throw .badFooter("A footer has neither variables nor line breaks.")
        }
    }

    private static func carousel(
        _ component: JSON, category: String, format: MessageTemplate.ParameterFormat
    ) throws(GraphError) {
        let cards = component["cards"]?.elements ?? []
        guard (2...10).contains(cards.count) else { throw .invalid("A carousel has 2 to 10 cards.") }
        var kinds: Set<[String]> = []
        for card in cards {
            let parts = card["components"]?.elements ?? []
            kinds.insert(parts.compactMap { $0["type"]?.text?.uppercased() })
            guard parts.contains(where: { $0["type"]?.text?.uppercased() == "HEADER" }) else {
                throw .missingField("Each card needs a header.")
            }
            for part in parts {
                switch part["type"]?.text?.uppercased() {
                case "HEADER": try header(part, category: category, format: format)
                case "BODY":
                    try body(part, category: category, format: format)
                    try length(part["text"]?.text ?? "", of: "card's body", limit: 160)
                case "BUTTONS":
                    try TemplateButtonRules.check(part["buttons"]?.elements ?? [], category: category, limit: 2)
                default: throw .invalid("A card has a header, a body and buttons.")
                }
            }
        }
        guard kinds.count == 1 else { throw .invalid("All cards of a carousel have the same components.") }
    }

    private static func offer(_ component: JSON, category: String) throws(GraphError) {
        guard category == "MARKETING" else { throw .invalid("Only marketing templates have a limited-time offer.") }
        guard let text = component["limited_time_offer"]?["text"]?.text, !text.isEmpty else {
            throw .missingField("limited_time_offer['text'] is missing.")
        }
        try length(text, of: "limited-time offer", limit: 16)
    }

    private static func length(_ text: String, of part: String, limit: Int) throws(GraphError) {
        guard text.unicodeScalars.count <= limit else {
            throw .template(
                2388040, "Character Limit Exceeded", "The \(part) is longer than \(limit) characters.")
        }
    }

    /// Positional variables count from 1 without gaps; named ones have lower-case names.
    private static func variables(
        _ text: TemplateText, format: MessageTemplate.ParameterFormat, _ error: (String) -> GraphError
    ) throws(GraphError) {
        let placeholders = text.text.matches(of: /\{\{(.*?)\}\}/).count
        let well = text.text.matches(of: /\{\{\s*[A-Za-z0-9_]+\s*\}\}/).count
        guard placeholders == well else { throw error("A variable has a name that cannot be.") }
        switch format {
        case .positional:
            guard text.variables == (0..<text.variables.count).map({ String($0 + 1) }) else {
                throw error("Variables must be {{1}}, {{2}}, … without gaps.")
            }
        case .named:
            guard text.variables.allSatisfy({ $0.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil }) else {
                throw error("Names of variables are lower-case letters, digits and underscores.")
            }
        }
    }

    private static func examples(
        _ example: JSON?, _ text: TemplateText, format: MessageTemplate.ParameterFormat, positional: String,
        named: String
    ) throws(GraphError) {
        guard !text.variables.isEmpty else { return }
        switch format {
        case .positional:
            let given = example?[positional]?.elements ?? []
            let values = given.first?.elements ?? given
            guard values.count == text.variables.count else {
                throw .missingField("example['\(positional)'] must have a value for each variable.")
            }
        case .named:
            let names = (example?[named]?.elements ?? []).compactMap { $0["param_name"]?.text }
            guard Set(names) == Set(text.variables) else {
                throw .missingField("example['\(named)'] must have a value for each variable.")
            }
        }
    }
}

extension GraphError {
    /// An error of the template editor: code 100 with a subcode, and a text that can be shown to who wrote the template.
    static func template(_ subcode: Int, _ title: String, _ message: String) -> GraphError {
        GraphError(
            http: 400, code: 100, subcode: subcode, title: "Invalid parameter", userTitle: title, userMessage: message)
    }

    static func missingField(_ message: String) -> GraphError {
        template(2388043, "Message Template \"components\" Param Is Missing Expected Field(s)", message)
    }

    static func badHeader(_ message: String) -> GraphError {
        template(2388047, "Message Header Format Is Incorrect", message)
    }

    static func badBody(_ message: String) -> GraphError {
        template(2388072, "Message Body Format Is Incorrect", message)
    }

    static func badFooter(_ message: String) -> GraphError {
        template(2388073, "Message Footer Format Is Incorrect", message)
    }
}
