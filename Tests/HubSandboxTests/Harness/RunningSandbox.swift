import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

@testable import HubSandbox

/// A sandbox on a real socket, with a recording receiver as the webhook of both sample numbers.
struct RunningSandbox: Sendable {
    static let acme = "106540352242922"
    static let globex = "106540352242933"

    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    struct Answer: Sendable {
        let status: Int
        /// By lower-case name.
        let headers: [String: String]
        let json: JSON

        var errorCode: Int? { json["error"]?["code"]?.integer }
    }

    let hub: RecordingHub
    let port: Int

    func call(
        _ method: Method, _ path: String, _ body: JSON? = nil, token: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = HTTPMethod(rawValue: method.rawValue)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let bytes = Array(try await response.body.collect(upTo: 10_000_000).readableBytesView)
        return Answer(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { $1 },
            json: (try? JSON.parse(bytes)) ?? .null)
    }

    /// Sends as the business of that number with its own token.
    func send(_ body: JSON, number: String = acme) async throws -> Answer {
        let token = number == Self.acme ? "sandbox-token-acme" : "sandbox-token-globex"
        return try await call(.post, "/v25.0/\(number)/messages", body, token: token)
    }

    func sendText(
        _ text: String = "Hello", to: String = "+16505551234", number: String = acme, data: String? = nil
    ) async throws -> Answer {
        try await send(Self.text(text, to: to, data: data), number: number)
    }

    static func text(_ text: String, to: String = "+16505551234", data: String? = nil) -> JSON {
        [
            "messaging_product": "whatsapp", "to": JSON(to), "type": "text", "text": ["body": JSON(text)],
            "biz_opaque_callback_data": data.map { JSON($0) },
        ]
    }

    func inbound(_ text: String = "Hi", number: String = acme, _ more: [JSON.Member] = []) async throws -> Answer {
        let body: [JSON.Member] = [
            .init(name: "phone_number_id", value: JSON(number)), .init(name: "from", value: "+16505551234"),
            .init(name: "name", value: "Ada"), .init(name: "text", value: JSON(text)),
        ]
        return try await call(.post, "/_sandbox/whatsapp/inbound", .object(body + more))
    }

    func setFaults(_ faults: JSON) async throws {
        let answer = try await call(.put, "/_sandbox/whatsapp/faults", faults)
        guard answer.status == 200 else { throw SetupError(answer: answer) }
    }

    struct SetupError: Error {
        let answer: Answer
    }
}

/// Runs a test against a fresh sandbox.
/// - Parameters:
///   - webhook: where the numbers' webhooks go; the recording receiver unless given.
///   - change: changes to the sample configuration.
func withSandbox(
    webhook: String? = nil, change: (inout SandboxConfiguration) -> Void = { _ in },
    _ test: @Sendable (RunningSandbox) async throws -> Void
) async throws {
    let hub = RecordingHub()
    var configuration = SandboxConfiguration.sample
    configuration.port = 0
    configuration.delays = .init(sent: .milliseconds(5), delivered: .milliseconds(10), read: .milliseconds(15))
    configuration.retries = .init(base: .milliseconds(5), ceiling: .milliseconds(20), limit: 30)
    change(&configuration)
    let (hubPorts, hubPort) = AsyncStream.makeStream(of: Int.self)
    let receiver = ReceiverService(hub: hub) { hubPort.yield($0) }
    try await running(receiver) {
        let hubURL = "http://127.0.0.1:\(await hubPorts.first { _ in true } ?? 0)/hook"
        for index in configuration.numbers.indices { configuration.numbers[index].webhookURL = webhook ?? hubURL }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        try await running(Sandbox(configuration: configuration, logger: quietLogger) { port.yield($0) }) {
            try await test(RunningSandbox(hub: hub, port: await ports.first { _ in true } ?? 0))
        }
    }
}

/// Runs a service beside the body and shuts it down gracefully after it.
///
/// A server that is cancelled while it takes a connection drops it half made, which SwiftNIO does not forgive.
private func running(_ service: any Service, _ body: () async throws -> Void) async throws {
    let services = ServiceGroup(services: [service], logger: quietLogger)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await services.run() }
        do {
            try await body()
        } catch {
            await services.triggerGracefulShutdown()
            throw error
        }
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
    }
}

private struct ReceiverService: Service {
    let hub: RecordingHub
    let onBound: @Sendable (Int) -> Void

    func run() async throws { try await hub.run(onBound: onBound) }
}
