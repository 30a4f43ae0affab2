import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct PhoneMediaTests {
    @Test(
        arguments: [
            ("bytes=0-3", 0..<4), ("bytes=4-", 4..<10), ("bytes=-3", 7..<10), ("bytes=8-99", 8..<10),
            ("bytes=-99", 0..<10),
            ("bytes=10-", nil), ("bytes=5-2", nil), ("bytes=-0", nil), ("bytes=0-1,3-4", nil), ("bytes=-", nil),
            ("items=0-3", nil),
        ] as [(String, Range<Int>?)])
    func `one range of bytes is understood, anything else means all`(header: String, part: Range<Int>?) {
        #expect(PhoneMedia.part(header, of: 10) == part)
    }

    @Test func `a file is served so that a browser can do no harm with it`() async throws {
        try await withSandbox { sandbox in
            let page = try await sandbox.upload("<script>alert(1)</script>", type: "document", mimeType: "text/html")
            let answer = try await sandbox.file(page)
            #expect(answer.status == .ok)
            #expect(answer.headers.first(name: "content-type") == "application/octet-stream")
            #expect(answer.headers.first(name: "content-disposition")?.hasPrefix("attachment") == true)
            #expect(answer.headers.first(name: "x-content-type-options") == "nosniff")
            #expect(answer.headers.first(name: "content-security-policy")?.contains("sandbox") == true)
            #expect(answer.headers.first(name: "cross-origin-resource-policy") == "same-origin")

            let image = try await sandbox.upload("0123456789", type: "image", mimeType: "image/png")
            let part = try await sandbox.file(image, range: "bytes=2-4")
            #expect(part.status == .partialContent)
            #expect(part.headers.first(name: "content-range") == "bytes 2-4/10")
            #expect(part.headers.first(name: "content-type") == "image/png")
            #expect(String(buffer: try await part.body.collect(upTo: 100)) == "234")
            #expect(try await sandbox.file("1").status == .notFound)
        }
    }

    @Test func `a file that was uploaded is sent by its id`() async throws {
        try await withSandbox { sandbox in
            let id = try await sandbox.upload("%PDF-1.4", type: "document", mimeType: "application/pdf")
            _ = try await sandbox.call(
                .post, "/phone/messages",
                [
                    "phone_number_id": JSON(RunningSandbox.acme), "from": "+16505551234", "type": "document",
                    "media_id": JSON(id), "filename": "a \"b\".pdf", "caption": "Here",
                ])
            let document = try #require(await sandbox.hub.posts(1).first?.messages.first?["document"])
            #expect(document["id"]?.text == id)
            #expect(document["filename"]?.text == "a \"b\".pdf")
        }
    }

    @Test func `only links that a message has are fetched`() async throws {
        try await withSandbox { sandbox in
            let link = "http://127.0.0.1:\(sandbox.port)/phone/assets/icon.svg"
            let sent = try await sandbox.send(
                ValidationTests.framed(["type": "document", "document": ["link": JSON(link), "filename": "icon.svg"]]))
            let id = try #require(sent.json["messages"]?.elements?.first?["id"]?.text)
            let good = try await sandbox.linked(link, of: id)
            #expect(good.status == .ok)
            #expect(good.headers.first(name: "content-type") == "application/octet-stream")
            #expect(try await sandbox.linked(link + "x", of: id).status == .notFound)
            #expect(try await sandbox.linked(link, of: "wamid.none").status == .notFound)
        }
    }
}

extension RunningSandbox {
    fileprivate func upload(_ text: String, type: String, mimeType: String) async throws -> String {
        var request = HTTPClientRequest(
            url: "http://127.0.0.1:\(port)/phone/media?phone_number_id=\(Self.acme)&type=\(type)")
        request.method = .POST
        request.headers.add(name: "content-type", value: mimeType)
        request.body = .bytes(ByteBuffer(string: text))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let json = try JSON.parse(Array(try await response.body.collect(upTo: 10_000).readableBytesView))
        return try #require(json["id"]?.text)
    }

    fileprivate func file(_ id: String, range: String? = nil) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/phone/media/\(id)")
        if let range { request.headers.add(name: "range", value: range) }
        return try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    }

    fileprivate func linked(_ link: String, of id: String) async throws -> HTTPClientResponse {
        var components = URLComponents()
        components.queryItems = [.init(name: "message_id", value: id), .init(name: "link", value: link)]
        let query = components.percentEncodedQuery?.replacingOccurrences(of: "+", with: "%2B") ?? ""
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/phone/linked?\(query)")
        return try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    }
}
