import AdapterKit

extension MessageTemplate {
    /// The members of a template that are asked for.
    static let cloudFields =
        "id,name,language,status,category,quality_score,rejected_reason,parameter_format,components"

    /// Nil when the object has no id, name or language.
    init?(cloud template: JSON) {
        guard let id = template["id"]?.identifier, let name = template["name"]?.string,
            let language = template["language"]?.string ?? template["language"]?["code"]?.string
        else { return nil }
        let reason = template["rejected_reason"]?.string
        self.init(
            providerID: id, name: name, language: TemplateUpdate.language(language),
            status: template["status"]?.string.map(Self.status) ?? .unknown,
            category: template["category"]?.string ?? "UNKNOWN",
            quality: template["quality_score"]?["score"]?.string ?? template["quality_score"]?.string,
            reason: reason?.uppercased() == "NONE" ? nil : reason,
            hasNamedParameters: template["parameter_format"]?.string?.uppercased() == "NAMED",
            components: template["components"]?.elements ?? [])
    }

    /// A flagged template can be sent until it is switched off.
    private static func status(_ word: String) -> Status {
        Status(event: word) ?? (word.uppercased() == "FLAGGED" ? .approved : .unknown)
    }
}
