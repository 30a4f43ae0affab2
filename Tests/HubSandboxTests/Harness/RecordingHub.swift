import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Testing

@testable import HubSandbox

/// A receiver of webhooks on a real socket that keeps what comes, byte for byte.
actor RecordingHub {
    struct Post: Sendable {
        let body: [UInt8]
        let signature: String?
        /// By lower-case name.
        var headers: [String: String] = [:]

        var json: JSON { (try? JSON.parse(body)) ?? .null }

        /// The `change.value` objects of all entries.
        var values: [JSON] {
            (json["entry"]?.elements ?? []).flatMap { $0["changes"]?.elements ?? [] }.compactMap { $0["value"] }
        }

        var statuses: [JSON] { values.flatMap { $0["statuses"]?.elements ?? [] } }
        var messages: [JSON] { values.flatMap { $0["messages"]?.elements ?? [] } }
    }

    private(set) var posts: [Post] = []
    private(set) var challenges: [String] = []
    private var answers: [Int] = []
    private var verifyToken = "sandbox-verify-token"
    private var reply: JSON?

    /// Answers the next posts with these HTTP statuses, and all after them with 200.
    func answerNext(_ statuses: Int...) { answers = statuses }

    /// Answers posts with this body from now on.
    func reply(with json: JSON) { reply = json }

    func expect(verifyToken: String) { self.verifyToken = verifyToken }

    /// The first posts, once there are as many; a minute is waited for them.
    func posts(_ count: Int) async -> [Post] {
        let deadline = ContinuousClock.now + .seconds(60)
        while posts.count < count, ContinuousClock.now < deadline, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(2))
        }
        let missing = count - posts.count
        guard missing > 0 else { return posts }
        Issue.record("\(missing) of \(count) webhooks did not come within a minute")
        return posts + Array(repeating: Post(body: [], signature: nil), count: missing)
    }

    /// The statuses of the first posts, once there are as many posts.
    func statuses(_ count: Int) async -> [String] {
        await posts(count).flatMap(\.statuses).compactMap { $0["status"]?.text }
    }

    private func take(_ post: Post) -> Response {
        posts.append(post)
        let status: HTTPResponse.Status = answers.isEmpty ? .ok : .init(code: answers.removeFirst())
        return reply.map { .json($0, status: status) } ?? Response(status: status)
    }

    private func verify(_ query: [String: String]) -> Response {
        let challenge = query["hub.challenge"] ?? ""
        guard query["hub.mode"] == "subscribe", query["hub.verify_token"] == verifyToken else {
            return Response(status: .forbidden)
        }
        challenges.append(challenge)
        return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: challenge)))
    }

    /// Serves until the task is cancelled.
    nonisolated func run(onBound: @escaping @Sendable (Int) -> Void) async throws {
        let router = Router()
        router.post("hook") { request, _ in
            let buffer = try await request.body.collect(upTo: 4_000_000)
            let signature = HTTPField.Name("x-hub-signature-256").flatMap { request.headers[$0] }
            let headers = request.headers.map { ($0.name.canonicalName, $0.value) }
            return await self.take(
                Post(
                    body: Array(buffer.readableBytesView), signature: signature,
                    headers: Dictionary(headers) { $1 }))
        }
        router.get("hook") { request, _ in
            let query = request.uri.queryParameters.map { (String($0.key), String($0.value)) }
            return await self.verify(Dictionary(query) { $1 })
        }
        let app = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in onBound(channel.localAddress?.port ?? 0) }, logger: quietLogger)
        try await app.run()
    }
}

let quietLogger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
