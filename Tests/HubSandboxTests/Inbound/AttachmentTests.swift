import Foundation
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct AttachmentTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    @Test func `bytes in the call become a file that the business can fetch`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.write([
                "type": "image", "bytes_base64": JSON(Data(Self.png).base64EncodedString()), "mime_type": "image/png",
                "caption": "Look",
            ])
            let image = try #require(await sandbox.hub.posts(1).first?.messages.first?["image"])
            #expect(image["caption"]?.text == "Look")
            #expect(image["mime_type"]?.text == "image/png")
            let id = try #require(image["id"]?.text)
            let described = try await sandbox.call(.get, "/v25.0/\(id)", token: "sandbox-token-acme").json
            #expect(described["mime_type"]?.text == "image/png")
            #expect(described["file_size"]?.integer == Self.png.count)
            #expect(image["sha256"]?.text == MediaItem.sha256OfTest(Self.png))
            #expect(image["url"]?.text?.hasPrefix("http://127.0.0.1:\(sandbox.port)/") == true)
        }
    }

    @Test(
        arguments: [
            ("image", "image/jpeg", nil), ("video", "video/mp4", nil), ("audio", "audio/ogg; codecs=opus", false),
            ("voice", "audio/ogg; codecs=opus", true), ("document", "application/pdf", nil),
            ("sticker", "image/webp", nil),
        ] as [(String, String, Bool?)])
    func `a type alone sends a sample of it`(type: String, mimeType: String, isVoice: Bool?) async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.write(["type": JSON(type)])
            let message = try #require(await sandbox.hub.posts(1).first?.messages.first)
            let media = message[type == "voice" ? "audio" : type]
            #expect(media?["mime_type"]?.text == mimeType)
            #expect(media?["voice"]?.flag == isVoice)
            #expect(media?["filename"]?.text == (type == "document" ? "Invoice 860198.pdf" : nil))
            #expect(media?["animated"]?.flag == (type == "sticker" ? false : nil))
        }
    }

    @Test func `an animated sticker is known as one, and its address can be left out`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.write(["type": "sticker", "sample": "sticker-animated", "omit": ["url"]])
            let sticker = try #require(await sandbox.hub.posts(1).first?.messages.first?["sticker"])
            #expect(sticker["animated"]?.flag == true)
            #expect(sticker["url"] == nil)
        }
    }

    @Test func `a file of the business is forwarded under an id of its own`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.write(["type": "image"], number: RunningSandbox.globex)
            let first = try #require(await sandbox.hub.posts(1).first?.messages.first?["image"])
            _ = try await sandbox.write(["type": "image", "media_id": first["id"], "forwarded": true])
            let message = try #require(await sandbox.hub.posts(2).last?.messages.first)
            #expect(message["context"] == ["forwarded": true])
            #expect(message["image"]?["id"] != first["id"])
            #expect(message["image"]?["sha256"] == first["sha256"])
        }
    }

    @Test(
        arguments: [
            (["type": "image", "bytes_base64": "aGk="], "'mime_type' is missing"),
            (["type": "image", "bytes_base64": "%", "mime_type": "image/png"], "'bytes_base64' is not base64"),
            (["type": "image", "media_id": "1"], "'media_id' is unknown"),
            (["type": "sticker", "sample": "photo"], "'sample' of sticker is unknown"),
            (["type": "poll"], "else give 'message'"),
            (["text": "Hi", "user_ids": "none"], "'user_ids' takes one of"),
            (["text": "Hi", "referral": 7], "'referral' takes true or an object"),
        ] as [(JSON, String)])
    func `what cannot be sent is refused with the reason`(body: JSON, reason: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.write(body)
            #expect([400, 404].contains(answer.status))
            #expect(answer.json["error"]?["message"]?.text?.contains(reason) == true)
            #expect(await sandbox.hub.posts.isEmpty)
        }
    }

    @Test func `a file that no phone would send is refused`() throws {
        let limit = 16 * 1024 * 1024
        #expect(throws: Never.self) { try Attachment.check(limit, of: "video") }
        #expect(throws: ControlError.self) { try Attachment.check(limit + 1, of: "video") }
        #expect(throws: ControlError.self) { try Attachment.check(1, of: "text") }
    }
}

extension MediaItem {
    fileprivate static func sha256OfTest(_ bytes: [UInt8]) -> String {
        MediaItem(bytes, mimeType: "image/png", phoneNumberID: "1", direction: .inbound, storedAt: 0).sha256(.base64)
    }
}
