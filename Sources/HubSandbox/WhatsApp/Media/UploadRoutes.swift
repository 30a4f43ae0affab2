import Hummingbird
import NIOCore

/// The Resumable Upload API: `POST /{app_id}/uploads`, then `POST /upload:…` with the bytes, which answers a handle.
struct UploadRoutes: Sendable {
    let cloud: WhatsAppCloud

    func add(to graph: GraphRouter) {
        graph.post(":id/uploads") { call in
            guard call.id == "app" || call.id == cloud.configuration.appID else { throw call.unknownObject }
            let upload = try ResumableUpload(call)
            await cloud.begin(upload)
            return ["id": JSON("\(upload.id)?sig=ARZ\(upload.id.suffix(12))")]
        }
        graph.get("upload:{session}") { call in
            guard let upload = await cloud.uploads[Self.id(call)] else { throw call.unknownObject }
            return ["id": JSON(upload.id), "file_offset": JSON(upload.received)]
        }
        graph.post("upload:{session}") { call in
            let id = Self.id(call)
            guard await cloud.uploads[id] != nil else { throw call.unknownObject }
            guard let offset = ResumableUpload.offset(call.request) else { throw GraphError.missing("file_offset") }
            var count = 0
            for try await part in call.request.body {
                count += part.readableBytes
                guard count <= MediaKind.longest else { throw GraphError.invalid("The file is longer than 100 MB.") }
            }
            return try await cloud.take(count, at: offset, of: id)
        }
    }

    private static func id(_ call: GraphCall) -> String { "upload:\(call.context.parameters.get("session") ?? "")" }
}

extension WhatsAppCloud {
    func begin(_ upload: ResumableUpload) { uploads.set(upload.id, upload) }

    /// Takes a part of an upload.
    /// - Returns: the handle once the file is whole, else how far it is.
    func take(_ count: Int, at offset: Int, of id: String) throws(GraphError) -> JSON {
        guard var upload = uploads[id] else { throw .unknownObject(id, verb: "post") }
        try upload.take(count, at: offset)
        uploads.set(id, upload)
        guard upload.isComplete else { return ["id": JSON(id), "file_offset": JSON(upload.received)] }
        return ["h": JSON(upload.handle)]
    }
}
