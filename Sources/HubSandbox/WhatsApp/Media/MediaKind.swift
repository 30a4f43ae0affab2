/// The kinds of media that WhatsApp carries, with the types and sizes it takes of each.
///
/// Source: Meta's page on media. Megabytes are 1,048,576 bytes here.
enum MediaKind: String, CaseIterable, Sendable {
    case audio, document, image, sticker, video

    private static let megabyte = 1024 * 1024

    /// The longest file of any kind; longer ones are not even read.
    static let longest = 100 * megabyte

    /// The kind that a MIME type makes, or nil when WhatsApp does not take the type.
    /// - Parameter mimeType: parameters such as `; codecs=opus` and case do not count.
    init?(mimeType: String) {
        let type = Self.bareType(mimeType)
        guard let kind = Self.allCases.first(where: { $0.mimeTypes.contains(type) }) else { return nil }
        self = kind
    }

    /// A MIME type without its parameters, in lower case.
    static func bareType(_ mimeType: String) -> String {
        let type = mimeType.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return String(type.filter { $0 != " " }).lowercased()
    }

    /// The MIME types that can be uploaded for it.
    var mimeTypes: [String] {
        switch self {
        case .audio: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus"]
        case .document:
            [
                "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ]
        case .image: ["image/jpeg", "image/png"]
        case .sticker: ["image/webp"]
        case .video: ["video/mp4", "video/3gpp"]
        }
    }

    /// The longest file in bytes.
    /// - Parameter isAnimated: of a sticker: whether it moves.
    func limit(isAnimated: Bool) -> Int {
        switch self {
        case .audio, .video: 16 * Self.megabyte
        case .document: Self.longest
        case .image: 5 * Self.megabyte
        case .sticker: (isAnimated ? 500 : 100) * 1024
        }
    }

    /// Every type that can be uploaded, as the refusal lists them.
    static var allMimeTypes: String { allCases.flatMap(\.mimeTypes).sorted().joined(separator: ", ") }

    /// Whether a WebP file holds an animation: the extended header says so in one bit.
    static func isAnimatedWebP(_ bytes: some Collection<UInt8>) -> Bool {
        let head = Array(bytes.prefix(21))
        guard head.count == 21, head.starts(with: Array("RIFF".utf8)), Array(head[8..<16]) == Array("WEBPVP8X".utf8)
        else { return false }
        return head[20] & 0x02 != 0
    }
}
