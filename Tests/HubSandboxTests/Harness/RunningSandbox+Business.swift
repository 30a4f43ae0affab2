import AsyncHTTPClient
import NIOCore
import NIOHTTP1

@testable import HubSandbox

/// Calls of the first business, with its own token.
extension RunningSandbox {
    static let waba = "102290129340398"
    static let token = "sandbox-token-acme"

    /// Calls an edge of the number: `/v25.0/{phone_number_id}/{edge}`.
    func number(_ method: Method, _ edge: String = "", _ body: JSON? = nil) async throws -> Answer {
        try await call(method, "/v25.0/\(Self.acme)\(edge.isEmpty ? "" : "/")\(edge)", body, token: Self.token)
    }

    /// Reads fields of the number.
    func fields(_ fields: String) async throws -> JSON {
        try await call(.get, "/v25.0/\(Self.acme)?fields=\(fields)", token: Self.token).json
    }

    /// Calls an edge of the business account.
    func account(_ method: Method, _ edge: String, _ body: JSON? = nil) async throws -> Answer {
        try await call(method, "/v25.0/\(Self.waba)/\(edge)", body, token: Self.token)
    }

    func control(_ method: Method, _ path: String, _ body: JSON? = nil) async throws -> Answer {
        try await call(method, "/_sandbox/whatsapp/\(path)", body)
    }

    /// Sets what only Meta can set of the first number.
    func setNumber(_ members: JSON) async throws {
        let answer = try await control(.post, "numbers", ["phone_number_id": JSON(Self.acme)] + members)
        guard answer.status == 200 else { throw SetupError(answer: answer) }
    }

    /// Posts `application/x-www-form-urlencoded`.
    func form(_ path: String, _ body: String, token: String?) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let bytes = Array(try await response.body.collect(upTo: 10_000_000).readableBytesView)
        return Answer(status: Int(response.status.code), headers: [:], json: (try? JSON.parse(bytes)) ?? .null)
    }

    func advance(milliseconds: Int) async throws {
        _ = try await control(.post, "clock", ["advance_ms": JSON(milliseconds)])
    }
}

extension RecordingHub.Post {
    /// The `changes` of all entries.
    var changes: [JSON] { entries.flatMap { $0["changes"]?.elements ?? [] } }
    var entries: [JSON] { json["entry"]?.elements ?? [] }
}
