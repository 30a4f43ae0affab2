import AdapterKit
import Foundation

extension WriteContext {
    /// Notes media that a message named, to be fetched by the channel's worker.
    /// - Parameters:
    ///   - contact: Whose key seals it: erasing the person erases the media.
    ///   - message: May be written later in the same transaction.
    ///   - isSilent: Says nothing in the log, as for a message that was imported.
    func addMedia(
        _ reference: MediaReference, kind: MessageContent.Media.Kind, contact: Int64?, message: Int64?, channel: String,
        isSilent: Bool = false, now: Timestamp
    ) throws -> (number: Int64, publicID: String) {
        let id = nextNumber(now)
        try connection.run(
            Queries.insert,
            [
                .integer(id), .integer(contact), .integer(message), .text(channel), .text(kind.rawValue),
                .integer(isSilent ? 1 : 0), .text(reference.mimeType.flatMap(MediaType.normalized)),
                .bytes(try reference.filename.map { try seal($0, .mediaFilename, row: id, contact: contact) }),
                .bytes(try seal(Array(JSONEncoder().encode(reference)), .mediaReference, row: id, contact: contact)),
                .integer(now.milliseconds), .integer(reference.expiresAt.milliseconds),
            ])
        noteMedia(channel)
        return (id, ids.text(.media, id))
    }

    func addUpload(
        _ id: Int64, _ finished: FinishedMedia, kind: MessageContent.Media.Kind, mimeType: String, filename: String?,
        expiresAt: Timestamp?, now: Timestamp
    ) throws {
        try connection.run(
            Queries.insertUpload,
            [
                .integer(id), .text(kind.rawValue), .text(MediaType.normalized(mimeType)),
                .integer(Int64(finished.size)),
                .bytes(try filename.map { try seal($0, .mediaFilename, row: id, contact: nil) }),
                .bytes(try seal(finished.sha256, .mediaDigest, row: id, contact: nil)),
                .integer(now.milliseconds), .integer(expiresAt?.milliseconds),
            ])
    }

    /// Says whether the media were still waited for.
    func storeMedia(
        _ id: Int64, _ finished: FinishedMedia, mimeType: String?, contact: Int64?, now: Timestamp
    ) throws -> Bool {
        let changed = try connection.run(
            Queries.store,
            [
                .text(mimeType.flatMap(MediaType.normalized)), .integer(Int64(finished.size)),
                .bytes(try seal(finished.sha256, .mediaDigest, row: id, contact: contact)), .integer(id),
            ])
        if changed > 0 { try tellMedia(id, now: now) }
        return changed > 0
    }

    func postponeMedia(
        _ id: Int64, until time: Timestamp, _ reason: FailureReason, counts: Bool, contact: Int64?
    ) throws {
        try connection.run(
            Queries.postpone,
            [
                .integer(time.milliseconds), .integer(counts ? 1 : 0), .text(reason.code), .text(reason.title),
                .bytes(try sealedDetail(reason, id, contact)), .integer(id),
            ])
    }

    func failMedia(_ id: Int64, _ reason: FailureReason, contact: Int64?, now: Timestamp) throws {
        let changed = try connection.run(
            Queries.fail,
            [.text(reason.code), .text(reason.title), .bytes(try sealedDetail(reason, id, contact)), .integer(id)])
        if changed > 0 { try tellMedia(id, now: now) }
    }

    private func sealedDetail(_ reason: FailureReason, _ id: Int64, _ contact: Int64?) throws -> [UInt8]? {
        try reason.detail.map { try seal($0, .mediaFailureDetail, row: id, contact: contact) }
    }

    /// Appends `media.updated` to the log.
    private func tellMedia(_ id: Int64, now: Timestamp) throws {
        let place = try connection.first(Queries.place, [.integer(id)]) { row in
            (contact: row.optionalInteger(0), isSilent: row.integer(1) != 0, conversation: row.optionalInteger(2))
        }
        guard let place, !place.isSilent, let record = try read.media(id) else { return }
        try append(
            NewEvent(
                type: .mediaUpdated, channel: record.channel, conversation: place.conversation, contact: place.contact,
                data: .object([
                    "channel": record.channel.map { .string($0) } ?? .null,
                    "conversation_id": place.conversation.map { .string(ids.text(.conversation, $0)) } ?? .null,
                    "contact_id": record.contactID.map { .string($0) } ?? .null,
                    "message_id": record.messageID.map { .string($0) } ?? .null,
                    "media": record.json,
                ]), occurredAt: now))
    }

    private enum Queries {
        static let insert: SQL = """
            INSERT INTO media (
                id, contact_id, message_id, channel, kind, direction, state, is_silent, mime_type, filename, reference,
                attempts, available_at, expires_at, created_at)
            VALUES ($1, $2, $3, $4, $5, 'inbound', 'pending', $6, $7, $8, $9, 0, $10, $11, $10)
            """
        static let insertUpload: SQL = """
            INSERT INTO media (
                id, kind, direction, state, is_silent, mime_type, size, filename, digest, attempts, available_at,
                expires_at, created_at)
            VALUES ($1, $2, 'upload', 'stored', 0, $3, $4, $5, $6, 0, $7, $8, $7)
            """
        static let store: SQL = """
            UPDATE media SET state = 'stored', mime_type = COALESCE($1, mime_type), size = $2, digest = $3,
                leased_at = NULL, failure_code = NULL, failure_title = NULL, failure_detail = NULL
            WHERE id = $4 AND state = 'pending'
            """
        static let postpone: SQL = """
            UPDATE media SET available_at = $1, attempts = attempts + $2, leased_at = NULL, failure_code = $3,
                failure_title = $4, failure_detail = $5
            WHERE id = $6 AND state = 'pending'
            """
        static let fail: SQL = """
            UPDATE media SET state = 'failed', leased_at = NULL, failure_code = $1, failure_title = $2,
                failure_detail = $3
            WHERE id = $4 AND state = 'pending'
            """
        static let place: SQL = """
            SELECT media.contact_id, media.is_silent, messages.conversation_id
            FROM media LEFT JOIN messages ON messages.id = media.message_id WHERE media.id = $1
            """
    }
}
