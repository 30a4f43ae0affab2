import AdapterKit
import Logging
import NIOPosix
import Testing

@testable import HubServer

/// A port that may call loopback.
func port(
    resolver: any AddressResolver = FakeResolver([]), allow: Set<String> = ["127.0.0.1"],
    limits: OutgoingHTTP.Limits = .init()
) -> OutgoingHTTP {
    OutgoingHTTP(
        allowPrivateHosts: allow, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, resolver: resolver,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, limits: limits)
}

/// Runs the body with a port and shuts it down.
func withPort<Result>(
    resolver: any AddressResolver = FakeResolver([]), allow: Set<String> = ["127.0.0.1"],
    limits: OutgoingHTTP.Limits = .init(), _ body: (OutgoingHTTP) async throws -> Result
) async throws -> Result {
    let http = port(resolver: resolver, allow: allow, limits: limits)
    do {
        let result = try await body(http)
        await http.shutdown()
        return result
    } catch {
        await http.shutdown()
        throw error
    }
}

func call(
    _ server: BadServer, headers: HTTPFields = [], timeout: Duration = .seconds(10), maximumAnswerBytes: Int = 65_536
) -> HTTPCall {
    HTTPCall(
        url: "http://127.0.0.1:\(server.port)/", headers: headers, body: Array("{}".utf8), timeout: timeout,
        maximumAnswerBytes: maximumAnswerBytes)
}

func result(of call: HTTPCall, with http: OutgoingHTTP) async -> Result<HTTPAnswer, HTTPFailure> {
    do throws(HTTPFailure) {
        return .success(try await http.send(call))
    } catch {
        return .failure(error)
    }
}

/// Why the call failed; nil when it did not.
func callFailure(_ call: HTTPCall, with http: OutgoingHTTP) async -> HTTPFailure? {
    if case .failure(let failure) = await result(of: call, with: http) { failure } else { nil }
}

func isNotConnected(_ failure: HTTPFailure?) -> Bool {
    if case .notConnected = failure { true } else { false }
}

func isUnanswered(_ failure: HTTPFailure?) -> Bool {
    if case .unanswered = failure { true } else { false }
}

/// Calls and expects a 200.
func expectOK(
    _ call: HTTPCall, with http: OutgoingHTTP, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let answer = try await http.send(call)
    #expect(answer.status == 200, sourceLocation: sourceLocation)
}
