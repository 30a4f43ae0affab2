import AdapterKit

/// What a template, or a card of its carousel, has places for.
struct TemplatePlaces {
    /// The placeholders of a text.
    enum Values: Equatable {
        /// `{{1}}`, `{{2}}` …
        case numbered(Int)
        /// `{{first_name}}` …, in the order of the text.
        case named([String])

        var isEmpty: Bool { self == .numbered(0) || self == .named([]) }
    }

    enum Header: Equatable {
        case none
        case text(Values)
        /// In Meta's words for a parameter: `image`, `video`, `document`, `gif`, `location` or `product`.
        case value(String)
    }

    struct Button: Equatable {
        /// Such as `QUICK_REPLY`.
        var kind: String
        /// Whether its address has a placeholder at its end.
        var isOpen: Bool
    }

    private(set) var header = Header.none
    private(set) var body = Values.numbered(0)
    private(set) var buttons: [Button] = []
    private(set) var cards: [TemplatePlaces]?
    /// Whether it has an offer that ends, whose end is told with each send.
    private(set) var hasOfferEnd = false

    /// - Parameter components: As Meta lists them, and as they are handed in.
    init(_ components: [JSON], isNamed: Bool) {
        for component in components {
            switch component["type"]?.string?.uppercased() {
            case "HEADER": header = Self.header(component, isNamed)
            case "BODY":
                // Meta writes the text of authentication templates itself: it has a place for the code.
                body = component["text"]?.string.map { Self.values($0, isNamed) } ?? .numbered(1)
            case "BUTTONS": buttons = component["buttons"]?.elements.map(Self.button) ?? []
            case "CAROUSEL":
                cards = component["cards"]?.elements.map {
                    TemplatePlaces($0["components"]?.elements ?? [], isNamed: isNamed)
                }
            case "LIMITED_TIME_OFFER":
                hasOfferEnd = component["limited_time_offer"]?["has_expiration"]?.bool ?? false
            default: break
            }
        }
    }

    private static func header(_ component: JSON, _ isNamed: Bool) -> Header {
        let format = component["format"]?.string?.lowercased() ?? "text"
        guard format == "text" else { return .value(format) }
        let values = values(component["text"]?.string ?? "", isNamed)
        return values.isEmpty ? .none : .text(values)
    }

    private static func button(_ button: JSON) -> Button {
        Button(
            kind: button["type"]?.string?.uppercased() ?? "", isOpen: button["url"]?.string?.contains("{{") ?? false)
    }

    private static func values(_ text: String, _ isNamed: Bool) -> Values {
        var names: [String] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            let name = String(rest[open.upperBound..<close.lowerBound].filter { !$0.isWhitespace })
            if !name.isEmpty, !names.contains(name) { names.append(name) }
            rest = rest[close.upperBound...]
        }
        return isNamed ? .named(names) : .numbered(names.count)
    }
}
