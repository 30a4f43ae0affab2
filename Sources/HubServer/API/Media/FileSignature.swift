/// What the first bytes of a file say that it is.
///
/// Sources: the formats' own documents, as the IANA registry and the WHATWG's MIME Sniffing Standard (section 6) name them.
enum FileSignature: Sendable, Equatable {
    case jpeg, png, gif, webp
    /// ISO base media files (ISO 14496-12), told apart by their brand.
    case mp4, m4a, threeGP, quickTime, heif
    case webm
    case ogg(codecs: String?)
    case mp3, aac, amr, wav
    case pdf
    /// A ZIP archive, and the office document that it is where the first entries tell.
    case zip(document: String?)
    /// The container of Office documents before 2007.
    case compound
    case text

    /// How many bytes have to be looked at.
    static let lookedAt = 4096

    /// - Parameter head: the first ``lookedAt`` bytes, or all of a shorter file.
    /// - Returns: nil when nothing is recognised.
    init?(_ head: ArraySlice<UInt8>) {
        let bytes = Array(head.prefix(Self.lookedAt))
        guard let found = Self.image(bytes) ?? Self.film(bytes) ?? Self.sound(bytes) ?? Self.document(bytes) else {
            return nil
        }
        self = found
    }

    /// The type that a file without a declared one gets.
    func mimeType(isAudio: Bool = false) -> String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .mp4: isAudio ? "audio/mp4" : "video/mp4"
        case .m4a: "audio/mp4"
        case .threeGP: isAudio ? "audio/3gpp" : "video/3gpp"
        case .quickTime: "video/quicktime"
        case .heif: "image/heif"
        case .webm: isAudio ? "audio/webm" : "video/webm"
        case .ogg(let codecs): codecs.map { "audio/ogg; codecs=\($0)" } ?? "audio/ogg"
        case .mp3: "audio/mpeg"
        case .aac: "audio/aac"
        case .amr: "audio/amr"
        case .wav: "audio/wav"
        case .pdf: "application/pdf"
        case .zip(let document): document ?? "application/zip"
        case .compound: "application/x-ole-storage"
        case .text: "text/plain"
        }
    }
}

extension FileSignature {
    private static func image(_ bytes: [UInt8]) -> FileSignature? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) { return .gif }
        if bytes.starts(with: "RIFF".utf8), bytes.has("WEBP", at: 8) { return .webp }
        return nil
    }

    private static func film(_ bytes: [UInt8]) -> FileSignature? {
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return .webm }
        guard bytes.has("ftyp", at: 4), bytes.count >= 12 else { return nil }
        let brand = String(decoding: bytes[8..<12], as: UTF8.self)
        return switch brand {
        case "M4A ", "M4B ": .m4a
        case "qt  ": .quickTime
        case "heic", "heix", "hevc", "mif1", "msf1", "avif", "avis": .heif
        default: brand.hasPrefix("3g") ? .threeGP : .mp4
        }
    }

    private static func sound(_ bytes: [UInt8]) -> FileSignature? {
        if bytes.starts(with: "OggS".utf8) { return .ogg(codecs: oggCodec(bytes)) }
        if bytes.starts(with: "#!AMR".utf8) { return .amr }
        if bytes.starts(with: "RIFF".utf8), bytes.has("WAVE", at: 8) { return .wav }
        if bytes.starts(with: "ID3".utf8) { return .mp3 }
        guard bytes.count >= 2, bytes[0] == 0xFF else { return nil }
        // An ADTS frame has layer 0, one of MP3 layer III (ISO 13818-7 and 11172-3).
        if bytes[1] & 0xF6 == 0xF0 { return .aac }
        if bytes[1] & 0xE0 == 0xE0, bytes[1] & 0x18 != 0x08, bytes[1] & 0x06 == 0x02 { return .mp3 }
        return nil
    }

    /// The first page holds the codec's first header (RFC 5334).
    private static func oggCodec(_ bytes: [UInt8]) -> String? {
        if bytes.contains("OpusHead") { return "opus" }
        if bytes.contains("\u{1}vorbis") { return "vorbis" }
        return nil
    }

    private static func document(_ bytes: [UInt8]) -> FileSignature? {
        if bytes.starts(with: "%PDF-".utf8) { return .pdf }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .zip(document: zippedDocument(bytes)) }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .compound }
        return isText(bytes) ? .text : nil
    }

    private static func zippedDocument(_ bytes: [UInt8]) -> String? {
        // An OpenDocument or EPUB file begins with its type, stored as it is.
        if bytes.has("mimetype", at: 30) {
            let type = String(
                decoding: bytes.dropFirst(38).prefix { $0 > 0x20 && $0 < 0x7F && $0 != 0x50 },
                as: UTF8.self)
            return type.hasPrefix("application/") ? type : nil
        }
        let office = "application/vnd.openxmlformats-officedocument"
        if bytes.contains("word/") { return "\(office).wordprocessingml.document" }
        if bytes.contains("xl/") { return "\(office).spreadsheetml.sheet" }
        if bytes.contains("ppt/") { return "\(office).presentationml.presentation" }
        return nil
    }

    /// No control characters but those of texts: the binary bytes of the MIME Sniffing Standard. UTF-16 is told by its mark.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return false }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        return bytes.allSatisfy { byte in
            byte >= 0x20 || [0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains(byte)
        }
    }
}

extension [UInt8] {
    fileprivate func has(_ text: StaticString, at offset: Int) -> Bool {
        let expected = text.withUTF8Buffer { [UInt8]($0) }
        return count >= offset + expected.count && self[offset..<offset + expected.count].elementsEqual(expected)
    }

    fileprivate func contains(_ text: StaticString) -> Bool {
        let wanted = text.withUTF8Buffer { [UInt8]($0) }
        guard count >= wanted.count, let first = wanted.first else { return false }
        return (0...(count - wanted.count)).contains { start in
            self[start] == first && self[start..<start + wanted.count].elementsEqual(wanted)
        }
    }
}
