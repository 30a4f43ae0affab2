import Mustache

/// The templates of the pages, read once.
enum PageTemplates {
    /// Every template of the folder, by its name.
    static let sources: [String: [UInt8]] = [
        "layout": PackageResources.layout_mustache,
        "account": PackageResources.account_mustache,
        "audit": PackageResources.audit_mustache,
        "deletion": PackageResources.deletion_mustache,
        "error": PackageResources.error_mustache,
        "invitation": PackageResources.invitation_mustache,
        "keys": PackageResources.keys_mustache,
        "people": PackageResources.people_mustache,
        "person": PackageResources.person_mustache,
        "pager": PackageResources.pager_mustache,
        "proof": PackageResources.proof_mustache,
        "provider": PackageResources.provider_mustache,
        "services": PackageResources.services_mustache,
        "sessions": PackageResources.sessions_mustache,
        "sign-in": PackageResources.sign_in_mustache,
    ]

    /// All of them; a test renders each.
    private static let library: MustacheLibrary = {
        MustacheContentTypes.register(MarkupText(), named: MarkupText.name)
        var library = MustacheLibrary()
        for (name, source) in sources {
            // No template can forget how its text is escaped.
            let text = "{{% CONTENT_TYPE: \(MarkupText.name)}}" + String(decoding: source, as: UTF8.self)
            guard let template = try? MustacheTemplate(string: text) else { continue }
            library.register(template, named: name)
        }
        return library
    }()

    static let names = Set(sources.keys.filter { library.getTemplate(named: $0) != nil })

    /// A page inside the frame that all pages share.
    static func page(_ content: PageContent, with name: String) -> String {
        var content = content
        content.set("main", .text(library.render(content.values, withTemplate: name)))
        return library.render(content.values, withTemplate: "layout") ?? ""
    }
}
