import AdapterKit
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import HubServer

/// Calls against real sockets on loopback, which the tests' port is allowed to call.
struct OutgoingHTTPTests {
    @Test func carriesTheCallAndTheAnswerUnchanged() async throws {
        try await BadServer.with(
            .say("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\nRetry-After: 7\r\nx: 1\r\nX: 2\r\n\r\n\u{0}ab")
        ) { server in
            let answer = try await withPort { http in
                try await http.send(
                    HTTPCall(
                        method: "PUT", url: "http://127.0.0.1:\(server.port)/a%2Fb?c=d", headers: [("X-Id", "evt_1")],
                        body: Array("hello".utf8)))
            }
            #expect(answer.status == 404)
            #expect(answer.body == [0, 0x61, 0x62])
            #expect(!answer.isTruncated)
            #expect(answer.headers.count("x") == 2)
            #expect(answer.retryAfter == .seconds(7))
            let request = try #require(server.seen.requests.first)
            #expect(request.hasPrefix("PUT /a%2Fb?c=d HTTP/1.1\r\n"))
            #expect(request.contains("X-Id: evt_1\r\n"))
            #expect(request.lowercased().contains("host: 127.0.0.1:\(server.port)\r\n"))
            #expect(request.hasSuffix("\r\n\r\nhello"))
        }
    }

