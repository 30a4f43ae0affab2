import AdapterKit

extension WriteContext {
    /// Stores news of a template unless they are there already. News that are older than what is known only are told.
    func ingest(_ update: TemplateUpdate, channel: StoreChannel, now: Timestamp) throws -> Bool {
        guard try isNews(channel.name, "template", update.raw.text, update.occurredAt) else { return false }
        if update.status == .deleted {
            try connection.run(
                Queries.delete,
                [
                    .text(channel.account), .text(update.name), .text(update.language),
                    .integer(update.occurredAt.milliseconds),
                ])
        } else {
            try connection.run(
                Queries.update,
                [
                    .integer(nextNumber(now)), .text(channel.account), .text(update.name), .text(update.language),
                    .text(update.providerID ?? ""), .text((update.status ?? .unknown).rawValue),
                    .text(update.category ?? ""), .text(update.quality), .text(update.reason),
                    .integer(update.occurredAt.milliseconds), .integer(update.status == nil ? 0 : 1),
                ])
        }
        try append(
            NewEvent(
                type: .templateUpdated, channel: channel.name,
                data: .object([
                    "channel": .string(channel.name), "name": .string(update.name),
                    "language": .string(update.language), "provider_id": .text(update.providerID),
                    "status": .text(update.status?.rawValue), "reason": .text(update.reason),
                    "category": .text(update.category), "quality": .text(update.quality), "notice": update.raw,
                ]), occurredAt: update.occurredAt))
        return true
    }

    /// Puts a template into the registry as the provider just described it.
    func put(_ template: MessageTemplate, account: String, now: Timestamp) throws {
        let row =
            try connection.first(
                Queries.row, [.text(account), .text(template.name), .text(template.language)]
            ) { $0.integer(0) } ?? nextNumber(now)
        try connection.run(
            Queries.put,
            [
                .integer(row), .text(account), .text(template.name), .text(template.language),
                .text(template.providerID), .text(template.status.rawValue), .text(template.category),
                .text(template.quality), .text(template.reason), .integer(template.hasNamedParameters ? 1 : 0),
                .bytes(
                    try seal(JSON.array(template.components).encoded, .templateComponents, row: row, contact: nil)),
                // News come with whole seconds: one of this very second is later than what was read.
                .integer(now.milliseconds / 1000 * 1000),
            ])
    }

    private enum Queries {
        static let row: SQL = "SELECT id FROM templates WHERE account = $1 AND name = $2 AND language = $3"
        static let delete: SQL = """
            DELETE FROM templates WHERE account = $1 AND name = $2 AND language = $3 AND updated_at <= $4
            """
        static let update: SQL = """
            INSERT INTO templates (
                id, account, name, language, provider_id, status, category, quality, reason, has_named_parameters,
                updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)
            ON CONFLICT (account, name, language) DO UPDATE SET
                provider_id = CASE WHEN excluded.provider_id = '' THEN templates.provider_id
                    ELSE excluded.provider_id END,
                status = CASE WHEN $11 = 0 THEN templates.status ELSE excluded.status END,
                category = CASE WHEN excluded.category = '' THEN templates.category ELSE excluded.category END,
                quality = COALESCE(excluded.quality, templates.quality),
                reason = CASE WHEN $11 = 0 THEN templates.reason ELSE excluded.reason END,
                updated_at = excluded.updated_at
            WHERE excluded.updated_at >= templates.updated_at
            """
        static let put: SQL = """
            INSERT INTO templates (
                id, account, name, language, provider_id, status, category, quality, reason, has_named_parameters,
                components, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (account, name, language) DO UPDATE SET
                provider_id = excluded.provider_id, status = excluded.status, category = excluded.category,
                quality = excluded.quality, reason = excluded.reason,
                has_named_parameters = excluded.has_named_parameters, components = excluded.components,
                updated_at = excluded.updated_at
            """
    }
}

extension ReadContext {
    func templates(account: String, name: String? = nil) throws -> [StoredTemplate] {
        try connection.rows(name == nil ? Queries.all : Queries.named, [.text(account), .text(name ?? "")]) { row in
            let id = row.integer(0)
            let components = try openJSON(row.optionalBytes(9), .templateComponents, row: id, contact: nil)
            return StoredTemplate(
                id: ids.text(.template, id),
                template: MessageTemplate(
                    providerID: row.text(3), name: row.text(1), language: row.text(2),
                    status: MessageTemplate.Status(rawValue: row.text(4)) ?? .unknown, category: row.text(5),
                    quality: row.optionalText(6), reason: row.optionalText(7), hasNamedParameters: row.integer(8) != 0,
                    components: components?.elements ?? []),
                isWhole: components != nil, updatedAt: Timestamp(milliseconds: row.integer(10)))
        }
    }

    func templatesSyncedAt(account: String) throws -> Timestamp? {
        try connection.first(Queries.synced, [.text(account)]) { Timestamp(milliseconds: $0.integer(0)) }
    }

    private enum Queries {
        static let all: SQL = """
            SELECT id, name, language, provider_id, status, category, quality, reason, has_named_parameters, components,
                updated_at
            FROM templates WHERE account = $1 AND $2 = '' ORDER BY name, language
            """
        static let named: SQL = """
            SELECT id, name, language, provider_id, status, category, quality, reason, has_named_parameters, components,
                updated_at
            FROM templates WHERE account = $1 AND name = $2 ORDER BY language
            """
        static let synced: SQL = "SELECT synced_at FROM template_syncs WHERE account = $1"
    }
}
