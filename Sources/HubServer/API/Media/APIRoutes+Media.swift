import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

extension APIRoutes {
    func addMedia(to routes: inout RouteCollector) {
        on(.post, "/api/v1/media", .messagesSend, &routes) { request, _, caller in
            try await upload(request, caller.tenant)
        }
        on(.get, "/api/v1/media/{id}", .messagesRead, &routes) { request, context, caller in
            try await show(request, context, caller.tenant)
        }
        on(.head, "/api/v1/media/{id}", .messagesRead, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let record = try await media(context, caller.tenant)
            if let problem = MediaAnswer.problem(record) { throw problem }
            return Response(status: .ok, headers: MediaAnswer.fields(record))
        }
        on(.get, "/api/v1/media/{id}/metadata", .messagesRead, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            return .json(try await media(context, caller.tenant).json)
        }
        on(.post, "/api/v1/media/{id}/retry", .messagesSend, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let record = try await media(context, caller.tenant)
            guard try await caller.tenant.retry(media: record.id) else {
                throw Problem(
                    status: .conflict, code: "media_not_retriable",
                    detail: "Only media that could not be fetched, and that the provider still has, are fetched again.")
            }
            return .json(.object(["id": .string(record.id), "state": "pending"]), status: .accepted)
        }
    }

    private func media(_ context: EdgeContext, _ tenant: Tenant) async throws -> MediaRecord {
        guard let media = try await tenant.store.media(id: try context.parameters.require("id")) else {
            throw Problem.notFound
        }
        return media
    }

    // MARK: In

    /// Takes a file piece by piece: it is never in memory whole, and sealed before it is on disk.
    private func upload(_ request: Request, _ tenant: Tenant) async throws -> Response {
        let upload = try UploadRequest(request, tenant: tenant)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > upload.limit {
            throw Problem.tooLarge(upload)
        }
        let writer = try await tenant.store.uploadWriter(limit: upload.limit, at: hub.clock.now)
        do {
            let type = try await receive(request.body, upload, writer)
            let finished = try await writer.finish()
            let record = try await tenant.store.addUpload(
                finished, kind: upload.kind, mimeType: type, filename: upload.filename, at: hub.clock.now)
            var response = Response.json(record.json, status: .created)
            response.headers[.location] = "/api/v1/media/\(record.id)"
            return response
        } catch {
            await writer.abort()
            throw error is MediaTooLarge ? Problem.tooLarge(upload) : error
        }
    }

    /// - Returns: the type of what came. It is looked at before the first byte is written.
    private func receive(
        _ body: RequestBody, _ upload: UploadRequest, _ writer: MediaWriter
    ) async throws -> String {
        var head: [UInt8] = []
        var type: String?
        for try await buffer in body {
            if type != nil {
                try await writer.write(Array(buffer.readableBytesView))
                continue
            }
            head += buffer.readableBytesView
            guard head.count >= FileSignature.lookedAt else { continue }
            type = try upload.type(head)
            try await writer.write(head)
        }
        if let type { return type }
        guard !head.isEmpty else {
            throw Problem.invalid([RequestProblem(pointer: "", code: "missing", detail: "The body has no bytes")])
        }
        let whole = try upload.type(head)
        try await writer.write(head)
        return whole
    }

    // MARK: Out

    private func show(_ request: Request, _ context: EdgeContext, _ tenant: Tenant) async throws -> Response {
        try request.refuseParameters(except: [])
        let record = try await media(context, tenant)
        if let problem = MediaAnswer.problem(record) { throw problem }
        let size = record.size ?? 0
        switch ByteRange(request.range(of: record), size: size) {
        case .unsatisfiable:
            throw Problem(
                status: .rangeNotSatisfiable, code: "range_not_satisfiable",
                detail: "The range begins behind the end: there are \(size) bytes.",
                fields: [HTTPField(name: .contentRange, value: "bytes */\(size)")])
        case .whole:
            let reader = try await open(record, nil, tenant)
            return Response(status: .ok, headers: MediaAnswer.fields(record), body: MediaAnswer.body(reader))
        case .part(let range):
            let reader = try await open(record, range, tenant)
            var fields = MediaAnswer.fields(record)
            fields[.contentLength] = String(range.count)
            fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            return Response(status: .partialContent, headers: fields, body: MediaAnswer.body(reader))
        }
    }

    private func open(_ record: MediaRecord, _ range: Range<Int>?, _ tenant: Tenant) async throws -> MediaReader {
        guard let reader = try await tenant.store.openMedia(id: record.id, range: range) else { throw Problem.notFound }
        return reader
    }
}

extension Request {
    /// The range that is asked for, unless it is one of an older state of the media (RFC 9110, 13.1.5).
    fileprivate func range(of record: MediaRecord) -> String? {
        if let condition = headers[.ifRange], condition != MediaAnswer.entityTag(record) { return nil }
        return headers[.range]
    }
}

extension UploadRequest {
    fileprivate func type(_ head: [UInt8]) throws(Problem) -> String {
        do throws(UploadType.Fault) {
            return try UploadType.resolve(declared: declaredType, head: head[...], kind: kind)
        } catch {
            throw Problem(
                status: .unprocessableContent, code: "media_type_mismatch", detail: Self.explanation(error, kind))
        }
    }

    /// Names no type that the caller made up.
    private static func explanation(_ fault: UploadType.Fault, _ kind: MessageContent.Media.Kind) -> String {
        switch fault {
        case .contradiction(_, let found):
            "The Content-Type is not the one of the file, which begins as \(found) does. Leave it out to have it found."
        case .unrecognised: "The Content-Type is not the one of the file: files of that type begin otherwise."
        case .wrongKind: "The file is of a type that cannot be sent as \(kind.rawValue)."
        case .form: "The body has to be the file itself, not a form: with curl, --data-binary @FILE."
        }
    }
}

extension Problem {
    fileprivate static func tooLarge(_ upload: UploadRequest) -> Problem {
        Problem(
            status: .contentTooLarge, code: "too_large",
            detail:
                "The file is larger than the \(upload.limit) bytes that a channel takes as \(upload.kind.rawValue).",
            // What is still under way is not wanted.
            fields: [HTTPField(name: .connection, value: "close")])
    }
}
