import AdapterKit
import AsyncHTTPClient
import Foundation
import HubCore
import HubStore
import NIOCore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UploadTests {
    static let png = DeskChannel.picture

    @Test func `a file is stored, described and given back as it came`() async throws {
        try await withHub { hub in
            let answer = try await hub.upload(
                Self.png, kind: "image", type: "image/png", query: "&filename=na%C3%AFve.png")
            #expect(answer.status == 201)
            let id = try #require(answer.json["id"]?.string)
            #expect(answer.headers["location"] == ["/api/v1/media/\(id)"])
            #expect(answer.json["mime_type"] == "image/png")
            #expect(answer.json["size"]?.integer == Int64(Self.png.count))
            #expect(answer.json["filename"] == "naïve.png")
            #expect(try await hub.get("/api/v1/media/\(id)/metadata").json == answer.json)
            #expect(try await hub.get("/api/v1/media/\(id)").body == Self.png)
        }
    }

    @Test func `the type is found where none is declared`() async throws {
        try await withHub { hub in
            let picture = try await hub.upload(Self.png, kind: "image")
            #expect(picture.json["mime_type"] == "image/png")
            let text = try await hub.upload(Array("Hello".utf8), kind: "document")
            #expect(text.json["mime_type"] == "text/plain")
        }
    }

    @Test func `the name may stand in the disposition`() async throws {
        try await withHub { hub in
            let answer = try await hub.upload(
                Self.png, kind: "image",
                headers: [("Content-Disposition", "attachment; filename*=UTF-8''%E2%82%AC.png")])
            #expect(answer.json["filename"] == "€.png")
        }
    }

    @Test(arguments: [("image", "image/jpeg"), ("video", "image/png"), ("document", "multipart/form-data; boundary=x")])
    func `a type that is not the file's is refused, and nothing stays`(_ kind: String, _ type: String) async throws {
        try await withHub { hub in
            let answer = try await hub.upload(Self.png, kind: kind, type: type)
            #expect(answer.status == 422)
            #expect(answer.code == "media_type_mismatch")
            #expect(hub.mediaFiles().isEmpty)
        }
    }

    @Test(arguments: [
        ("/api/v1/media", "?kind", "missing"), ("/api/v1/media?kind=film", "?kind", "wrong_value"),
        ("/api/v1/media?kind=image&filename=a/b", "?filename", "wrong_value"),
        ("/api/v1/media?kind=image&filename=..%5Cb", "?filename", "wrong_value"),
        ("/api/v1/media?kind=image&filename=", "?filename", "wrong_value"),
        ("/api/v1/media?kind=image&filename=a%0Ab", "?filename", "wrong_value"),
        ("/api/v1/media?kind=image&name=a", "", "unknown_parameter"),
    ])
    func `what is said of a file wrongly is told with its place`(_ path: String, _ pointer: String, _ code: String)
        async throws
    {
        try await withHub { hub in
            let answer = try await hub.call(
                .POST, path, key: Sample.key("acme"), headers: [("Content-Type", "image/png")], body: Self.png)
            #expect(answer.status == 422)
            #expect(answer.json["errors"]?.elements.map { $0["pointer"]?.string } == [pointer])
            #expect(answer.json["errors"]?.elements.map { $0["code"]?.string } == [code])
        }
    }

    @Test func `an empty file is none`() async throws {
        try await withHub { hub in
            let answer = try await hub.upload([], kind: "document")
            #expect(answer.status == 422)
            #expect(answer.code == "invalid_request")
            #expect(hub.mediaFiles().isEmpty)
        }
    }

    // MARK: Sizes

    @Test func `a file that says it is too large is refused before it comes`() async throws {
        try await withHub { hub in
            let answer = try await hub.raw(
                "POST /api/v1/media?kind=image HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer \(Sample.key("acme"))\r\n"
                    + "content-length: 5242881\r\nconnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(answer.contains(#""code":"too_large""#))
        }
    }

    @Test func `a file that turns out too large is refused, and nothing stays`() async throws {
        try await withHub { hub in
            let start = ByteBuffer(bytes: Self.png)
            let rest = ByteBuffer(bytes: [UInt8](repeating: 7, count: 1 << 20))
            // Less than the server may read ahead, so that whoever sends gets to the end.
            let body = [start] + [ByteBuffer](repeating: rest, count: 5)
            let answer = try await hub.stream(
                AsyncStream<ByteBuffer> { continuation in
                    for piece in body { continuation.yield(piece) }
                    continuation.finish()
                }, kind: "image")
            #expect(answer.status == 413)
            #expect(answer.code == "too_large")
            #expect(hub.mediaFiles().isEmpty)
        }
    }

    @Test func `twenty megabytes are on disk piece by piece, and come back so`() async throws {
        try await withHub { hub in
            let head: [UInt8] = [0, 0, 0, 24] + Array("ftypisom".utf8)
            let piece = [UInt8](repeating: 0x5A, count: 256 * 1024)
            let pieces = 80
            let answer = try await hub.stream(
                AsyncStream<ByteBuffer> { continuation in
                    let sending = Task {
                        continuation.yield(ByteBuffer(bytes: head))
                        for index in 0..<pieces {
                            // The second half waits for the first to be sealed on disk: nobody holds the whole.
                            while index == pieces / 2, hub.mediaFiles().values.max() ?? 0 < 8 << 20, !Task.isCancelled {
                                try? await Task.sleep(for: .milliseconds(20))
                            }
                            continuation.yield(ByteBuffer(bytes: piece))
                        }
                        continuation.finish()
                    }
                    continuation.onTermination = { _ in sending.cancel() }
                }, kind: "video")
            #expect(answer.status == 201)
            let size = head.count + pieces * piece.count
            #expect(answer.json["size"]?.integer == Int64(size))
            let id = try #require(answer.json["id"]?.string)

            var request = HTTPClientRequest(url: hub.url("/api/v1/media/\(id)"))
            request.headers.add(name: "authorization", value: "Bearer \(Sample.key("acme"))")
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            #expect(response.headers["content-length"] == [String(size)])
            var count = 0
            var isSame = true
            for try await buffer in response.body {
                for (index, byte) in buffer.readableBytesView.enumerated() where count + index >= head.count {
                    isSame = isSame && byte == 0x5A
                }
                count += buffer.readableBytes
            }
            #expect(count == size)
            #expect(isSame)
        }
    }

    @Test func `an upload that breaks off leaves nothing`() async throws {
        try await withHub { hub in
            struct Gone: Error {}
            let broken = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
                continuation.yield(ByteBuffer(bytes: Self.png + [UInt8](repeating: 1, count: 200_000)))
                continuation.finish(throwing: Gone())
            }
            await #expect(throws: (any Error).self) { try await hub.stream(broken, kind: "image") }
            while !hub.mediaFiles().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    // MARK: Sending

    @Test func `uploaded media are sent, and others are refused with their place`() async throws {
        try await withHub { hub in
            try await hub.openWindow(from: "+16505550100")
            func send(_ id: String) async throws -> Answer {
                try await hub.post(
                    "/api/v1/messages",
                    [
                        "channel": "desk", "to": "+16505550100", "type": "image",
                        "image": ["id": .string(id), "caption": "This one?"],
                    ], headers: [("Idempotency-Key", id)])
            }
            let good = try #require(try await hub.upload(Self.png, kind: "image").json["id"]?.string)
            let queued = try await send(good)
            #expect(queued.status == 202)
            let message = try #require(queued.json["id"]?.string)
            try await hub.waitForStatus("accepted", of: message)
            #expect(try await hub.get("/api/v1/messages/\(message)").json["image"]?["id"]?.string == good)

            let text = try #require(try await hub.upload(Array("Hi".utf8), kind: "document").json["id"]?.string)
            let foreign = try #require(
                try await hub.upload(Self.png, kind: "image", tenant: "globex").json["id"]?.string)
            for (id, code) in [
                (text, "wrong_media_type"), (foreign, "unknown_media"), (APICall.unknownID("med"), "unknown_media"),
            ] {
                let answer = try await send(id)
                #expect(answer.status == 422)
                #expect(answer.json["errors"]?.elements.map { $0["code"]?.string } == [code])
                #expect(answer.json["errors"]?.elements.map { $0["pointer"] } == ["/image/id"])
            }
        }
    }
}

extension RunningHub {
    /// The files of acme's media and their sizes.
    func mediaFiles() -> [String: Int] {
        let path = "\(folder)/tenants/acme/media"
        let manager = FileManager.default
        var sizes: [String: Int] = [:]
        for name in (try? manager.contentsOfDirectory(atPath: path)) ?? [] where Int(name) != nil {
            // It may be gone by now.
            sizes[name] = (try? manager.attributesOfItem(atPath: "\(path)/\(name)"))?[.size] as? Int ?? 0
        }
        return sizes
    }

    /// Uploads for acme what comes piece by piece, without saying how much it will be.
    @discardableResult
    func stream<Pieces: AsyncSequence & Sendable>(_ pieces: Pieces, kind: String) async throws -> Answer
    where Pieces.Element == ByteBuffer {
        var request = HTTPClientRequest(url: url("/api/v1/media?kind=\(kind)"))
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer \(Sample.key("acme"))")
        request.body = .stream(pieces, length: .unknown)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(50))
        return Answer(
            status: Int(response.status.code), headers: response.headers,
            body: Array(try await response.body.collect(upTo: 1 << 20).readableBytesView))
    }
}