    @Test func anAdapterSetsNeitherHostNorFraming() async throws {
        try await BadServer.with(.ok) { server in
            _ = try await withPort { http in
                try await http.send(
                    call(
                        server,
                        headers: [
                            ("Host", "evil.example"), ("Content-Length", "999"), ("transfer-encoding", "chunked"),
                            ("Connection", "upgrade"), ("Upgrade", "x"),
                        ]))
            }
            let request = try #require(server.seen.requests.first).lowercased()
            for word in ["evil.example", "999", "chunked", "upgrade"] { #expect(!request.contains(word)) }
        }
    }

    @Test(arguments: [
        HTTPCall(method: "GET", url: "https://example.com/", headers: [("a", "b\r\nc: d")]),
        HTTPCall(method: "GET", url: "https://example.com/", headers: [("a b", "c")]),
        HTTPCall(method: "GET", url: "https://example.com/", headers: [("", "c")]),
        HTTPCall(method: "GET / HTTP/1.1\r\n", url: "https://example.com/"),
        HTTPCall(method: "CONNECT", url: "https://example.com/"),
        HTTPCall(url: "http://example.com/"),
        HTTPCall(url: "https://example.com:25/"),
        HTTPCall(url: "https://127.1/"),
        HTTPCall(url: "https://[::ffff:127.0.0.1]/"),
        HTTPCall(url: "https://169.254.169.254/latest/meta-data/"),
    ])
    func refusesWhatItDoesNotCall(call: HTTPCall) async throws {
        let failure = try await withPort(resolver: FakeResolver(["157.240.1.35"]), allow: []) { http in
            await callFailure(call, with: http)
        }
        guard case .refused = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test func aNameWithAPrivateAddressIsRefusedWithoutAConnection() async throws {
        try await BadServer.with(.ok) { server in
            let resolver = FakeResolver(["157.240.1.35", "127.0.0.1"])
            let failure = try await withPort(resolver: resolver, allow: []) { http in
                await callFailure(HTTPCall(url: "https://shop.test:8443/"), with: http)
            }
            guard case .refused = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(server.seen.connections == 0)
        }
    }

    @Test func aNameThatTurnsPrivateIsRefusedAtItsSecondResolution() async throws {
        let resolver = FakeResolver(["157.240.1.35"], ["127.0.0.1"])
        var limits = OutgoingHTTP.Limits()
        limits.nameLifetime = .zero
        try await withPort(resolver: resolver, allow: [], limits: limits) { http in
            let destination = try OutgoingDestination("https://shop.test/")
            let first = try await http.checkedAddresses(of: destination, before: .now() + .seconds(5))
            #expect(first == [IPAddress("157.240.1.35")])
            await #expect(throws: HTTPFailure.self) {
                // The first look-up may not be put away yet, and is shared until then.
                for _ in 0..<1000 {
                    _ = try await http.checkedAddresses(of: destination, before: .now() + .seconds(5))
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
        #expect(resolver.asked == 2)
    }

    @Test func theCheckedAddressIsDialledAndTheNameIsKept() async throws {
        // Only the fake resolver knows the name, and only 127.0.0.2 listens.
        try await BadServer.with(.ok, host: "127.0.0.2") { server in
            let answer = try await withPort(resolver: FakeResolver(["127.0.0.2"]), allow: ["shop.test"]) { http in
                try await http.send(HTTPCall(url: "http://Shop.Test.:\(server.port)/"))
            }
            #expect(answer.status == 200)
            let request = try #require(server.seen.requests.first)
            #expect(request.lowercased().contains("host: shop.test:\(server.port)\r\n"))
        }
    }

    @Test func tlsAsksForTheNameAndAHandshakeThatHangsIsNotConnected() async throws {
        try await BadServer.with(.hang) { server in
            var limits = OutgoingHTTP.Limits()
            limits.connect = .seconds(1)
            let resolver = FakeResolver(["127.0.0.1"])
            let failure = try await withPort(resolver: resolver, allow: ["shop.test"], limits: limits) { http in
                await callFailure(HTTPCall(url: "https://shop.test:\(server.port)/"), with: http)
            }
            #expect(failure == .notConnected(reason: "no connection was made in time"))
            // The hello left, but the server may not have come to read it.
            let patience = ContinuousClock.now + .seconds(5)
            while server.seen.rest.isEmpty, ContinuousClock.now < patience { await Task.yield() }
            #expect(String(decoding: server.seen.rest, as: Unicode.ASCII.self).contains("shop.test"))
        }
    }

    @Test func aPeerThatSpeaksNoTLSIsNotConnected() async throws {
        try await BadServer.with(.ok, greeting: "220 mail.example ESMTP\r\n") { server in
            let failure = try await withPort { http in
                await callFailure(HTTPCall(url: "https://127.0.0.1:\(server.port)/"), with: http)
            }
            #expect(failure == .notConnected(reason: "the TLS handshake or connection failed"))
        }
    }

    @Test func theNextAddressIsTriedWhenOneDoesNotConnectAndThenComesFirst() async throws {
        try await BadServer.with(.ok, host: "127.0.0.3") { server in
            let resolver = FakeResolver(["127.0.0.2", "127.0.0.3"])
            try await withPort(resolver: resolver, allow: ["shop.test"]) { http in
                let url = "http://shop.test:\(server.port)/"
                try await expectOK(HTTPCall(url: url), with: http)
                let destination = try OutgoingDestination(url)
                let order = try await http.checkedAddresses(of: destination, before: .now() + .seconds(5))
                #expect(order == [IPAddress("127.0.0.3"), IPAddress("127.0.0.2")])
            }
            #expect(resolver.asked == 1)
            #expect(server.seen.requests.count == 1)
        }
    }

    @Test func aReloadChangesWhatIsAllowed() async throws {
        try await BadServer.with(.ok) { server in
            try await withPort { http in
                try await expectOK(call(server), with: http)
                http.allowPrivateHosts([])
                guard case .refused = await callFailure(call(server), with: http) else {
                    Issue.record("called")
                    return
                }
                http.allowPrivateHosts(["127.0.0.1"])
                try await expectOK(call(server), with: http)
            }
        }
    }

    @Test func aNameWithoutAddressIsNotConnectedAndRememberedForAWhile() async throws {
        let resolver = FakeResolver([])
        try await withPort(resolver: resolver, allow: ["shop.test"]) { http in
            for _ in 0..<3 {
                #expect(isNotConnected(await callFailure(HTTPCall(url: "http://shop.test/"), with: http)))
            }
        }
        #expect(resolver.asked == 1)
    }

    @Test func aSilentNameServerCostsTheCallsTimeOnly() async throws {
        try await withPort(resolver: SilentResolver(), allow: ["shop.test"]) { http in
            let call = HTTPCall(url: "http://shop.test/", timeout: .milliseconds(50))
            #expect(
                await callFailure(call, with: http) == .notConnected(reason: "the host's name was not resolved in time")
            )
        }
    }

    @Test func manyCallsForOneNameAreOneLookUp() async throws {
        try await BadServer.with(.ok) { server in
            let resolver = FakeResolver(["127.0.0.1"])
            try await withPort(resolver: resolver, allow: ["shop.test"]) { http in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<50 {
                        group.addTask { try await http.send(HTTPCall(url: "http://shop.test:\(server.port)/")).status }
                    }
                    for try await status in group { #expect(status == 200) }
                }
            }
            #expect(resolver.asked == 1)
            #expect(server.seen.requests.count == 50)
        }
    }

    @Test func afterShutdownNothingIsCalled() async throws {
        try await BadServer.with(.ok) { server in
            let http = port()
            await http.shutdown()
            #expect(isNotConnected(await callFailure(call(server), with: http)))
            #expect(server.seen.connections == 0)
        }
    }

    @Test func theSystemResolverKnowsLocalhost() async throws {
        try await BadServer.with(.ok) { server in
            let http = OutgoingHTTP(
                allowPrivateHosts: ["localhost"], eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
                logger: Logger(label: "test"))
            try await expectOK(HTTPCall(url: "http://localhost:\(server.port)/"), with: http)
            await http.shutdown()
        }
    }
}
