/// What Meta checks of a template's buttons.
enum TemplateButtonRules {
    /// How many of a type one template may have, and of all together.
    private static let limits = [
        "QUICK_REPLY": 10, "URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "OTP": 1, "FLOW": 1, "CATALOG": 1, "MPM": 1,
        "SPM": 1, "VOICE_CALL": 1, "REQUEST_CONTACT_INFO": 1, "ORDER_DETAILS": 1, "APP": 1,
    ]

    /// - Parameter limit: buttons that there may be.
    static func check(_ buttons: [JSON], category: String, limit: Int = 10) throws(GraphError) {
        guard !buttons.isEmpty else { throw .missingField("A BUTTONS component needs buttons.") }
        guard buttons.count <= limit else { throw .invalid("At most \(limit) buttons are allowed.") }
        var counts: [String: Int] = [:]
        var groups: [Bool] = []
        for (index, button) in buttons.enumerated() {
            let type = button["type"]?.text?.uppercased() ?? ""
            guard let most = limits[type] else {
                let known = limits.keys.sorted().joined(separator: ", ")
                throw .invalid(
                    "Param buttons[\(index)]['type'] must be one of {\(known)} - got \"\(type.prefix(32))\".")
            }
            counts[type, default: 0] += 1
            guard counts[type, default: 0] <= most else { throw .invalid("At most \(most) buttons of type \(type).") }
            guard (type == "OTP") == (category == "AUTHENTICATION") else {
                throw .invalid("Buttons of type OTP belong to authentication templates, and no others do.")
            }
            try content(button, type: type, index: index)
            if groups.last != (type == "QUICK_REPLY") { groups.append(type == "QUICK_REPLY") }
        }
        guard groups.count <= 2 else {
            throw .invalid("Quick replies must stand together, before or after other buttons.")
        }
    }

    private static func content(_ button: JSON, type: String, index: Int) throws(GraphError) {
        let name = "buttons[\(index)]"
        if !["COPY_CODE", "OTP", "MPM", "SPM", "CATALOG", "REQUEST_CONTACT_INFO"].contains(type)
            || button["text"] != nil
        {
            try MessageRules.text(button["text"], name: "\(name)['text']", limit: 25)
        }
        switch type {
        case "URL":
            try MessageRules.text(button["url"], name: "\(name)['url']", limit: 2000)
            let url = TemplateText(button["url"]?.text ?? "")
            guard url.variables.count <= 1, url.variables.isEmpty || url.text.hasSuffix("}}") else {
                throw .invalid("\(name)['url'] may have one variable, at its end.")
            }
            if !url.variables.isEmpty, button["example"]?.elements?.first ?? button["example"] == nil {
                throw .missingField("\(name) needs an example of its url.")
            }
        case "PHONE_NUMBER": try MessageRules.text(button["phone_number"], name: "\(name)['phone_number']", limit: 20)
        case "COPY_CODE":
            let example = button["example"]?.elements?.first ?? button["example"]
            try MessageRules.text(example, name: "\(name)['example']", limit: 20)
        case "FLOW":
            guard ["flow_id", "flow_name", "flow_json"].contains(where: { button[$0] != nil }) else {
                throw .missingField("\(name) needs flow_id, flow_name or flow_json.")
            }
        case "OTP": try code(button, name: name)
        default: break
        }
    }

    private static func code(_ button: JSON, name: String) throws(GraphError) {
        let kind = button["otp_type"]?.text?.uppercased() ?? ""
        guard ["COPY_CODE", "ONE_TAP", "ZERO_TAP"].contains(kind) else {
            throw .invalid("Param \(name)['otp_type'] must be one of {COPY_CODE, ONE_TAP, ZERO_TAP}.")
        }
        guard kind != "COPY_CODE" else { return }
        let apps = button["supported_apps"]?.elements ?? [button]
        guard !apps.isEmpty, apps.allSatisfy({ $0["package_name"]?.text != nil && $0["signature_hash"]?.text != nil })
        else { throw .missingField("\(name) needs supported_apps with package_name and signature_hash.") }
        if kind == "ZERO_TAP", button["zero_tap_terms_accepted"]?.flag != true {
            throw .missingField("\(name)['zero_tap_terms_accepted'] must be true.")
        }
    }
}
