import AdapterKit

extension TemplateMatch {
    /// What a send says of one kind of button.
    private enum Rule {
        /// Nothing can be said.
        case fixed
        /// One value of the type has to be said.
        case required(subtype: String, type: String)
        /// One value of the type may be said.
        case optional(subtype: String, type: String)
        /// A kind without a page of its own at Meta, which is the judge.
        case free
    }

    mutating func compareButton(
        _ component: JSON, _ buttons: [TemplatePlaces.Button], _ seen: inout Set<Int>, _ pointer: String
    ) {
        // The form check speaks of an index that is none.
        guard let index = component["index"]?.buttonIndex else { return }
        guard buttons.indices.contains(index) else {
            return report("\(pointer)/index", "button_index", "is beyond the template's \(buttons.count) buttons")
        }
        guard seen.insert(index).inserted else {
            return report("\(pointer)/index", "duplicate", "is the place of another component's button")
        }
        let parameters = component["parameters"]?.elements ?? []
        switch Self.rule(buttons[index]) {
        case .free: break
        case .fixed:
            report(pointer, "extra_component", "must be left out: the template's button has no place for a value")
        case .required(let subtype, let type):
            guard expectSubtype(subtype, component, pointer) else { return }
            expectOne(of: [type], parameters, "\(pointer)/parameters")
        case .optional(let subtype, let type):
            guard expectSubtype(subtype, component, pointer) else { return }
            expectOne(of: [type], parameters, "\(pointer)/parameters", isOptional: true)
        }
    }

    mutating func reportMissing(_ buttons: [TemplatePlaces.Button], _ seen: Set<Int>, _ pointer: String) {
        for (index, button) in buttons.enumerated() where !seen.contains(index) {
            guard case .required(let subtype, let type) = Self.rule(button) else { continue }
            report(
                pointer, "missing_component",
                "must have a component of type button, sub_type \(subtype) and index \(index) with a \(type)")
        }
    }

    private mutating func expectSubtype(_ subtype: String, _ component: JSON, _ pointer: String) -> Bool {
        guard component["sub_type"]?.string?.lowercased() != subtype else { return true }
        report("\(pointer)/sub_type", "button_type", "must be \(subtype), as the template's button is")
        return false
    }

    private static func rule(_ button: TemplatePlaces.Button) -> Rule {
        switch button.kind {
        case "URL": button.isOpen ? .required(subtype: "url", type: "text") : .fixed
        // A code is told to the button as it is to the text.
        case "OTP": .required(subtype: "url", type: "text")
        case "COPY_CODE": .required(subtype: "copy_code", type: "coupon_code")
        case "MPM": .required(subtype: "mpm", type: "action")
        case "ORDER_DETAILS": .required(subtype: "order_details", type: "action")
        case "QUICK_REPLY": .optional(subtype: "quick_reply", type: "payload")
        case "FLOW": .optional(subtype: "flow", type: "action")
        case "CATALOG": .optional(subtype: "catalog", type: "action")
        case "PHONE_NUMBER": .fixed
        default: .free
        }
    }
}
