import HTTPTypes
import Hummingbird
import NIOCore

/// Media as Meta serves it: upload and download. Look-up and deletion are `WhatsAppCloud.mediaNode`.
struct MediaRoutes: Sendable {
    let cloud: WhatsAppCloud
    /// Bytes of uploads that are being read at one time.
    private let reading = ByteBudget(limit: MediaStore.totalLimit)

    init(cloud: WhatsAppCloud) { self.cloud = cloud }

    func add(to graph: GraphRouter) {
        graph.post(":id/media") { call in
            let number = try await cloud.number(for: call)
            try call.require(.messaging)
            let item = try await upload(call.request, number: number)
            await cloud.store(item)
            return ["id": JSON(item.id)]
        }
        graph.router.get("whatsapp_business/attachments") { request, context in try await download(request, context) }
    }

    /// Reads an upload; makes and hashes the item here, so that a long file does not keep the cloud from its work.
    private func upload(
        _ request: Request, number: SandboxConfiguration.Number
    ) async throws(GraphError) -> MediaItem {
        let longest = MediaKind.longest + Request.multipartOverhead
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? longest
        guard length <= longest else { throw MediaUpload.tooLong(.document, limit: MediaKind.longest) }
        guard reading.take(length) else { throw .catalogued(131016) }
        defer { reading.give(length) }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: longest)
        } catch is NIOTooManyBytesError {
            throw MediaUpload.tooLong(.document, limit: MediaKind.longest)
        } catch {
            throw .catalogued(131000)
        }
        let form = MultipartForm(body.readableBytesView, contentType: request.headers[.contentType] ?? "")
        let upload = try MediaUpload(form)
        return MediaItem(
            upload.bytes, mimeType: upload.mimeType, filename: upload.filename,
            phoneNumberID: number.phoneNumberID, direction: .uploaded, storedAt: cloud.now)
    }

    /// Answers the file itself: to a token of its business only, and 404 once the address is over.
    private func download(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let query = request.uri.queryParameters
        guard let token = await cloud.downloadToken(GraphCredentials(request, query: [:], body: .null)) else {
            return .json(GraphError.deadToken.envelope(traceID: GraphError.makeTraceID()), status: .unauthorized)
        }
        guard let id = query["mid"], let end = query["ext"].flatMap({ Int($0) }), let signature = query["hash"],
            let item = await cloud.mediaItem(addressed: String(id), until: end, signature: String(signature)),
            await cloud.mayUse(item, token: token)
        else { return Response(status: .notFound) }
        if let fault = await cloud.takeMediaFault() { return try await MediaDownload(item, fault).response(context) }
        return MediaDownload(item).response
    }
}

extension Request {
    /// What a form may hold beside its file.
    static let multipartOverhead = 64 * 1024
}
