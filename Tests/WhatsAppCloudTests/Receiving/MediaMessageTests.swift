import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("Media that comes in")
struct MediaMessageTests {
    private static let sentAt = Timestamp(seconds: 1_795_420_700)
    private static let emptyHash = SHA256Text(Fixtures.emptySHA256Hex)?.bytes

    @Test("An image has its caption, and where it is to be had for seven days")
    func image() throws {
        let message = try Harness.message(Fixtures.image)
        #expect(message.content == .media(.init(.image, mimeType: "image/jpeg", caption: "Taj Mahal")))
        #expect(
            message.media
                == MediaReference(
                    providerID: "1003383421387256",
                    url:
                        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1003383421387256&ext=1795421000&hash=ARtx",
                    mimeType: "image/jpeg", sha256: Self.emptyHash, expiresAt: Self.sentAt + .seconds(7 * 86_400)))
        #expect(message.opensWindow && message.origin == .person && message.username == "sheena")
    }

    @Test("A hash may be hexadecimal, an id a number; what is no hash is none")
    func hashes() throws {
        let hexadecimal = try #require(try Harness.message(Fixtures.imageWithHexHash).media)
        #expect(hexadecimal.sha256 == Self.emptyHash && hexadecimal.providerID == "1003383421387256")
        let video = try Harness.message(Fixtures.video)
        #expect(video.media?.sha256 == nil && video.media?.providerID == "2003")
        #expect(video.content == .media(.init(.video, mimeType: "video/mp4", caption: "")))
    }

    private static let spelledHashes: [String] = [
        Fixtures.emptySHA256, String(Fixtures.emptySHA256.dropLast()),
        Fixtures.emptySHA256.replacing("+", with: "-").replacing("/", with: "_"), Fixtures.emptySHA256Hex,
        Fixtures.emptySHA256Hex.uppercased(),
    ]

    @Test(
        "A SHA-256 is read from base64, padded or not, of both alphabets, and from hexadecimal",
        arguments: spelledHashes)
    func hash(text: String) { #expect(SHA256Text(text)?.bytes == Self.emptyHash) }

    private static let noHashes: [String] = [
        "", String(Fixtures.emptySHA256Hex.dropLast()), Fixtures.emptySHA256 + "=",
        "!" + String(Fixtures.emptySHA256.dropFirst()), "z" + String(Fixtures.emptySHA256Hex.dropFirst()),
    ]

    @Test("What is no SHA-256 is none", arguments: noHashes)
    func noHash(text: String) { #expect(SHA256Text(text) == nil) }

    @Test("A voice note is told from a sound, and the MIME type keeps its parameter")
    func voice() throws {
        let voice = try Harness.message(Fixtures.voice)
        #expect(voice.content == .media(.init(.audio, mimeType: "audio/ogg; codecs=opus", isVoice: true)))
        #expect(voice.media?.mimeType == "audio/ogg; codecs=opus")
        #expect(try Harness.message(Fixtures.audio).content == .media(.init(.audio, mimeType: "audio/mpeg")))
    }

    @Test("A document's name is the sender's text; a sticker may move")
    func documentAndSticker() throws {
        let document = try Harness.message(Fixtures.document)
        #expect(
            document.content
                == .media(
                    .init(
                        .document, mimeType: "application/pdf", caption: "my invoice", filename: "../../etc/passwd.pdf")
                ))
        #expect(document.media?.filename == "../../etc/passwd.pdf")
        let sticker = try Harness.message(Fixtures.sticker)
        #expect(sticker.content == .media(.init(.sticker, mimeType: "image/webp", isAnimated: true)))
    }

    @Test("Media that Meta could not take is a message with the problem, and nothing to fetch")
    func lost() throws {
        let message = try Harness.message(Fixtures.tooLarge)
        #expect(message.content == .media(.init(.video, mimeType: "video/mp4", caption: "our holiday")))
        #expect(message.media == nil)
        #expect(message.details.problems.map(\.code) == ["131052"])
        #expect(message.details.problems.first?.detail?.contains("100MB") == true)
        let lost = try Harness.message(Fixtures.lostMedia)
        #expect(lost.content == .media(.init(.image)) && lost.media == nil && lost.details.problems.count == 1)
    }

    @Test(
        "Media without an object or an id is unsupported",
        arguments: ["image", "audio", "document", "video", "sticker"])
    func withoutObject(type: String) throws {
        for members in [#""type":"\#(type)""#, #""type":"\#(type)","\#(type)":{"caption":"x"}"#] {
            let message = try Harness.message(Fixtures.message(members))
            #expect(message.content == .unsupported(.init(type: type)) && message.media == nil)
        }
    }
}
