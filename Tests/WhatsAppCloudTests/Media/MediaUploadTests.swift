import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Uploading media")
struct MediaUploadTests {
    private func upload(
        _ media: MediaUpload, _ source: any ByteSource, _ reply: RecordingHTTP.Reply
    ) async throws -> (UploadedMedia, HTTPCall) {
        let http = RecordingHTTP([reply])
        let uploaded = try await Harness.channel(http: http).upload(media, from: source)
        return (uploaded, try #require(http.calls.first))
    }

    private func reply(_ body: String, status: Int = 200) -> RecordingHTTP.Reply {
        .success(HTTPAnswer(status: status, body: Array(body.utf8)))
    }

    @Test("A file goes as a form, in pieces, with its type and name, and lives for 29 days")
    func upload() async throws {
        let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0) }
        let media = MediaUpload(kind: .image, mimeType: "image/png", filename: "cat.png", size: bytes.count)
        let (uploaded, call) = try await upload(
            media, MemorySource(bytes, piece: 700), reply(#"{"id":"1037543291543636"}"#))
        #expect(
            uploaded
                == UploadedMedia(providerID: "1037543291543636", expiresAt: FixedClock().now + .seconds(29 * 86_400)))
        #expect(call.method == "POST" && call.url.contains("/v25.0/106540352242922/media"))
        #expect(call.headers["authorization"] == "Bearer EAAG-access-token" && !call.url.contains("EAAG"))
        let type = try #require(call.headers["content-type"])
        let prefix = "multipart/form-data; boundary="
        try #require(type.hasPrefix(prefix))
        let boundary = String(type.dropFirst(prefix.count))
        let expected =
            Array(
                """
                --\(boundary)\r
                Content-Disposition: form-data; name="messaging_product"\r
                \r
                whatsapp\r
                --\(boundary)\r
                Content-Disposition: form-data; name="type"\r
                \r
                image/png\r
                --\(boundary)\r
                Content-Disposition: form-data; name="file"; filename="cat.png"\r
                Content-Type: image/png\r
                \r\n
                """.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        #expect(call.body == expected)
    }

    @Test("The number of bytes is known beforehand, and a file of another length is not passed off as whole")
    func length() async throws {
        func form(_ bytes: Int, promised: Int) -> MultipartForm {
            MultipartForm(
                fields: [("a", "b")], name: "file", filename: "f", type: "text/plain",
                file: Promised(count: promised, source: MemorySource(Array(repeating: 7, count: bytes), piece: 3)))
        }
        for size in [0, 1, 2, 3, 4, 1000] {
            let form = form(size, promised: size)
            var count = 0
            while let piece = try await form.next() { count += piece.count }
            #expect(count == form.count, "\(size)")
            #expect(try await form.next() == nil)
        }
        for (bytes, promised) in [(9, 10), (11, 10), (0, 1), (1, 0)] {
            let form = form(bytes, promised: promised)
            await #expect(throws: MultipartForm.WrongLength.self) {
                while try await form.next() != nil {}
            }
        }
    }

    @Test("No two forms have one boundary")
    func boundaries() {
        let boundaries = (0..<100).map { _ in
            MultipartForm(fields: [], name: "f", filename: "f", type: "t/t", file: MemorySource([])).boundary
        }
        #expect(Set(boundaries).count == 100 && boundaries.allSatisfy { (20...70).contains($0.utf8.count) })
    }

    @Test(
        "Nothing of a name or type ends a header",
        arguments: [
            ("cat.png", "image/png", "cat.png", "image/png"),
            ("a\"; name=\"b.png", "image/png", "a name=b.png", "image/png"),
            ("a\r\nX-Evil: 1.png", "image/png", "aX-Evil: 1.png", "image/png"),
            ("../../etc/passwd", "text/plain", "passwd.txt", "text/plain"),
            ("C:\\Users\\ann\\cv.pdf", "application/pdf", "cv.pdf", "application/pdf"),
            (nil, "image/jpeg", "document.jpg", "image/jpeg"),
            ("", "audio/ogg; codecs=opus", "document.ogg", "audio/ogg; codecs=opus"),
            ("übersicht", "application/pdf", "übersicht.pdf", "application/pdf"),
            ("a.bin", "application/x-unknown", "a.bin", "application/x-unknown"),
            (nil, "application/x-unknown", "file", "application/x-unknown"),
            ("a.txt", "text/plain\r\nX-Evil: 1", "a.txt", "application/octet-stream"),
            ("a.txt", "", "a.txt", "application/octet-stream"),
        ] as [(String?, String, String, String)])
    func names(filename: String?, type: String, name: String, sent: String) {
        let file = UploadName(MediaUpload(kind: .document, mimeType: type, filename: filename, size: 1))
        #expect(file.name == name && file.type == sent)
    }

    @Test("A long name keeps its end")
    func longName() {
        let media = MediaUpload(
            kind: .document, mimeType: "application/pdf", filename: ContentRulesTests.text(500) + ".pdf", size: 1)
        let name = UploadName(media).name
        #expect(name.count == 120 && name.hasSuffix("a.pdf"))
    }

    @Test("What Meta does not take says why; what broke may be tried again")
    func failures() async throws {
        let media = MediaUpload(kind: .image, mimeType: "image/png", filename: nil, size: 3)
        let cases: [(RecordingHTTP.Reply, ProviderFailure.Kind)] = [
            (reply(#"{"error":{"code":131053,"message":"m"}}"#, status: 400), .refused),
            (reply(#"{"error":{"code":190,"message":"m"}}"#, status: 401), .misconfigured),
            (reply("{}"), .unavailable), (reply("<html>", status: 502), .unavailable),
            (.failure(.unanswered(reason: "reset")), .unavailable),
            (.failure(.notConnected(reason: "refused")), .unavailable),
        ]
        for (reply, kind) in cases {
            do throws(ProviderFailure) {
                _ = try await Harness.channelOrFail(reply).upload(media, from: MemorySource([1, 2, 3]))
                Issue.record("no failure: \(kind)")
            } catch {
                #expect(error.kind == kind)
            }
        }
    }
}

/// A source that says it has another number of bytes than it gives.
private struct Promised: ByteSource {
    var count: Int
    var source: MemorySource

    func next() async throws -> [UInt8]? { try await source.next() }
}

extension Harness {
    fileprivate static func channelOrFail(_ reply: RecordingHTTP.Reply) throws(ProviderFailure) -> WhatsAppCloudAdapter
    {
        guard let channel = try? channel(http: RecordingHTTP([reply])) else {
            throw ProviderFailure(.refused, FailureReason(code: "test", title: "no channel"))
        }
        return channel
    }
}
