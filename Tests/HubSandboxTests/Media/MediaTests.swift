import Crypto
import FoundationEssentials
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct MediaTests {
    private static var hex: String {
        SHA256.hash(data: RunningSandbox.picture).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test func `an upload is looked up, fetched whole and deleted`() async throws {
        try await withSandbox { sandbox in
            let id = try await sandbox.uploadPicture()
            let object = try await sandbox.manage(.get, "\(id)?phone_number_id=\(RunningSandbox.acme)").json
            #expect(object["mime_type"]?.text == "image/png")
            #expect(object["file_size"]?.integer == RunningSandbox.picture.count)
            #expect(object["sha256"]?.text == Self.hex)
            #expect(object["messaging_product"]?.text == "whatsapp")
            let url = try #require(object["url"]?.text)
            let file = try await sandbox.download(url)
            #expect(file.status == 200)
            #expect(file.bytes == RunningSandbox.picture)
            #expect(try await sandbox.manage(.delete, id).json == ["success": true])
            #expect(try await sandbox.manage(.get, id).errorCode == 100)
            #expect(try await sandbox.download(url).status == 404)
        }
    }

    @Test func `the hash can be base64`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["media_hash": "base64"])
            let id = try await sandbox.uploadPicture()
            let hash = try await sandbox.manage(.get, id).json["sha256"]?.text
            #expect(hash == Data(SHA256.hash(data: RunningSandbox.picture)).base64EncodedString())
        }
    }

    @Test func `an address needs the token of its business, and ends`() async throws {
        try await withSandbox { sandbox in
            let id = try await sandbox.uploadPicture()
            let url = try #require(try await sandbox.manage(.get, id).json["url"]?.text)
            #expect(try await sandbox.download(url, token: nil).status == 401)
            #expect(try await sandbox.download(url, token: "wrong").status == 401)
            #expect(try await sandbox.download(url, token: RunningSandbox.globexToken).status == 404)
            #expect(try await sandbox.download(url + "0").status == 404)
            try await sandbox.setRules(["media_url_seconds": 0])
            let over = try #require(try await sandbox.manage(.get, id).json["url"]?.text)
            #expect(try await sandbox.download(over).status == 404)
            #expect(try await sandbox.download(url).status == 200)
        }
    }

    @Test func `a file is another business's secret`() async throws {
        try await withSandbox { sandbox in
            let id = try await sandbox.uploadPicture()
            let foreign = try await sandbox.call(.get, "/v25.0/\(id)", token: RunningSandbox.globexToken)
            #expect(foreign.errorCode == 100 && foreign.json["error"]?["error_subcode"]?.integer == 33)
            let wrong = try await sandbox.manage(.get, "\(id)?phone_number_id=\(RunningSandbox.globex)")
            #expect(wrong.errorCode == 100)
            let deleted = try await sandbox.call(.delete, "/v25.0/\(id)", token: RunningSandbox.globexToken)
            #expect(deleted.errorCode == 100)
            #expect(try await sandbox.manage(.get, id).status == 200)
        }
    }

    @Test func `what cannot be uploaded is refused with its code`() async throws {
        let big = [UInt8](repeating: 1, count: 5 * 1024 * 1024 + 1)
        let rows: [(form: [UInt8], code: Int)] = [
            (RunningSandbox.form(RunningSandbox.picture, type: "image/png", product: nil), 100),
            (RunningSandbox.form(RunningSandbox.picture, type: "image/png", product: "sms"), 100),
            (RunningSandbox.form(RunningSandbox.picture, type: nil), 100),
            (RunningSandbox.form(RunningSandbox.picture, type: "image/gif"), 100),
            (RunningSandbox.form([], type: "image/png"), 100),
            (RunningSandbox.form(big, type: "image/png"), 131053),
            (Array("nothing".utf8), 100),
        ]
        try await withSandbox { sandbox in
            for row in rows {
                #expect(try await sandbox.upload(row.form).errorCode == row.code)
            }
            let foreign = try await sandbox.upload(
                RunningSandbox.form(RunningSandbox.picture, type: "image/png"), number: RunningSandbox.globex)
            #expect(foreign.errorCode == 100)
        }
    }

    @Test func `the sandbox sends files that exist and no others`() async throws {
        try await withSandbox { sandbox in
            let id = try await sandbox.uploadPicture()
            #expect(try await sandbox.send("image", ["id": JSON(id)]).status == 200)
            #expect(try await sandbox.send("image", ["id": "1037543291543636"]).errorCode == 131009)
            let foreign = try await sandbox.uploadPicture(
                number: RunningSandbox.globex, token: RunningSandbox.globexToken)
            #expect(try await sandbox.send("image", ["id": JSON(foreign)]).errorCode == 131009)
            let header: JSON = [
                "type": "button", "header": ["type": "image", "image": ["id": "1"]], "body": ["text": "Well?"],
                "action": ["buttons": [["type": "reply", "reply": ["id": "a", "title": "A"]]]],
            ]
            #expect(try await sandbox.send("interactive", header).errorCode == 131009)
        }
    }

    @Test func `a picture sent as a video, and a link that cannot be fetched, fail later`() async throws {
        try await withSandbox { sandbox in
            let id = try await sandbox.uploadPicture()
            #expect(try await sandbox.send("video", ["id": JSON(id)]).status == 200)
            var status = try #require(await sandbox.hub.posts(1).last?.statuses.first)
            #expect(status["errors"]?.elements?.first?["code"]?.integer == 131053)
            try await sandbox.setFaults(["link_fetch": ["count": 1]])
            #expect(try await sandbox.send("image", ["link": "https://example.com/a.png"]).status == 200)
            status = try #require(await sandbox.hub.posts(2).last?.statuses.first)
            #expect(status["errors"]?.elements?.first?["code"]?.integer == 131053)
            _ = try await sandbox.send("image", ["link": "https://example.com/a.png"])
            #expect(await sandbox.hub.statuses(5).suffix(3) == ["sent", "delivered", "read"])
        }
    }

    @Test func `downloads go wrong on request, once each`() async throws {
        try await withSandbox { sandbox in
            let id = try await sandbox.uploadPicture()
            let url = try #require(try await sandbox.manage(.get, id).json["url"]?.text)
            try await sandbox.setFaults(["media": "wrong_hash"])
            let changed = try await sandbox.download(url)
            #expect(changed.status == 200 && changed.bytes.count == RunningSandbox.picture.count)
            #expect(changed.bytes != RunningSandbox.picture)
            #expect(try await sandbox.download(url).bytes == RunningSandbox.picture)
            try await sandbox.setFaults(["media": ["kind": "too_large", "bytes": 200_000]])
            #expect(try await sandbox.download(url).bytes.count == 200_000)
            try await sandbox.setFaults(["media": ["kind": "unavailable", "http": 503]])
            #expect(try await sandbox.download(url).status == 503)
            try await sandbox.setFaults(["media": "expired"])
            #expect(try await sandbox.download(url).status == 404)
            try await sandbox.setFaults(["media": "truncated"])
            await #expect(throws: (any Error).self) { try await sandbox.download(url) }
            #expect(try await sandbox.download(url).bytes == RunningSandbox.picture)
        }
    }
}
