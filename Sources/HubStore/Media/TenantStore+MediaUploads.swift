public import AdapterKit

extension TenantStore {
    /// The provider's id of media that the channel was handed, while it holds; nil when they have to be handed over
    /// (again), also for what is no id of the tenant's media.
    public func providerMedia(_ id: String, channel: String, at now: Timestamp) async throws -> String? {
        try await read { try $0.providerMedia(id, channel: channel, at: now) }
    }

    /// Remembers the provider's id, in place of an earlier one. Does nothing for what is no id of the tenant's media.
    public func keepProviderMedia(
        _ id: String, channel: String, providerID: String, expiresAt: Timestamp
    ) async throws {
        try await write { context in
            guard let media = context.ids.number(.media, id),
                let record = try context.read.media(media)
            else { return }
            let contact = record.contactID.flatMap { context.ids.number(.contact, $0) }
            // The number has to be new, and says nothing of the time.
            let row = context.nextNumber(Timestamp(milliseconds: 0))
            try context.connection.run(
                Queries.keep,
                [
                    .integer(row), .integer(media), .text(channel),
                    .bytes(try context.seal(providerID, .mediaUploadID, row: row, contact: contact)),
                    .integer(expiresAt.milliseconds),
                ])
            // Messages that name them may be sent now.
            context.noteOutbox(channel)
        }
    }

    /// Forgets an id that the provider does not know any more.
    public func forgetProviderMedia(_ id: String, channel: String) async throws {
        try await write { context in
            guard let media = context.ids.number(.media, id) else { return }
            try context.connection.run(Queries.forget, [.integer(media), .text(channel)])
        }
    }

    private enum Queries {
        static let keep: SQL = """
            INSERT INTO media_uploads (id, media_id, channel, provider_id, expires_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (media_id, channel) DO UPDATE
            SET id = excluded.id, provider_id = excluded.provider_id, expires_at = excluded.expires_at
            """
        static let forget: SQL = "DELETE FROM media_uploads WHERE media_id = $1 AND channel = $2"
    }
}
