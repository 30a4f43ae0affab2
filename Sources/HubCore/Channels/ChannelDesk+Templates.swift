public import AdapterKit
public import HubStore

extension ChannelDesk {
    /// More pages than this are not asked for: a provider that never ends must not keep the hub busy.
    private static let maximumPages = 200

    private var registry: any TemplateChannel {
        get throws(DeskRefusal) {
            guard let adapter = adapter as? any TemplateChannel else { throw .unsupported(.templates) }
            return adapter
        }
    }

    /// The registry of the channel's account.
    public func templates() async throws -> [StoredTemplate] {
        _ = try registry
        return try await store.templates(account: storeChannel.account)
    }

    /// When the registry was last taken over from the provider.
    public func templatesSyncedAt() async throws -> Timestamp? {
        try await store.templatesSyncedAt(account: storeChannel.account)
    }

    /// Takes the registry over from the provider. Returns how many templates there are.
    @discardableResult
    public func syncTemplates() async throws -> Int {
        let adapter = try registry
        let since = clock.now
        var templates: [MessageTemplate] = []
        var cursor: String?
        for _ in 0..<Self.maximumPages {
            let after = cursor
            let page = try await DeskRefusal.providing { () async throws(ProviderFailure) in
                try await adapter.templates(after: after)
            }
            templates += page.templates
            guard let next = page.next, next != cursor else { break }
            cursor = next
        }
        try await store.replaceTemplates(templates, account: storeChannel.account, since: since, at: clock.now)
        return templates.count
    }

    /// Hands a template in for review: an object of the provider's own form.
    public func createTemplate(_ definition: JSON) async throws -> StoredTemplate {
        let adapter = try registry
        let template = try await DeskRefusal.providing { () async throws(ProviderFailure) in
            try await adapter.create(definition)
        }
        let account = storeChannel.account
        try await store.putTemplate(template, account: account, at: clock.now)
        guard
            let stored = try await store.templates(account: account).first(where: {
                $0.template.name == template.name && $0.template.language == template.language
            })
        else { throw DeskRefusal.unknownTemplate }
        return stored
    }

    /// Changes a template: an object of the provider's own form. What becomes of it comes with the next news or sync.
    public func editTemplate(_ id: String, _ changes: JSON) async throws {
        let adapter = try registry
        let stored = try await template(id)
        try await DeskRefusal.providing { () async throws(ProviderFailure) in
            try await adapter.edit(stored.template, changes)
        }
    }

    /// Deletes one language of a template, at the provider and here.
    public func deleteTemplate(_ id: String) async throws {
        let adapter = try registry
        let stored = try await template(id)
        try await DeskRefusal.providing { () async throws(ProviderFailure) in
            try await adapter.delete(stored.template)
        }
        try await store.removeTemplate(id: id)
    }

    /// One template of the registry.
    /// - Throws: ``DeskRefusal/unknownTemplate``.
    public func template(_ id: String) async throws -> StoredTemplate {
        guard let stored = try await store.template(id: id, account: storeChannel.account) else {
            throw DeskRefusal.unknownTemplate
        }
        return stored
    }
}
