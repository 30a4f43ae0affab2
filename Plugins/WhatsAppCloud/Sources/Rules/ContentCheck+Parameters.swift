import AdapterKit

extension ContentCheck {
    /// The parameters of messages whose form is Meta's own.
    mutating func check(_ parameters: JSON, of kind: Action.Kind, _ pointer: String) {
        read(parameters, at: pointer) { reader in
            switch kind {
            case .flow: Self.flow(reader)
            case .address: _ = reader.text("country", 2...2)
            case .catalog: _ = reader.optionalIdentifier("thumbnail_product_retailer_id")
            case .voiceCall:
                _ = reader.optionalText("display_text", 1...SendLimits.linkText)
                _ = reader.optionalInteger("ttl_minutes", in: SendLimits.callButtonMinutes)
            case .orderDetails, .orderStatus:
                _ = reader.text("reference_id")
                _ = reader.requiredJSON("order")
            case .button, .list, .ctaURL, .locationRequest, .contactRequest, .callPermission, .product, .productList,
                .carousel:
                break
            }
        }
    }

    private static func flow(_ flow: ObjectReader) {
        _ = flow.identifier("flow_message_version")
        _ = flow.text("flow_cta")
        let id = flow.optionalIdentifier("flow_id")
        let name = flow.optionalText("flow_name")
        if (id == nil) == (name == nil) {
            flow.report("", "flow_id_or_name", "must have either flow_id or flow_name")
        }
        let action = flow.optionalText("flow_action") ?? "navigate"
        if action != "navigate", action != "data_exchange" {
            flow.report("flow_action", "wrong_value", "must be navigate or data_exchange")
        }
        if let mode = flow.optionalText("mode"), mode != "draft", mode != "published" {
            flow.report("mode", "wrong_value", "must be draft or published")
        }
        flow.optionalObject("flow_action_payload") { payload in
            _ = payload.optionalText("screen", 1...1000)
            guard let data = payload.json("data") else { return }
            if case .object(let members) = data, !members.isEmpty { return }
            payload.report("data", "wrong_type", "must be an object that is not empty")
        }
    }
}
