import AdapterKit

extension ReadContext {
    func media(_ id: Int64) throws -> MediaRecord? {
        try connection.first(Queries.media, [.integer(id)], mediaRecord)
    }

    /// The provider's id of media that the channel was handed, while it holds. Nil also for what is no id of media.
    func providerMedia(_ text: String, channel: String, at now: Timestamp) throws -> String? {
        guard let id = ids.number(.media, text) else { return nil }
        let row = try connection.first(
            Queries.upload, [.integer(id), .text(channel), .integer(now.milliseconds)]
        ) { (row: $0.integer(0), sealed: $0.bytes(1), contact: $0.optionalInteger(2)) }
        return try row.flatMap { try openText($0.sealed, .mediaUploadID, row: $0.row, contact: $0.contact) }
    }

    private func mediaRecord(_ row: any SQLRow) throws -> MediaRecord {
        let id = row.integer(0)
        let contact = row.optionalInteger(1)
        guard let kind = MessageContent.Media.Kind(rawValue: row.text(4)),
            let direction = MediaRecord.Direction(rawValue: row.text(5)),
            let state = MediaRecord.State(rawValue: row.text(6))
        else { throw StoreError(.failed, "media have an unknown kind, direction or state") }
        let detail = try openText(row.optionalBytes(13), .mediaFailureDetail, row: id, contact: contact)
        return MediaRecord(
            id: ids.text(.media, id), kind: kind, direction: direction, state: state, mimeType: row.optionalText(7),
            size: row.optionalInteger(8).map { Int($0) },
            sha256: try row.optionalBytes(10).map { try open($0, .mediaDigest, row: id, contact: contact) },
            filename: try openText(row.optionalBytes(9), .mediaFilename, row: id, contact: contact),
            channel: row.optionalText(3), messageID: row.optionalInteger(2).map { ids.text(.message, $0) },
            contactID: contact.map { ids.text(.contact, $0) },
            failure: row.optionalText(11).map {
                FailureReason(code: $0, title: row.optionalText(12) ?? "", detail: detail)
            },
            expiresAt: row.optionalInteger(14).map { Timestamp(milliseconds: $0) },
            createdAt: Timestamp(milliseconds: row.integer(15)))
    }

    private enum Queries {
        static let media: SQL = """
            SELECT id, contact_id, message_id, channel, kind, direction, state, mime_type, size, filename, digest,
                failure_code, failure_title, failure_detail, expires_at, created_at
            FROM media WHERE id = $1
            """
        static let upload: SQL = """
            SELECT media_uploads.id, media_uploads.provider_id, media.contact_id
            FROM media_uploads JOIN media ON media.id = media_uploads.media_id
            WHERE media_uploads.media_id = $1 AND media_uploads.channel = $2 AND media_uploads.expires_at > $3
            """
    }
}
