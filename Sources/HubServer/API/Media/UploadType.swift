import AdapterKit

/// The media type under which an upload is kept: what was declared, if the bytes do not say otherwise.
enum UploadType {
    enum Fault: Error, Equatable {
        /// The bytes are of another type.
        case contradiction(declared: String, found: String)
        /// The bytes are none that this type begins with.
        case unrecognised(declared: String)
        /// The type is none of the kind that it is to be sent as.
        case wrongKind(type: String)
        /// The body is a form and not the file.
        case form
    }

    /// - Parameters:
    ///   - declared: the request's `Content-Type`.
    ///   - head: the first bytes of the file.
    static func resolve(
        declared: String?, head: ArraySlice<UInt8>, kind: MessageContent.Media.Kind
    ) throws(Fault) -> String {
        let type = try type(declared, FileSignature(head), isAudio: kind == .audio)
        guard fits(essence(type), kind) else { throw .wrongKind(type: essence(type)) }
        return type
    }

    private static func type(
        _ declared: String?, _ signature: FileSignature?, isAudio: Bool
    ) throws(Fault) -> String {
        let name = declared.map(essence).map { aliases[$0] ?? $0 } ?? generic
        guard name != "multipart/form-data" else { throw .form }
        guard name != generic else { return signature?.mimeType(isAudio: isAudio) ?? generic }
        guard let signature else {
            // What has no sign of its own can be anything but a type that has one.
            guard !hasSign(name), !name.hasPrefix("text/") else { throw .unrecognised(declared: name) }
            return name
        }
        let found = signature.mimeType(isAudio: isAudio)
        guard signature.allows(name) else { throw .contradiction(declared: name, found: essence(found)) }
        // The bytes say more, such as the codec.
        return essence(found) == name ? found : name
    }

    private static func fits(_ name: String, _ kind: MessageContent.Media.Kind) -> Bool {
        switch kind {
        case .image: name.hasPrefix("image/")
        case .video: name.hasPrefix("video/")
        case .audio: name.hasPrefix("audio/")
        case .sticker: name == "image/webp"
        case .document: true
        }
    }

    /// The type without its parameters.
    static func essence(_ type: String) -> String {
        let name = type.prefix { $0 != ";" }
        return name.split(separator: " ", omittingEmptySubsequences: true).joined().lowercased()
    }

    static let generic = "application/octet-stream"

    /// Names that are common and not registered.
    private static let aliases = [
        "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png", "audio/mp3": "audio/mpeg",
        "audio/x-mp3": "audio/mpeg", "audio/x-m4a": "audio/mp4", "audio/m4a": "audio/mp4", "audio/aacp": "audio/aac",
        "audio/x-aac": "audio/aac", "audio/opus": "audio/ogg", "audio/x-wav": "audio/wav", "audio/wave": "audio/wav",
        "application/ogg": "audio/ogg", "application/x-pdf": "application/pdf",
        "application/x-zip-compressed": "application/zip", "binary/octet-stream": generic,
    ]

    /// Whether files of the type are known by their first bytes.
    fileprivate static func hasSign(_ name: String) -> Bool {
        signed.contains(name) || compounds.contains(name) || isArchive(name)
    }

    fileprivate static func isArchive(_ name: String) -> Bool {
        name.hasPrefix("application/vnd.openxmlformats-officedocument.")
            || name.hasPrefix("application/vnd.oasis.opendocument.") || name == "application/epub+zip"
    }

    fileprivate static let compounds: Set<String> = [
        "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
    ]

    private static let signed: Set<String> = [
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/heif", "image/heic", "image/avif", "video/mp4",
        "video/3gpp", "video/quicktime", "video/webm", "video/x-matroska", "video/ogg", "audio/mp4", "audio/3gpp",
        "audio/webm", "audio/ogg", "audio/mpeg", "audio/aac", "audio/amr", "audio/amr-wb", "audio/wav",
        "application/pdf", "application/zip",
    ]
}

extension FileSignature {
    /// Whether a file of this signature may be declared as the type.
    fileprivate func allows(_ name: String) -> Bool {
        switch self {
        case .mp4, .m4a: ["video/mp4", "audio/mp4", "audio/aac"].contains(name)
        case .threeGP: ["video/3gpp", "audio/3gpp", "video/3gpp2", "audio/3gpp2", "video/mp4"].contains(name)
        case .heif: ["image/heif", "image/heic", "image/avif"].contains(name)
        case .webm: ["video/webm", "audio/webm", "video/x-matroska", "audio/x-matroska"].contains(name)
        case .ogg: ["audio/ogg", "video/ogg"].contains(name)
        case .amr: ["audio/amr", "audio/amr-wb"].contains(name)
        // Many formats are one of these two inside, newer ones among them.
        case .zip:
            name.hasPrefix("application/") && (name == "application/zip" || !UploadType.hasSign(name))
                || UploadType.isArchive(name)
        case .compound:
            UploadType.compounds.contains(name) || (name.hasPrefix("application/") && !UploadType.hasSign(name))
        // Markup, tables and programs are text with a name of their own.
        case .text:
            name == "image/svg+xml"
                || (["text/", "application/", "message/"].contains(where: name.hasPrefix) && !UploadType.hasSign(name))
        default: essence == name
        }
    }

    private var essence: String { UploadType.essence(mimeType()) }
}
