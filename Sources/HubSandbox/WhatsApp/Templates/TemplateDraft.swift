/// A template that is to be created.
struct TemplateDraft: Hashable, Sendable {
    let name: String
    let language: String
    var category: String
    var format = MessageTemplate.ParameterFormat.positional
    var components: [JSON]
    /// Seconds.
    var lifetime: Int?
    var status = TemplateStatus.pending

    func template(id: String, sequence: Int) -> MessageTemplate {
        MessageTemplate(
            id: id, name: name, language: language, category: category, status: status, format: format,
            components: components, sequence: sequence, lifetime: lifetime)
    }
}

extension TemplateDraft {
    static let categories = ["AUTHENTICATION", "MARKETING", "UTILITY"]

    /// Reads the body of a creation and checks it as Meta does.
    /// - Throws: code 100, with a subcode of Meta's list for what is wrong with the text.
    init(_ json: JSON) throws(GraphError) {
        guard let name = json["name"]?.text, !name.isEmpty else { throw .missing("name") }
        guard name.wholeMatch(of: /[a-z0-9_]{1,512}/) != nil else {
            throw .invalid("Param name must be at most 512 lowercase letters, digits and underscores.")
        }
        guard let language = json["language"]?.text else { throw .missing("language") }
        guard language.wholeMatch(of: /[a-z]{2,3}(_[A-Z]{2,4})?/) != nil else {
            throw .invalid("Param language must be a supported language, e.g. en_US - got \"\(language.prefix(32))\".")
        }
        guard let category = json["category"]?.text?.uppercased() else { throw .missing("category") }
        guard Self.categories.contains(category) else {
            throw .invalid("Param category must be one of {\(Self.categories.joined(separator: ", "))}.")
        }
        guard let components = json["components"]?.elements else { throw .missing("components") }
        format = try Self.format(json["parameter_format"]) ?? .positional
        try TemplateRules.check(components, category: category, format: format)
        (self.name, self.language, self.category, self.components) = (name, language, category, components)
        lifetime = json["message_send_ttl_seconds"]?.integer
    }

    static func format(_ json: JSON?) throws(GraphError) -> MessageTemplate.ParameterFormat? {
        guard let text = json?.text else { return nil }
        guard let format = MessageTemplate.ParameterFormat(rawValue: text.uppercased()) else {
            throw .invalid("Param parameter_format must be one of {NAMED, POSITIONAL}.")
        }
        return format
    }
}
