import FoundationEssentials

/// A file that comes with a customer's message: new bytes, a file that the sandbox has, or one of its samples.
struct Attachment: Sendable {
    enum Source: Sendable {
        case bytes([UInt8], mimeType: String)
        /// The id of a file in the media store.
        case stored(String)
        case sample(SampleMedia)
    }

    /// `image`, `video`, `audio`, `document` or `sticker`: the name of the member that holds the media object.
    let type: String
    let source: Source
    let filename: String?

    /// - Throws: ``ControlError`` when there is no file, or one that WhatsApp would not carry as this type.
    init(_ json: JSON, type: String) throws(ControlError) {
        self.type = type
        filename = json["filename"]?.text
        if let id = json["media_id"]?.text {
            source = .stored(id)
        } else if let text = json["bytes_base64"]?.text {
            guard let data = Data(base64Encoded: text), !data.isEmpty else {
                throw ControlError("'bytes_base64' is not base64, or empty")
            }
            guard let mimeType = json["mime_type"]?.text, mimeType.utf8.count <= 200 else {
                throw ControlError("'mime_type' is missing")
            }
            try Self.check(data.count, of: type)
            source = .bytes(Array(data), mimeType: mimeType)
        } else {
            let name = json["sample"]?.text
            guard let sample = SampleMedia.allCases.first(where: { $0.type == type && (name ?? $0.name) == $0.name })
            else { throw ControlError("'sample' of \(type) is unknown; leave it out for the usual one") }
            source = .sample(sample)
        }
    }

    init(_ sample: SampleMedia) {
        type = sample.type
        source = .sample(sample)
        filename = sample.filename
    }

    /// The types of message that carry a file.
    static let types: Set<String> = ["image", "video", "audio", "document", "sticker"]

    /// - Throws: when WhatsApp would not take so long a file; a customer's app refuses it before it is sent.
    static func check(_ count: Int, of type: String) throws(ControlError) {
        guard let kind = MediaKind(rawValue: type) else { throw ControlError("'\(type.prefix(40))' carries no file") }
        let limit = kind.limit(isAnimated: true)
        guard count <= limit else { throw ControlError("a file of this type has at most \(limit) bytes", http: 413) }
    }
}

/// Files of the sandbox's own, for whoever has none at hand.
enum SampleMedia: String, CaseIterable, Sendable {
    case photo, video, voice, document, sticker
    case animatedSticker = "sticker-animated"

    var name: String { rawValue }

    /// The type of the message that carries it.
    var type: String {
        switch self {
        case .photo: "image"
        case .video: "video"
        case .voice: "audio"
        case .document: "document"
        case .sticker, .animatedSticker: "sticker"
        }
    }

    var mimeType: String {
        switch self {
        case .photo: "image/jpeg"
        case .video: "video/mp4"
        case .voice: "audio/ogg; codecs=opus"
        case .document: "application/pdf"
        case .sticker, .animatedSticker: "image/webp"
        }
    }

    /// What a document is called; other types have no name.
    var filename: String? { self == .document ? "Invoice 860198.pdf" : nil }

    var bytes: [UInt8] {
        switch self {
        case .photo: PackageResources.photo_jpg
        case .video: PackageResources.video_mp4
        case .voice: PackageResources.voice_ogg
        case .document: PackageResources.document_pdf
        case .sticker: PackageResources.sticker_webp
        case .animatedSticker: PackageResources.sticker_animated_webp
        }
    }
}
