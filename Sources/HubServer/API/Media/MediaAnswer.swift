import AdapterKit
import HTTPTypes
import HubStore
import Hummingbird
import NIOCore

/// How media are shown: somebody else's bytes, which must never run in anybody's browser as a page of the hub.
enum MediaAnswer {
    /// What a browser may show. Everything else is only saved, and told as nothing but bytes.
    static let inlineTypes: Set<String> = [
        "image/jpeg", "image/png", "image/webp", "image/gif", "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4",
        "audio/ogg", "video/mp4", "video/3gpp",
    ]
    /// In seconds: how long to wait for media that are being fetched.
    static let pendingPause = 5

    /// The fields of an answer with all of it.
    static func fields(_ record: MediaRecord) -> HTTPFields {
        let type = record.mimeType ?? UploadType.generic
        let isInline = inlineTypes.contains(UploadType.essence(type))
        return [
            .contentType: isInline ? type : UploadType.generic,
            .contentDisposition: ContentDisposition.field(
                isInline: isInline,
                filename: record.filename ?? "\(record.id)\(fileExtension(UploadType.essence(type)))"),
            .contentSecurityPolicy: "sandbox; default-src 'none'",
            .acceptRanges: "bytes", .eTag: entityTag(record), .contentLength: String(record.size ?? 0),
        ]
    }

    /// The bytes under an id never change.
    static func entityTag(_ record: MediaRecord) -> String { "\"\(record.id)\"" }

    static func body(_ reader: MediaReader) -> ResponseBody {
        ResponseBody(contentLength: reader.count) { writer in
            for try await piece in reader { try await writer.write(ByteBuffer(bytes: piece)) }
            try await writer.finish(nil)
        }
    }

    /// Why there is nothing to show; nil for media that are stored.
    static func problem(_ record: MediaRecord) -> Problem? {
        switch record.state {
        case .stored: nil
        case .pending:
            Problem(
                status: .conflict, code: "media_pending", detail: "The media are being fetched. Come back shortly.",
                retryAfter: pendingPause)
        case .failed:
            Problem(
                status: .conflict, code: "media_failed",
                detail: "The media could not be fetched: \(record.failure?.title ?? "no reason is known").",
                members: [.init("reason", record.failure?.json ?? .null)])
        }
    }

    private static func fileExtension(_ type: String) -> String {
        [
            "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif", "audio/aac": ".aac",
            "audio/amr": ".amr", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg", "video/mp4": ".mp4",
            "video/3gpp": ".3gp", "application/pdf": ".pdf", "text/plain": ".txt",
        ][type] ?? ""
    }
}
