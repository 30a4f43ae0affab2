import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct ResumableUploadTests {
    private func part(
        _ sandbox: RunningSandbox, _ id: String, _ bytes: [UInt8], offset: Int
    ) async throws -> RunningSandbox.Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(sandbox.port)/v25.0/\(id)")
        request.method = .POST
        request.headers = ["authorization": "OAuth \(RunningSandbox.acmeToken)", "file_offset": "\(offset)"]
        request.body = .bytes(ByteBuffer(bytes: bytes))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let answer = Array(try await response.body.collect(upTo: 100_000).readableBytesView)
        return .init(status: Int(response.status.code), headers: [:], json: (try? JSON.parse(answer)) ?? .null)
    }

    @Test func `a sample comes in parts and its handle makes a template`() async throws {
        try await withSandbox { sandbox in
            let begun = try await sandbox.manage(
                .post, "app/uploads?file_length=10&file_type=image/png&file_name=a.png")
            let id = try #require(begun.json["id"]?.text)
            #expect(id.hasPrefix("upload:"))
            let first = try await part(sandbox, id, [1, 2, 3, 4], offset: 0)
            #expect(first.json["file_offset"]?.integer == 4)
            let again = try await part(sandbox, id, [1], offset: 0)
            #expect(again.errorCode == 100)
            #expect(try await sandbox.manage(.get, id).json["file_offset"]?.integer == 4)
            let last = try await part(sandbox, id, [5, 6, 7, 8, 9, 10], offset: 4)
            let handle = try #require(last.json["h"]?.text)
            func draft(_ handle: String) -> JSON {
                TemplateTests.draft(
                    "with_picture",
                    [
                        .init(
                            name: "components",
                            value: [
                                [
                                    "type": "HEADER", "format": "IMAGE",
                                    "example": ["header_handle": [JSON(handle)]],
                                ],
                                TemplateRulesTests.plain,
                            ])
                    ])
            }
            let path = "\(RunningSandbox.acmeAccount)/message_templates"
            #expect(try await sandbox.manage(.post, path, draft("1037543291543636")).errorCode == 100)
            #expect(try await sandbox.manage(.post, path, draft(handle)).status == 200)
        }
    }

    @Test func `an upload that cannot be is refused`() async throws {
        try await withSandbox { sandbox in
            for query in [
                "file_type=image/png", "file_length=0&file_type=image/png", "file_length=1&file_type=text/html",
            ] {
                #expect(try await sandbox.manage(.post, "app/uploads?\(query)").errorCode == 100)
            }
            #expect(try await sandbox.manage(.post, "1/uploads?file_length=1&file_type=image/png").errorCode == 100)
            let unknown = try await part(sandbox, "upload:none", [1], offset: 0)
            #expect(unknown.errorCode == 100)
        }
    }
}
