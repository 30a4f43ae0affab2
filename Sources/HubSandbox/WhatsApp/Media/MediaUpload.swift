/// A file that a business wants to upload, checked as Meta checks it.
struct MediaUpload: Sendable {
    let bytes: [UInt8]
    let mimeType: String
    let filename: String?

    /// - Throws: code 100 for what is missing or of a type that WhatsApp does not take, 131053 for a file that is too long.
    init(_ form: MultipartForm?) throws(GraphError) {
        guard let product = form?["messaging_product"] else { throw .missing("messaging_product") }
        guard product.text == "whatsapp" else { throw .invalid("Param messaging_product must be one of {WHATSAPP}") }
        guard let file = form?["file"] else { throw .missing("file") }
        let type = form?["type"]?.text ?? file.contentType ?? "application/octet-stream"
        guard let kind = MediaKind(mimeType: type) else {
            throw GraphError(
                http: 400, code: 100,
                title: "Param file must be a file with one of the following types: \(MediaKind.allMimeTypes). "
                    + "Received file of type '\(type.prefix(100))'.")
        }
        guard !file.body.isEmpty else { throw .invalid("Param file is empty.") }
        let limit = kind.limit(isAnimated: kind == .sticker && MediaKind.isAnimatedWebP(file.body))
        guard file.body.count <= limit else { throw Self.tooLong(kind, limit: limit) }
        bytes = Array(file.body)
        mimeType = type
        filename = file.filename
    }

    static func tooLong(_ kind: MediaKind, limit: Int) -> GraphError {
        let size = limit < 1024 * 1024 ? "\(limit / 1024) KB" : "\(limit / 1024 / 1024) MB"
        return GraphError(
            http: 400, code: 131053, title: "Media upload error",
            details: "File size exceeds the maximum for \(kind.rawValue): \(size).")
    }
}
