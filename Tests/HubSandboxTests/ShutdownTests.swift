import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
    @Test func `an open phone page and waiting retries do not hold up a graceful shutdown`() async throws {
        var configuration = SandboxConfiguration.sample
        configuration.port = 0
        for index in configuration.numbers.indices {
            configuration.numbers[index].webhookURL = "http://127.0.0.1:9/hook"
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let sandbox = Sandbox(configuration: configuration, logger: quietLogger) { port.yield($0) }
        let group = ServiceGroup(services: [sandbox], logger: quietLogger)
        async let end: Void = group.run()
        let running = RunningSandbox(hub: RecordingHub(), port: await ports.first { _ in true } ?? 0)
        let page = try await HTTPClient.shared.execute(
            HTTPClientRequest(url: "http://127.0.0.1:\(running.port)/phone/events?\(PhoneTests.query)"),
            timeout: .seconds(30))
        #expect(page.status == .ok)
        _ = try await running.inbound()
        await group.triggerGracefulShutdown()
        try await end
    }
}
