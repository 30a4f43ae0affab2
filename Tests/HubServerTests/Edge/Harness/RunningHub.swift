import AdapterKit
import AsyncHTTPClient
import Foundation
import HubCore
import HubStore
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Testing

@testable import HubServer

/// A hub on a temporary folder, with both its servers on real sockets.
struct RunningHub: Sendable {
    enum Server: Sendable {
        case world, `operator`
    }

    let hub: Hub
    let folder: String
    let configuration: HubConfiguration
    let ports: [String: Int]
    let services: ServiceGroup
    /// The other side of sign-in.
    let provider: ScriptedProvider
    let log: RecordedLog

    /// Follows no redirect: a test looks where it leads.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    func url(_ path: String, on server: Server = .world) -> String {
        "http://127.0.0.1:\(ports[server == .world ? "world" : "operator"] ?? 0)\(path)"
    }

    /// Writes text to a connection of its own, and gives what comes until the hub closes it.
    func raw(_ text: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: ports["world"] ?? 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var answer = ""
            for try await bytes in inbound { answer += String(buffer: bytes) }
            return answer
        }
    }

    /// The handle of the tenant whose key this is.
    func tenant(_ name: String) async throws -> Tenant {
        try #require(try await hub.caller(key: Sample.key(name))).tenant
    }

    /// Calls the hub. Every answer of the public address is held against the OpenAPI document, and every answer at all has
    /// to have the fields that all answers have.
    @discardableResult
    func call(
        _ method: HTTPMethod, _ path: String, key: String? = nil, headers: [(String, String)] = [],
        body: [UInt8]? = nil,
        on server: Server = .world, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url(path, on: server))
        request.method = method
        if let key { request.headers.add(name: "authorization", value: "Bearer \(key)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            if !headers.contains(where: { $0.0.lowercased() == "content-type" }) {
                request.headers.add(name: "content-type", value: "application/json")
            }
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await Self.client.execute(request, timeout: .seconds(30))
        let answer = Answer(
            status: Int(response.status.code), headers: response.headers,
            body: Array(try await response.body.collect(upTo: 16 * 1024 * 1024).readableBytesView))
        answer.expectCommonFields(sourceLocation)
        if server == .world {
            for fault in Conformance.faults(method.rawValue, path, answer) {
                Issue.record("\(method) \(path) \(answer.status): \(fault)", sourceLocation: sourceLocation)
            }
        }
        return answer
    }

    /// The start of an answer that does not end.
    func head(_ path: String, _ headers: [(String, String)]) async throws -> Answer {
        var request = HTTPClientRequest(url: url(path))
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await Self.client.execute(request, timeout: .seconds(30))
        return Answer(status: Int(response.status.code), headers: response.headers, body: [])
    }

    func get(
        _ path: String, key: String? = Sample.key("acme"), sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await call(.GET, path, key: key, sourceLocation: sourceLocation)
    }

    func post(
        _ path: String, _ body: JSON? = nil, key: String? = Sample.key("acme"), headers: [(String, String)] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await call(.POST, path, key: key, headers: headers, body: body?.encoded, sourceLocation: sourceLocation)
    }

    /// Sends a message by the API under a fresh idempotency key, unless one is given.
    func send(
        _ text: String, to: String = "+16505550100", channel: String = "support", tenant: String = "acme",
        idempotencyKey: String = UUID().uuidString, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let body: JSON = [
            "channel": .string(channel), "to": .string(to), "type": "text", "text": ["body": .string(text)],
        ]
        return try await post(
            "/api/v1/messages", body, key: Sample.key(tenant), headers: [("Idempotency-Key", idempotencyKey)],
            sourceLocation: sourceLocation)
    }

    /// Posts a signed webhook.
    @discardableResult
    func webhook(
        _ body: JSON, to path: String = "/webhooks/apps/shared", secret: String = Sample.appSecret,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let bytes = body.encoded
        return try await call(
            .POST, path, headers: [("Test-Signature", TestChannel.signature(bytes, secret: secret))], body: bytes,
            sourceLocation: sourceLocation)
    }

    /// The body of a webhook with texts.
    static func texts(_ texts: [String], number: String = "100", from: (Int) -> String = { _ in "+16505551234" })
        -> JSON
    {
        [
            "number": .string(number),
            "messages": .array(
                texts.enumerated().map { index, text in
                    ["id": .string("in:\(text)"), "from": .string(from(index)), "name": "Ada", "text": .string(text)]
                }),
        ]
    }

    /// Waits until the log has an event that fits, and returns it.
    func event(of tenant: String, where fits: @Sendable (JSON) -> Bool) async throws -> JSON {
        let follower = try await self.tenant(tenant).follow(after: 0, heartbeat: .seconds(30))
        while let events = try await follower.next() {
            for event in events {
                let json = try JSON.parse(event.body)
                if fits(json) { return json }
            }
        }
        throw CancellationError()
    }

    /// Waits until a message has a status.
    func waitForStatus(_ status: String, of message: String, tenant: String = "acme") async throws {
        _ = try await event(of: tenant) {
            $0["data"]?["message_id"]?.string == message && $0["data"]?["status"]?.string == status
        }
    }
}

/// Runs a test against a fresh hub.
/// - Parameters:
///   - isStarted: whether the hub counts as started.
///   - change: changes to the sample configuration.
func withHub(
    health: Health = Health(), isStarted: Bool = true, change: (inout HubConfiguration) -> Void = { _ in },
    _ test: @Sendable (RunningHub) async throws -> Void
) async throws {
    let log = RecordedLog()
    let logger = Logger(label: "test") { _ in log.handler }
    let folder = FileManager.default.temporaryDirectory.appending(path: "hub-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var configuration = Sample.configuration(data: folder)
    change(&configuration)
    let masterKey = try #require(MasterKey(text: MasterKey.generate()))
    let provider = ScriptedProvider()
    let hub = try Hub(
        folder: try DataFolder(path: folder, masterKey: masterKey),
        catalogue: try AdapterCatalogue([
            TestChannel.self, DeskChannel.self, TestSystem.self, TestIdentity.self, TestFormIdentity.self,
            TestService.self,
        ]), http: provider, health: health, logger: logger)
    try await hub.apply(configuration)
    if isStarted { health.setStarted() }

    let (ports, port) = AsyncStream.makeStream(of: (String, Int).self)
    let servers = HubServers(
        hub: hub, listen: configuration.listen, operatorListen: configuration.operatorListen,
        metrics: { "# TYPE comfile_test counter\ncomfile_test 1\n" }, logger: logger
    ) { port.yield(($0, $1)) }
    let services = ServiceGroup(
        configuration: .init(
            services: [
                .init(service: servers.world, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(service: servers.operator, successTerminationBehavior: .gracefullyShutdownGroup),
            ], logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await services.run() }
        var known: [String: Int] = [:]
        for await (name, port) in ports {
            known[name] = port
            if known.count == 2 { break }
        }
        let running = RunningHub(
            hub: hub, folder: folder, configuration: configuration, ports: known, services: services,
            provider: provider, log: log)
        let result = await Result { try await test(running) }
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
        try result.get()
    }
    await hub.stop()
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
