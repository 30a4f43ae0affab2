/// What a template is made of, as far as a send must fit it.
struct TemplateShape: Hashable, Sendable {
    enum Header: Hashable, Sendable {
        case text(TemplateText)
        case media(MediaKind)
        case location
        case product
    }

    struct Button: Hashable, Sendable {
        /// In upper case, e.g. `QUICK_REPLY`.
        let type: String
        let title: String
        /// Of a URL button.
        let url: TemplateText?
        /// Of a one-time-code button: `COPY_CODE`, `ONE_TAP`, `ZERO_TAP`.
        let codeType: String?

        /// What `sub_type` of a send must be.
        var subType: String { type == "OTP" ? "URL" : type }

        /// Whether a send must give a value for it.
        var needsParameter: Bool {
            switch type {
            case "URL": url?.variables.isEmpty == false
            case "COPY_CODE", "OTP", "MPM", "ORDER_DETAILS": true
            default: false
            }
        }
    }

    private(set) var header: Header?
    private(set) var body: TemplateText?
    private(set) var footer: String?
    private(set) var buttons: [Button] = []
    private(set) var cards: [TemplateShape] = []
    /// Whether it has an offer that ends at a time given with the send.
    private(set) var hasExpiration = false

    init(_ components: [JSON]) {
        for component in components {
            switch component["type"]?.text?.uppercased() {
            case "HEADER": header = Self.header(component)
            case "BODY": body = Self.body(component)
            case "FOOTER": footer = component["text"]?.text ?? Self.expiry(component)
            case "BUTTONS": buttons = (component["buttons"]?.elements ?? []).map(Self.button)
            case "CAROUSEL":
                cards = (component["cards"]?.elements ?? []).map { TemplateShape($0["components"]?.elements ?? []) }
            case "LIMITED_TIME_OFFER":
                hasExpiration = component["limited_time_offer"]?["has_expiration"]?.flag == true
            default: break
            }
        }
    }

    /// Whether a code can only be received by a known phone number.
    var needsPhoneNumber: Bool { buttons.contains { $0.type == "OTP" } }

    private static func header(_ component: JSON) -> Header? {
        switch component["format"]?.text?.uppercased() ?? "TEXT" {
        case "TEXT": .text(TemplateText(component["text"]?.text ?? ""))
        case "IMAGE": .media(.image)
        case "VIDEO", "GIF": .media(.video)
        case "DOCUMENT": .media(.document)
        case "LOCATION": .location
        case "PRODUCT": .product
        default: nil
        }
    }

    /// Meta writes the text of authentication templates itself.
    private static func body(_ component: JSON) -> TemplateText {
        if let text = component["text"]?.text { return TemplateText(text) }
        let advice = component["add_security_recommendation"]?.flag == true
        return TemplateText(
            "*{{1}}* is your verification code." + (advice ? " For your security, do not share this code." : ""))
    }

    private static func expiry(_ component: JSON) -> String? {
        component["code_expiration_minutes"]?.integer.map { "This code expires in \($0) minutes." }
    }

    private static func button(_ json: JSON) -> Button {
        let type = json["type"]?.text?.uppercased() ?? ""
        return Button(
            type: type, title: json["text"]?.text ?? (type == "COPY_CODE" || type == "OTP" ? "Copy code" : ""),
            url: json["url"]?.text.map { TemplateText($0) }, codeType: json["otp_type"]?.text?.uppercased())
    }
}

/// A text with `{{…}}` where values go.
struct TemplateText: Hashable, Sendable {
    let text: String
    /// The names of the variables, each once, in the order of their first place.
    let variables: [String]

    init(_ text: String) {
        self.text = text
        var names: [String] = []
        for match in text.matches(of: /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/) where !names.contains(String(match.1)) {
            names.append(String(match.1))
        }
        // `{{2}} … {{1}}` takes its values by number, not by place.
        variables = names.allSatisfy { Int($0) != nil } ? names.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) } : names
    }

    /// The text with values put in; what has none stays as it is.
    func filled(_ values: [String: String]) -> String {
        text.replacing(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/) { values[String($0.1)] ?? String($0.0) }
    }
}
