import AdapterKit

/// Compares the values that are sent with the places that a template has for them, as Meta would: what does not match is
/// refused there with 132000, 132012 or 132018, which do not say where.
struct TemplateMatch {
    private(set) var problems: [RequestProblem] = []

    /// - Parameter template: Without components, as when only its name is known, everything matches.
    static func problems(of send: MessageContent.Template, using template: MessageTemplate) -> [RequestProblem] {
        guard !template.components.isEmpty else { return [] }
        var match = TemplateMatch()
        match.compare(
            send.components, TemplatePlaces(template.components, isNamed: template.hasNamedParameters),
            "/template/components")
        return match.problems
    }

    mutating func report(_ pointer: String, _ code: String, _ detail: String) {
        problems.append(RequestProblem(pointer: pointer, code: code, detail: detail))
    }

    private mutating func compare(_ components: [JSON], _ places: TemplatePlaces, _ pointer: String) {
        var seen: Set<String> = []
        var buttons: Set<Int> = []
        for (index, component) in components.enumerated() {
            let place = "\(pointer)/\(index)"
            let type = component["type"]?.string?.lowercased() ?? ""
            if type == "button" {
                compareButton(component, places.buttons, &buttons, place)
                continue
            }
            guard seen.insert(type).inserted else {
                report(place, "duplicate", "is there already: there is one \(type) at most")
                continue
            }
            compare(component, type, places, place)
        }
        reportMissing(places, seen, pointer)
        reportMissing(places.buttons, buttons, pointer)
    }

    private mutating func compare(_ component: JSON, _ type: String, _ places: TemplatePlaces, _ pointer: String) {
        let parameters = component["parameters"]?.elements ?? []
        switch type {
        case "header": compareHeader(parameters, places.header, pointer)
        case "body": compare(parameters, places.body, "\(pointer)/parameters")
        case "carousel": compareCards(component["cards"]?.elements ?? [], places.cards, pointer)
        case "limited_time_offer":
            if places.hasOfferEnd {
                expectOne(of: ["limited_time_offer"], parameters, "\(pointer)/parameters")
            } else {
                report(pointer, "extra_component", "is not in the template: it has no offer that ends")
            }
        case "footer":
            if !parameters.isEmpty {
                report("\(pointer)/parameters", "parameter_count", "must be empty: a footer has no places")
            }
        // For businesses that Meta chose: it is the judge.
        case "tap_target_configuration", "order_status": break
        // The form check says so.
        case "": break
        default:
            report(
                "\(pointer)/type", "unknown_component",
                "must be one of header, body, button, carousel, limited_time_offer")
        }
    }

    private mutating func compareHeader(_ parameters: [JSON], _ header: TemplatePlaces.Header, _ pointer: String) {
        switch header {
        case .none:
            if !parameters.isEmpty {
                report(pointer, "extra_component", "must be left out: the template's header has no place for a value")
            }
        case .text(let values): compare(parameters, values, "\(pointer)/parameters")
        // A GIF is a film to WhatsApp.
        case .value("gif"): expectOne(of: ["gif", "video"], parameters, "\(pointer)/parameters")
        case .value(let kind): expectOne(of: [kind], parameters, "\(pointer)/parameters")
        }
    }

    private mutating func compareCards(_ cards: [JSON], _ places: [TemplatePlaces]?, _ pointer: String) {
        guard let places else {
            return report(pointer, "extra_component", "is not in the template: it has no carousel")
        }
        guard cards.count == places.count else {
            return report("\(pointer)/cards", "card_count", "must have \(places.count) cards, as the template has")
        }
        for (index, (card, places)) in zip(cards, places).enumerated() {
            compare(card["components"]?.elements ?? [], places, "\(pointer)/cards/\(index)/components")
        }
    }

    /// The values of a text.
    private mutating func compare(_ parameters: [JSON], _ values: TemplatePlaces.Values, _ pointer: String) {
        for (index, parameter) in parameters.enumerated() {
            expectType(of: ["text", "currency", "date_time"], parameter, "\(pointer)/\(index)")
        }
        switch values {
        case .numbered(let count):
            if parameters.count != count {
                report(
                    pointer, "parameter_count",
                    "must have \(count) parameters, one for each placeholder of the template, and has \(parameters.count)"
                )
            }
        case .named(let names):
            var missing = names
            for (index, parameter) in parameters.enumerated() {
                let place = "\(pointer)/\(index)/parameter_name"
                if let name = parameter["parameter_name"]?.string, names.contains(name) {
                    if let position = missing.firstIndex(of: name) {
                        missing.remove(at: position)
                    } else {
                        report(place, "duplicate", "is the name of another parameter")
                    }
                } else {
                    report(place, "parameter_name", "must be one of the template's: \(names.joined(separator: ", "))")
                }
            }
            for name in missing { report(pointer, "missing_parameter", "must have a parameter named \(name)") }
        }
    }

    /// Exactly one value, of one of the types.
    mutating func expectOne(of types: [String], _ parameters: [JSON], _ pointer: String, isOptional: Bool = false) {
        if parameters.count > 1 || (parameters.isEmpty && !isOptional) {
            report(
                pointer, "parameter_count", "must have one parameter of type \(types[0]), and has \(parameters.count)")
        }
        for (index, parameter) in parameters.enumerated() { expectType(of: types, parameter, "\(pointer)/\(index)") }
    }

    private mutating func expectType(of types: [String], _ parameter: JSON, _ pointer: String) {
        guard let type = parameter["type"]?.string?.lowercased(), !types.contains(type) else { return }
        report("\(pointer)/type", "parameter_type", "must be \(types.joined(separator: ", ")) in this template")
    }

    private mutating func reportMissing(_ places: TemplatePlaces, _ seen: Set<String>, _ pointer: String) {
        func missing(_ what: String) -> String { "must have \(what), as the template has a place for it" }
        switch places.header {
        case _ where seen.contains("header"), .none: break
        case .text: report(pointer, "missing_component", missing("a component of type header with a text"))
        case .value(let kind): report(pointer, "missing_component", missing("a component of type header with \(kind)"))
        }
        if !seen.contains("body"), !places.body.isEmpty {
            report(pointer, "missing_component", missing("a component of type body with \(Self.words(places.body))"))
        }
        if !seen.contains("carousel"), let cards = places.cards {
            // Cards whose texts and buttons have no places still have pictures of their own, which the send names.
            report(pointer, "missing_component", missing("a component of type carousel with \(cards.count) cards"))
        }
        if !seen.contains("limited_time_offer"), places.hasOfferEnd {
            report(pointer, "missing_component", missing("a component of type limited_time_offer with its end"))
        }
    }

    private static func words(_ values: TemplatePlaces.Values) -> String {
        switch values {
        case .numbered(let count): "\(count) parameters"
        case .named(let names): "parameters named \(names.joined(separator: ", "))"
        }
    }
}
