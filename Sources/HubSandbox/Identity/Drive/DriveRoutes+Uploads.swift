import HTTPTypes
import Hummingbird
import NIOCore

/// Content: in one call (`media`, `multipart`) or in parts (`resumable`).
extension DriveRoutes {
    func addUploads(to upload: RouterGroup<SandboxContext>) {
        upload.post("files", use: handler("upload", begin))
        upload.patch("files/:id", use: handler("upload", begin))
        for path in ["files", "files/:id"] {
            upload.put(RouterPath(path)) { request, context in try await part(request, context) }
            upload.delete(RouterPath(path)) { request, _ in await cancel(request) }
        }
    }

    @Sendable private func begin(_ call: Call) async throws -> Response {
        try await failOnWriting(call.caller)
        let fileID = call.request.method == .patch ? call.id : nil
        // Refused before the bytes are taken.
        if let fileID { _ = try await store.file(fileID, for: call.caller) }
        let type = call.request.headers[.contentType]
        switch call.query["uploadType"] {
        case "media":
            return try await finish(call, fileID, .object([]), try await bytes(call.request), type: type)
        case "multipart":
            let parts = try MultipartRelated(try await bytes(call.request), contentType: type)
            return try await finish(call, fileID, parts.metadata, parts.bytes, type: parts.type)
        case "resumable": return try await open(call, fileID)
        default: throw DriveError.invalid("uploadType")
        }
    }

    private func finish(
        _ call: Call, _ fileID: String?, _ metadata: JSON, _ bytes: [UInt8], type: String?
    ) async throws -> Response {
        let file =
            if let fileID {
                try await store.update(fileID, metadata, bytes, type: type, moves: call.moves, for: call.caller)
            } else {
                try await store.create(metadata, bytes, type: type, for: call.caller)
            }
        if await provider.take("create_reply_lost") != nil { try await call.context.channel.close() }
        return try answer(file, call)
    }

    private func open(_ call: Call, _ fileID: String?) async throws -> Response {
        let headers = call.request.headers
        let metadata = try await metadata(call.request)
        if fileID == nil { try await store.check(metadata, for: call.caller) }
        let total = HTTPField.Name("x-upload-content-length").flatMap { headers[$0] }.flatMap { Int($0) }
        guard (total ?? 0) <= DriveStore.byteLimit else { throw DriveError.quota }
        let upload = DriveUpload(
            caller: call.caller, metadata: metadata,
            type: HTTPField.Name("x-upload-content-type").flatMap { headers[$0] }, fileID: fileID, moves: call.moves,
            fields: try call.fields(Self.fileFields), expiresAt: provider.clock.milliseconds + DriveUpload.lifetime,
            total: total)
        let session = await store.open(upload)
        let path = "/google/upload/drive/v3/files" + (fileID.map { "/\($0)" } ?? "")
        var location = "\(call.request.base)\(path)?uploadType=resumable&upload_id=\(session)"
        if let other = await provider.take("upload_location") {
            location = other.text ?? "https://upload.evil.example\(path)?upload_id=\(session)"
        }
        var response = Response(status: .ok, headers: [.location: location, .cacheControl: "no-store"])
        if let name = HTTPField.Name("x-guploader-uploadid") { response.headers[name] = session }
        return response
    }

    /// A part of an upload, or the question how much of it is here. The session's address is all it takes; a token that
    /// comes along has to be good.
    private func part(_ request: Request, _ context: SandboxContext) async throws -> Response {
        await provider.count("drive.upload.part")
        do {
            let body = try await bytes(request)
            if let token = request.bearer, await provider.token(token) == nil { throw DriveError.unauthorized }
            try await failOnRequest()
            guard let id = request.queryFields["upload_id"], let upload = await store.upload(id) else {
                throw DriveUpload.gone
            }
            guard let part = DriveUpload.Part(request.headers[.contentRange], length: body.count) else {
                throw DriveError(400, "badRequest", "Failed to parse Content-Range header.")
            }
            var limit = Int.max
            if case .bytes = part { limit = try await taken(body, session: id) }
            guard let file = try await store.take(part, body, upload: id, limit: limit) else {
                return await incomplete(id)
            }
            if await provider.take("upload_reply_lost") != nil { try await context.channel.close() }
            let json = file.json(for: upload.caller)
            return .json(upload.fields?.select(json) ?? json)
        } catch let error as DriveError {
            return error.response
        }
    }

    /// How many bytes of a part are taken, as the faults that are on have it.
    private func taken(_ body: [UInt8], session: String) async throws -> Int {
        if await provider.take("upload_unauthorized") != nil { throw DriveError.unauthorized }
        if await provider.take("upload_unavailable") != nil { throw DriveError(503, "backendError", "Backend Error") }
        if await provider.take("upload_session_gone") != nil {
            await store.close(upload: session)
            throw DriveUpload.gone
        }
        if await provider.take("upload_without_range") != nil { return 0 }
        if await provider.take("upload_range_smaller") != nil {
            return body.count / 2 / DriveUpload.step * DriveUpload.step
        }
        return Int.max
    }

    /// 308 with what is here; without a `Range` when that is nothing.
    private func incomplete(_ session: String) async -> Response {
        let count = await store.upload(session)?.bytes.count ?? 0
        var response = Response(status: .init(code: 308, reasonPhrase: "Resume Incomplete"))
        if count > 0 { response.headers[.range] = "bytes=0-\(count - 1)" }
        return response
    }

    private func cancel(_ request: Request) async -> Response {
        await provider.count("drive.upload.cancel")
        guard let id = request.queryFields["upload_id"], await store.upload(id) != nil else {
            return DriveUpload.gone.response
        }
        await store.close(upload: id)
        return Response(status: .init(code: 499, reasonPhrase: "Client Closed Request"))
    }
}
