/// A message template that the sandbox's business accounts own.
struct MessageTemplate: Hashable, Sendable {
    let id: String
    let name: String
    let language: String
    let category: String
    let status: String
    /// The text with `{{1}}`, `{{2}}`, … for its parameters.
    let body: String
    /// A value for each parameter, as accounts must give when they create a template.
    let examples: [String]

    /// The templates that exist in every account. `order_update_paused` exists to be refused.
    static let registry: [MessageTemplate] = [
        MessageTemplate(
            id: "594425479261596", name: "hello_world", language: "en_US", category: "UTILITY", status: "APPROVED",
            body: "Welcome and congratulations!! This message demonstrates your ability to send a message template.",
            examples: []),
        MessageTemplate(
            id: "1689556908129832", name: "order_confirmation", language: "en_US", category: "UTILITY",
            status: "APPROVED",
            body: "Hi {{1}}, your order {{2}} is confirmed and will arrive on {{3}}.",
            examples: ["Pablo", "860198", "Tuesday"]),
        MessageTemplate(
            id: "1689556908129833", name: "order_confirmation", language: "de", category: "UTILITY", status: "APPROVED",
            body: "Hallo {{1}}, deine Bestellung {{2}} ist bestätigt und kommt am {{3}}.",
            examples: ["Pablo", "860198", "Dienstag"]),
        MessageTemplate(
            id: "1689556908129834", name: "spring_offer", language: "en_US", category: "MARKETING", status: "APPROVED",
            body: "Hi {{1}}, spring is here: 20 % off until Sunday.", examples: ["Pablo"]),
        MessageTemplate(
            id: "1689556908129835", name: "order_update_paused", language: "en_US", category: "UTILITY",
            status: "PAUSED",
            body: "Your order {{1}} is on its way.", examples: ["860198"]),
    ]

    /// The template as the management API lists it.
    var json: JSON {
        let example: JSON? = examples.isEmpty ? nil : ["body_text": [.array(examples.map { JSON($0) })]]
        return [
            "name": JSON(name), "parameter_format": "POSITIONAL",
            "components": [["type": "BODY", "text": JSON(body), "example": example]],
            "language": JSON(language), "status": JSON(status), "category": JSON(category), "id": JSON(id),
        ]
    }

    /// The template a `template` object asks for.
    /// - Throws: 132001 for an unknown name or language, 132000 for a wrong number of parameters, 132015 when paused.
    static func resolve(_ request: JSON) throws(GraphError) -> MessageTemplate {
        guard let name = request["name"]?.text, !name.isEmpty else { throw .missing("template['name']") }
        guard let language = request["language"]?["code"]?.text else { throw .missing("template['language']['code']") }
        let wanted = language.replacing("-", with: "_")
        guard let template = registry.first(where: { $0.name == name && $0.language == wanted }) else {
            var error = GraphError.catalogued(132001)
            error.details = "template name (\(name.prefix(64))) does not exist in \(language.prefix(16))"
            throw error
        }
        if template.status == "PAUSED" { throw .catalogued(132015) }
        let given = bodyParameters(of: request).count
        guard given == template.examples.count else {
            var error = GraphError.catalogued(132000)
            error.details =
                "body: number of localizable_params (\(given)) does not match the expected number of params "
                + "(\(template.examples.count))"
            throw error
        }
        return template
    }

    /// The text with the parameters of a send put in.
    func rendered(_ request: JSON) -> String {
        var text = body
        for (index, parameter) in Self.bodyParameters(of: request).enumerated() {
            let value =
                parameter["text"]?.text ?? parameter["currency"]?["fallback_value"]?.text
                ?? parameter["date_time"]?["fallback_value"]?.text ?? ""
            text = text.replacing("{{\(index + 1)}}", with: value)
        }
        return text
    }

    private static func bodyParameters(of request: JSON) -> [JSON] {
        let body = request["components"]?.elements?.first { $0["type"]?.text?.lowercased() == "body" }
        return body?["parameters"]?.elements ?? []
    }
}
