import AdapterKit
import HubCore
import NIOHTTP1
import Testing

@testable import HubServer

@Suite(.timeLimit(.minutes(1)))
struct MediaTests {
    private func upload(_ hub: RunningHub, _ text: String, query: String = "") async throws -> String {
        try #require(
            try await hub.upload(Array(text.utf8), kind: "document", query: query).json["id"]?.string)
    }

    @Test func `a picture may be shown, and nothing of it may run`() async throws {
        try await withHub { hub in
            let id = try #require(try await hub.upload(UploadTests.png, kind: "image").json["id"]?.string)
            let answer = try await hub.get("/api/v1/media/\(id)")
            #expect(answer.headers["content-type"] == ["image/png"])
            #expect(
                answer.headers["content-disposition"]
                    == ["inline; filename=\"\(id).png\"; filename*=UTF-8''\(id).png"])
            #expect(answer.headers["content-security-policy"] == ["sandbox; default-src 'none'"])
            #expect(answer.headers["x-content-type-options"] == ["nosniff"])
            #expect(answer.headers["content-length"] == [String(UploadTests.png.count)])
        }
    }

    @Test(arguments: ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", "application/pdf"])
    func `what a browser could run is only saved`(_ type: String) async throws {
        try await withHub { hub in
            let bytes = Array((type == "application/pdf" ? "%PDF-1.7" : "<svg onload=alert(1)>").utf8)
            let id = try #require(
                try await hub.upload(bytes, kind: "document", type: type, query: "&filename=x.html").json["id"]?.string)
            #expect(try await hub.get("/api/v1/media/\(id)/metadata").json["mime_type"]?.string == type)
            let answer = try await hub.get("/api/v1/media/\(id)")
            #expect(answer.headers["content-type"] == ["application/octet-stream"])
            #expect(answer.headers["content-disposition"].first?.hasPrefix("attachment; ") == true)
            #expect(answer.body == bytes)
        }
    }

    @Test func `a part is given as it is asked for`() async throws {
        try await withHub { hub in
            let id = try await upload(hub, "0123456789")
            func get(_ range: String, _ more: [(String, String)] = []) async throws -> Answer {
                try await hub.call(
                    .GET, "/api/v1/media/\(id)", key: Sample.key("acme"), headers: [("Range", range)] + more)
            }
            let part = try await get("bytes=2-4")
            #expect(part.status == 206)
            #expect(part.text == "234")
            #expect(part.headers["content-range"] == ["bytes 2-4/10"])
            #expect(part.headers["content-length"] == ["3"])
            #expect(try await get("bytes=-3").text == "789")
            #expect(try await get("bytes=8-").text == "89")
            #expect(try await get("bytes=0-1,3-4").status == 200)
            let beyond = try await get("bytes=10-")
            #expect(beyond.status == 416)
            #expect(beyond.code == "range_not_satisfiable")
            #expect(beyond.headers["content-range"] == ["bytes */10"])
            let tag = try #require(part.headers["etag"].first)
            #expect(try await get("bytes=2-4", [("If-Range", tag)]).status == 206)
            #expect(try await get("bytes=2-4", [("If-Range", "\"another\"")]).text == "0123456789")
        }
    }

    @Test func `a part of a large file that crosses its pieces is whole`() async throws {
        try await withHub { hub in
            let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &>> 3) | 0x80 }
            let id = try #require(try await hub.upload(bytes, kind: "document").json["id"]?.string)
            for range in [65_530..<65_550, 0..<65_536, 131_000..<200_000, 199_999..<200_000] {
                let answer = try await hub.call(
                    .GET, "/api/v1/media/\(id)", key: Sample.key("acme"),
                    headers: [("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")])
                #expect(answer.body == Array(bytes[range]))
            }
        }
    }

    @Test func `HEAD says what GET would`() async throws {
        try await withHub { hub in
            let id = try await upload(hub, "0123456789")
            let head = try await hub.call(.HEAD, "/api/v1/media/\(id)", key: Sample.key("acme"))
            let get = try await hub.get("/api/v1/media/\(id)")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            for name in ["content-type", "content-length", "content-disposition", "etag", "accept-ranges"] {
                #expect(head.headers[name] == get.headers[name])
            }
        }
    }

    // MARK: What came in

    @Test func `media of a message are fetched and told of`() async throws {
        try await withHub { hub in
            let message = try await hub.receiveImage("photo", filename: "../cat.png")
            let id = try #require(message["image"]?["id"]?.string)
            try await hub.waitForMedia("stored", id)
            let answer = try await hub.get("/api/v1/media/\(id)")
            #expect(answer.body == DeskChannel.picture)
            #expect(answer.headers["content-type"] == ["image/png"])
            let metadata = try await hub.get("/api/v1/media/\(id)/metadata").json
            #expect(metadata["message_id"] == message["id"])
            // Every event fits the document.
            #expect(try await hub.get("/api/v1/events").status == 200)
        }
    }

    @Test func `media that nobody has fetched yet are pending`() async throws {
        try await withHub { hub in
            // This channel fetches none.
            try await hub.webhook([
                "number": "100",
                "messages": [
                    [
                        "id": "in:1", "from": "+16505551234", "type": "image",
                        "media": ["id": "1", "mime_type": "image/png"],
                    ]
                ],
            ])
            let event = try await hub.event(of: "acme") { $0["type"] == "message.received" }
            let id = try #require(event["data"]?["message"]?["image"]?["id"]?.string)
            let answer = try await hub.get("/api/v1/media/\(id)")
            #expect(answer.status == 409)
            #expect(answer.code == "media_pending")
            #expect(answer.headers["retry-after"] == ["5"])
            #expect(try await hub.get("/api/v1/media/\(id)/metadata").json["state"] == "pending")
            #expect(try await hub.post("/api/v1/media/\(id)/retry").code == "media_not_retriable")
        }
    }

    @Test func `media that could not be fetched say why, and are fetched again`() async throws {
        try await withHub { hub in
            let message = try await hub.receiveImage("broken")
            let id = try #require(message["image"]?["id"]?.string)
            try await hub.waitForMedia("failed", id)
            let answer = try await hub.get("/api/v1/media/\(id)")
            #expect(answer.status == 409)
            #expect(answer.code == "media_failed")
            #expect(answer.json["reason"]?["code"] == "131052")
            let retried = try await hub.post("/api/v1/media/\(id)/retry")
            #expect(retried.status == 202)
            #expect(retried.json == ["id": .string(id), "state": "pending"])
        }
    }
}
