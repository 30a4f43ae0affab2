import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Posts what a provider sends by itself (notices, webhooks) and tells what a receiver makes of it.
struct OutgoingPost: Sendable {
    /// Answers longer than this are cut.
    static let answerLimit = 64 * 1024

    let client: HTTPClient
    let timeout: Duration

    /// What came of a post.
    struct Outcome: Sendable {
        /// Nil when there was no answer.
        var status: Int?
        var contentType: String?
        var body: [UInt8] = []
        /// Why there was no answer, in words.
        var failure: String?

        var isAcknowledged: Bool { status.map { (200..<300).contains($0) } ?? false }

        /// The body as JSON, where it is.
        var json: JSON? { try? JSON.parse(body) }

        /// What control calls tell of it.
        var report: JSON {
            [
                "status": status.map { JSON($0) } ?? .null, "acknowledged": .bool(isAcknowledged),
                "content_type": contentType.map { JSON($0) }, "json": json,
                "text": json == nil && !body.isEmpty ? JSON(String(decoding: body.prefix(2000), as: UTF8.self)) : nil,
                "error": failure.map { JSON($0) },
            ]
        }
    }

    /// - Parameter headers: with the content type.
    func send(_ body: [UInt8], to url: String, headers: [(String, String)]) async -> Outcome {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            let response = try await client.execute(request, timeout: TimeAmount(timeout))
            var answer: [UInt8] = []
            for try await part in response.body where answer.count < Self.answerLimit {
                answer += part.readableBytesView
            }
            return Outcome(
                status: Int(response.status.code), contentType: response.headers.first(name: "content-type"),
                body: Array(answer.prefix(Self.answerLimit)))
        } catch {
            return Outcome(failure: Self.reason(error))
        }
    }

    /// Whether an address can be posted to.
    static func check(_ url: String) throws(ControlError) {
        guard url.hasPrefix("http://") || url.hasPrefix("https://"), url.utf8.count <= 2000 else {
            throw ControlError("'url' takes an http or https address")
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? HTTPClientError else { return "cannot connect" }
        switch error {
        case .connectTimeout, .readTimeout, .deadlineExceeded: return "no answer in time"
        case .remoteConnectionClosed: return "the connection was closed without an answer"
        default: return error.shortDescription
        }
    }
}
