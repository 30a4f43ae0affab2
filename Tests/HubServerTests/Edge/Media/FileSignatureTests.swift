import AdapterKit
import Testing

@testable import HubServer

struct FileSignatureTests {
    /// The first bytes of a file, filled up.
    private static func bytes(_ parts: [UInt8]...) -> [UInt8] {
        parts.flatMap { $0 } + [UInt8](repeating: 0, count: 40)
    }
    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let signatures: [([UInt8], FileSignature)] = [
        (bytes([0xFF, 0xD8, 0xFF, 0xE0]), .jpeg),
        (bytes([0x89], text("PNG\r\n"), [0x1A, 0x0A]), .png),
        (bytes(text("GIF89a")), .gif),
        (bytes(text("RIFF"), [1, 2, 3, 4], text("WEBPVP8X")), .webp),
        (bytes(text("RIFF"), [1, 2, 3, 4], text("WAVEfmt ")), .wav),
        (bytes([0, 0, 0, 24], text("ftypisom")), .mp4),
        (bytes([0, 0, 0, 24], text("ftypmp42")), .mp4),
        (bytes([0, 0, 0, 24], text("ftypM4A ")), .m4a),
        (bytes([0, 0, 0, 24], text("ftyp3gp4")), .threeGP),
        (bytes([0, 0, 0, 24], text("ftypqt  ")), .quickTime),
        (bytes([0, 0, 0, 24], text("ftypheic")), .heif),
        (bytes([0x1A, 0x45, 0xDF, 0xA3]), .webm),
        (bytes(text("OggS"), [UInt8](repeating: 0, count: 24), text("OpusHead")), .ogg(codecs: "opus")),
        (bytes(text("OggS"), [UInt8](repeating: 0, count: 24), text("\u{1}vorbis")), .ogg(codecs: "vorbis")),
        (bytes(text("OggS")), .ogg(codecs: nil)),
        (bytes(text("ID3"), [3]), .mp3), (bytes([0xFF, 0xFB, 0x90]), .mp3), (bytes([0xFF, 0xF3, 0x90]), .mp3),
        (bytes([0xFF, 0xF1, 0x50]), .aac), (bytes([0xFF, 0xF9, 0x50]), .aac),
        (bytes(text("#!AMR\n")), .amr),
        (bytes(text("%PDF-1.7")), .pdf),
        (
            bytes(text("PK"), [3, 4], [UInt8](repeating: 0, count: 26), text("word/document.xml")),
            .zip(document: "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        ),
        (
            bytes(text("PK"), [3, 4], [UInt8](repeating: 0, count: 26), text("xl/workbook.xml")),
            .zip(document: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        ),
        (
            bytes(
                text("PK"), [3, 4], [UInt8](repeating: 0, count: 26),
                text("mimetypeapplication/vnd.oasis.opendocument.text"), text("PK"), [3, 4]),
            .zip(document: "application/vnd.oasis.opendocument.text")
        ),
        (bytes(text("PK"), [3, 4]), .zip(document: nil)),
        (bytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), .compound),
        (text("Grüße, ÄÖÜ\r\n"), .text), ([0xFF, 0xFE, 0x41, 0x00], .text), (text("<html>"), .text),
    ]

    @Test func `files are known by their first bytes`() {
        for (bytes, signature) in Self.signatures {
            #expect(FileSignature(bytes[...]) == signature, "\(signature)")
        }
    }

    @Test(
        arguments: [[], [0], [0xFF, 0], [0x50, 0x4B, 3], [0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70], [1, 2, 3, 4, 5]]
            as [[UInt8]])
    func `what is nothing of that is not recognised`(_ bytes: [UInt8]) {
        #expect(FileSignature(bytes[...]) == nil)
    }

    @Test func `every beginning of a file can be looked at`() {
        for (bytes, _) in Self.signatures {
            for count in 0...bytes.count { _ = FileSignature(bytes[..<count]) }
        }
    }

    // MARK: Types

    private static let jpeg = bytes([0xFF, 0xD8, 0xFF, 0xE0])
    private static let opus = bytes(text("OggS"), [UInt8](repeating: 0, count: 24), text("OpusHead"))
    private static let mp4 = bytes([0, 0, 0, 24], text("ftypisom"))
    private static let zip = bytes(text("PK"), [3, 4])
    private static let unknown: [UInt8] = [1, 2, 3, 4]

    private static let good: [(String?, [UInt8], MessageContent.Media.Kind, String)] = [
        (nil, jpeg, .image, "image/jpeg"), ("application/octet-stream", jpeg, .image, "image/jpeg"),
        ("image/jpeg", jpeg, .image, "image/jpeg"), ("IMAGE/JPG; q=1", jpeg, .image, "image/jpeg"),
        ("audio/ogg", opus, .audio, "audio/ogg; codecs=opus"), ("audio/opus", opus, .audio, "audio/ogg; codecs=opus"),
        (nil, mp4, .video, "video/mp4"), (nil, mp4, .audio, "audio/mp4"), ("audio/mp4", mp4, .audio, "audio/mp4"),
        ("audio/x-m4a", mp4, .audio, "audio/mp4"),
        (
            "application/vnd.openxmlformats-officedocument.presentationml.presentation", zip, .document,
            "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        ),
        ("application/vnd.android.package-archive", zip, .document, "application/vnd.android.package-archive"),
        ("text/csv", text("a,b\n"), .document, "text/csv"),
        ("application/json", text("{}"), .document, "application/json"),
        (nil, text("Hello"), .document, "text/plain"), (nil, unknown, .document, "application/octet-stream"),
        ("application/x-blender", unknown, .document, "application/x-blender"), (nil, jpeg, .document, "image/jpeg"),
    ]

    @Test func `a type that the bytes do not deny is kept, and none is found`() throws {
        for (declared, bytes, kind, expected) in Self.good {
            let type = try UploadType.resolve(declared: declared, head: bytes[...], kind: kind)
            #expect(type == expected, "\(declared ?? "none")")
        }
    }

    private static let bad: [(String?, [UInt8], MessageContent.Media.Kind, UploadType.Fault)] = [
        ("image/png", jpeg, .image, .contradiction(declared: "image/png", found: "image/jpeg")),
        ("application/pdf", jpeg, .document, .contradiction(declared: "application/pdf", found: "image/jpeg")),
        (
            "application/x-blender", jpeg, .document,
            .contradiction(declared: "application/x-blender", found: "image/jpeg")
        ),
        ("image/jpeg", text("<script>"), .image, .contradiction(declared: "image/jpeg", found: "text/plain")),
        ("application/pdf", zip, .document, .contradiction(declared: "application/pdf", found: "application/zip")),
        (
            "application/vnd.oasis.opendocument.text", text("Hello"), .document,
            .contradiction(declared: "application/vnd.oasis.opendocument.text", found: "text/plain")
        ),
        ("image/jpeg", unknown, .image, .unrecognised(declared: "image/jpeg")),
        ("text/plain", unknown, .document, .unrecognised(declared: "text/plain")),
        (nil, jpeg, .video, .wrongKind(type: "image/jpeg")), (nil, jpeg, .sticker, .wrongKind(type: "image/jpeg")),
        (nil, unknown, .image, .wrongKind(type: "application/octet-stream")),
        ("multipart/form-data; boundary=x", text("--x\r\n"), .document, .form),
    ]

    @Test func `a type that the bytes deny is refused`() {
        for (declared, bytes, kind, fault) in Self.bad {
            #expect(throws: fault, "\(declared ?? "none")") {
                try UploadType.resolve(declared: declared, head: bytes[...], kind: kind)
            }
        }
    }
}
