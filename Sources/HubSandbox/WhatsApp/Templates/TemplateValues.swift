/// The values that a send gives for the variables of a template's text.
enum TemplateValues {
    /// A value for a text: a text, an amount or a date.
    static func check(_ parameter: JSON, part: String) throws(GraphError) {
        let type = parameter["type"]?.text?.lowercased() ?? ""
        switch type {
        case "text":
            guard let text = parameter["text"]?.text, !text.isEmpty else {
                throw .catalogued(131008, "\(part): Parameter of type text is missing text value")
            }
            guard !text.contains(where: { $0.isNewline || $0 == "\t" }), !text.contains("     ") else {
                throw .catalogued(
                    132018, "\(part): Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
            }
        case "currency":
            guard let currency = parameter["currency"], currency["fallback_value"]?.text != nil,
                currency["code"]?.text?.wholeMatch(of: /[A-Z]{3}/) != nil, currency["amount_1000"]?.integer != nil
            else {
                throw .catalogued(132012, "\(part): currency needs fallback_value, code and amount_1000")
            }
        case "date_time":
            guard parameter["date_time"]?["fallback_value"]?.text?.isEmpty == false else {
                throw .catalogued(132012, "\(part): date_time needs fallback_value")
            }
        default:
            throw .catalogued(
                132012,
                "\(part): Format mismatch, expected TEXT, received \(type.isEmpty ? "UNKNOWN" : type.uppercased().prefix(32))"
            )
        }
    }

    /// The values by the names of the variables.
    static func values(
        _ parameters: [JSON], of text: TemplateText, format: MessageTemplate.ParameterFormat
    ) -> [String: String] {
        var values: [String: String] = [:]
        for (index, parameter) in parameters.enumerated() {
            let value =
                parameter["text"]?.text ?? parameter["currency"]?["fallback_value"]?.text
                ?? parameter["date_time"]?["fallback_value"]?.text ?? ""
            let name = format == .named ? parameter["parameter_name"]?.text : String(index + 1)
            if let name { values[name] = value }
        }
        return values
    }
}

/// The values that a send gives for a template's buttons.
enum TemplateButtonValues {
    static func check(_ components: [JSON], against buttons: [TemplateShape.Button]) throws(GraphError) {
        var given: Set<Int> = []
        for component in components {
            guard let subType = component["sub_type"]?.text?.uppercased() else {
                throw .missing("template['components']['sub_type']")
            }
            guard let index = index(component["index"]) else { throw .missing("template['components']['index']") }
            guard buttons.indices.contains(index), buttons[index].subType == subType else {
                throw .catalogued(
                    132018, "buttons: the template has no button of type \(subType.prefix(32)) at index \(index)")
            }
            guard given.insert(index).inserted else {
                throw .catalogued(132018, "buttons: the button at index \(index) is there twice")
            }
            let button = buttons[index]
            let parameters = component["parameters"]?.elements ?? []
            if subType == "URL", !button.needsParameter, !parameters.isEmpty {
                throw .catalogued(132018, "buttons: Button at index \(index) of type URL does not require parameters")
            }
            if let parameter = parameters.first { try value(parameter, of: button, index: index) }
            if parameters.isEmpty, button.needsParameter { throw missing(button, index) }
        }
        for (index, button) in buttons.enumerated() where button.needsParameter && !given.contains(index) {
            throw missing(button, index)
        }
    }

    /// An index: Meta takes numbers and numbers in quotes.
    static func index(_ json: JSON?) -> Int? { json?.integer ?? json?.text.flatMap { Int($0) } }

    private static func missing(_ button: TemplateShape.Button, _ index: Int) -> GraphError {
        .catalogued(
            131008, "buttons: Button at index \(index) of type \(button.subType) requires a parameter")
    }

    private static func value(_ parameter: JSON, of button: TemplateShape.Button, index: Int) throws(GraphError) {
        let name = "template['components']['parameters']"
        let expected =
            switch button.subType {
            case "QUICK_REPLY", "VOICE_CALL": "payload"
            case "URL": "text"
            case "COPY_CODE": "coupon_code"
            default: "action"
            }
        let type = parameter["type"]?.text?.lowercased() ?? ""
        guard type == expected || (button.subType == "VOICE_CALL" && type == "ttl_minutes") else {
            throw .catalogued(
                132012,
                "buttons: Button at index \(index): Format mismatch, expected \(expected.uppercased()), received "
                    + "\(type.isEmpty ? "UNKNOWN" : type.uppercased().prefix(32))")
        }
        switch expected {
        case "payload" where type == "payload":
            try MessageRules.text(parameter["payload"], name: "\(name)['payload']", limit: 256)
        case "text":
            try MessageRules.text(parameter["text"], name: "\(name)['text']", limit: button.type == "OTP" ? 15 : 2000)
        case "coupon_code":
            try MessageRules.text(parameter["coupon_code"], name: "\(name)['coupon_code']", limit: 20)
        case "action" where button.subType == "MPM":
            guard parameter["action"]?["sections"]?.elements?.isEmpty == false else {
                throw .missing("\(name)['action']['sections']")
            }
        default: break
        }
    }
}
