import AdapterKit
import Synchronization

/// The other side of the test's identity provider and of its business system: a token endpoint at which the code
/// `code-of-ada` is worth the token `token-of-ada`. Everything else is refused, so that a test calls nobody.
final class ScriptedProvider: HTTPPort {
    static let authorization = "https://id.example.com/authorize"
    static let token = "https://id.example.com/token"

    /// The forms that came to the token endpoint.
    private let forms = Mutex<[String]>([])
    let isDown = Mutex(false)

    var exchanges: [String] { forms.withLock { $0 } }

    func send(_ request: HTTPCall) async throws(HTTPFailure) -> HTTPAnswer {
        guard request.url == Self.token, request.method == "POST" else {
            throw .refused(reason: "a test calls nobody")
        }
        guard !isDown.withLock({ $0 }) else { throw .notConnected(reason: "it is down") }
        let form = String(decoding: request.body, as: UTF8.self)
        forms.withLock { $0.append(form) }
        let code = form.split(separator: "&").first { $0.hasPrefix("code=code-of-") }
        let headers: HTTPFields = [("content-type", "application/json")]
        guard let name = code?.dropFirst("code=code-of-".count) else {
            return HTTPAnswer(status: 400, headers: headers, body: Array(#"{"error":"invalid_grant"}"#.utf8))
        }
        let reply: JSON = [
            "access_token": .string("token-of-\(name)"), "token_type": "Bearer", "expires_in": 3600,
        ]
        return HTTPAnswer(status: 200, headers: headers, body: reply.encoded)
    }

    func send(
        _ request: HTTPCall, from source: (any ByteSource)?, into sink: (any ByteSink)?
    ) async throws(HTTPFailure) -> HTTPAnswer {
        try await send(request)
    }
}
