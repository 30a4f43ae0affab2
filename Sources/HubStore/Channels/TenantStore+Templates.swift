public import AdapterKit

/// A template as the registry knows it.
public struct StoredTemplate: Sendable {
    /// The hub's id, `tpl_…`.
    public var id: String
    public var template: MessageTemplate
    /// Whether its components are known, not only news of it.
    public var isWhole: Bool
    public var updatedAt: Timestamp

    public var json: JSON {
        .object([
            "id": .string(id), "provider_id": .string(template.providerID), "name": .string(template.name),
            "language": .string(template.language), "status": .string(template.status.rawValue),
            "category": .string(template.category), "quality": template.quality.map { .string($0) } ?? .null,
            "reason": template.reason.map { .string($0) } ?? .null,
            "parameter_format": template.hasNamedParameters ? "named" : "positional",
            "components": .array(template.components), "updated_at": .string(updatedAt.description),
        ])
    }
}

extension TenantStore {
    /// Takes over all templates of an account: those that are not among them are gone.
    /// - Parameter since: when the provider was first asked for them; what the registry learned later is kept.
    public func replaceTemplates(
        _ templates: [MessageTemplate], account: String, since: Timestamp, at now: Timestamp
    ) async throws {
        try await write(weight: 1 + templates.count) { context in
            let names = Set(templates.map { [$0.name, $0.language] })
            for known in try context.read.templates(account: account)
            where known.updatedAt <= since && !names.contains([known.template.name, known.template.language]) {
                guard let id = context.ids.number(.template, known.id) else { continue }
                try context.connection.run(Queries.delete, [.integer(id)])
            }
            for template in templates { try context.put(template, account: account, now: now) }
            try context.connection.run(Queries.synced, [.text(account), .integer(now.milliseconds)])
        }
    }

    /// Puts one template into the registry, as the provider just described it.
    public func putTemplate(_ template: MessageTemplate, account: String, at now: Timestamp) async throws {
        try await write { try $0.put(template, account: account, now: now) }
    }

    public func removeTemplate(id text: String) async throws {
        try await write { context in
            guard let id = context.ids.number(.template, text) else { return }
            try context.connection.run(Queries.delete, [.integer(id)])
        }
    }

    /// All templates of an account, by name and language.
    public func templates(account: String) async throws -> [StoredTemplate] {
        try await read { try $0.templates(account: account) }
    }

    /// One template of an account; nil when it has none of that id.
    public func template(id: String, account: String) async throws -> StoredTemplate? {
        try await read { try $0.templates(account: account).first { $0.id == id } }
    }

    /// When the registry was last taken over whole.
    public func templatesSyncedAt(account: String) async throws -> Timestamp? {
        try await read { try $0.templatesSyncedAt(account: account) }
    }

    private enum Queries {
        static let delete: SQL = "DELETE FROM templates WHERE id = $1"
        static let synced: SQL = """
            INSERT INTO template_syncs (account, synced_at) VALUES ($1, $2)
            ON CONFLICT (account) DO UPDATE SET synced_at = excluded.synced_at
            """
    }
}
