import AdapterKit
import Testing

@testable import HubServer

/// Request bodies that come from a source.
struct OutgoingUploadTests {
    private static let large = 20_000_000

    @Test(arguments: [1, 65_536, large], [1000, 65_536, 3_000_000])
    func aBodyArrivesWholeAndInOrder(size: Int, piece: Int) async throws {
        guard size < Self.large || piece > 1000 else { return }
        try await StreamServer.with(.take) { server in
            let source = PatternSource(size, piece: piece)
            let answer = try await withPort { try await $0.send(call(server), from: source, into: nil) }
            #expect(answer.status == 200 && answer.body == Array("ok".utf8))
            let seen = server.seen
            #expect(seen.head.contains("\r\ncontent-length: \(size)\r\n"))
            #expect(!seen.head.contains("transfer-encoding") && !seen.head.contains("expect"))
            #expect(seen.whole == 1 && seen.bodyBytes == size)
            #expect(seen.isPattern)
        }
    }

    @Test func aSourceWithoutBytesIsAnEmptyBody() async throws {
        try await StreamServer.with(.take) { server in
            let answer = try await withPort { try await $0.send(call(server), from: PatternSource(0), into: nil) }
            #expect(answer.status == 200)
            #expect(server.seen.head.contains("\r\ncontent-length: 0\r\n"))
        }
    }

    @Test func theSourceTakesThePlaceOfTheCallsBody() async throws {
        try await StreamServer.with(.take) { server in
            var call = call(server)
            call.body = Array("the call's own".utf8)
            let answer = try await withPort { [call] in try await $0.send(call, from: PatternSource(5), into: nil) }
            #expect(answer.status == 200)
            #expect(server.seen.bodyBytes == 5)
        }
    }

    @Test func connectionsAreKeptBetweenUploads() async throws {
        try await StreamServer.with(.take) { server in
            try await withPort { http in
                for _ in 0..<20 {
                    let answer = try await http.send(call(server), from: PatternSource(200_000), into: nil)
                    #expect(answer.status == 200)
                }
            }
            #expect(server.seen.whole == 20 && server.seen.connections == 1)
        }
    }

    @Test(arguments: [
        PatternSource(10, given: 0), PatternSource(10, given: 11), PatternSource(0, given: 1),
        PatternSource(10, given: 0, end: .fails), PatternSource(-1, given: 0),
    ])
    func aSourceThatIsWrongFromTheStartIsRefusedWithoutAConnection(source: PatternSource) async throws {
        try await StreamServer.with(.take) { server in
            let failure = try await withPort { await result(of: call(server), from: source, with: $0) }.failure
            guard case .refused = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(server.seen.connections == 0)
        }
    }

    @Test(arguments: [
        (PatternSource(1_000_000, given: 500_000), "the source of the request's body gave fewer bytes than it said"),
        (PatternSource(1_000_000, given: 2_000_000), "the source of the request's body gave more bytes than it said"),
        (PatternSource(130_000, given: 130_001), "the source of the request's body gave more bytes than it said"),
        (PatternSource(1_000_000, given: 500_000, end: .fails), "the source of the request's body failed"),
    ])
    func aSourceThatIsWrongOnTheWayNeverMakesAWholeRequest(source: PatternSource, reason: String) async throws {
        try await StreamServer.with(.take) { server in
            let failure = try await withPort { await result(of: call(server), from: source, with: $0) }.failure
            #expect(failure == .unanswered(reason: reason))
            // It may have been too busy to accept it.
            #expect(server.seen.whole == 0 && server.seen.connections <= 1)
        }
    }

    @Test func aReceiverThatReadsNothingHoldsTheSourceBack() async throws {
        try await StreamServer.with(.ignore) { server in
            let source = PatternSource(200_000_000)
            let failure = try await withPort {
                await result(of: call(server, timeout: .seconds(2)), from: source, with: $0)
            }.failure
            #expect(failure?.reason == "the time for the call ran out")
            // The system's own buffers take a few megabytes.
            #expect(source.taken < 40_000_000)
            let taken = source.taken
            try await Task.sleep(for: .milliseconds(100))
            #expect(source.taken == taken, "the source is let go of")
        }
    }

    @Test func theDeadlineEndsASourceThatHangs() async throws {
        try await StreamServer.with(.take) { server in
            try await withPort { http in
                let call = call(server, timeout: .milliseconds(300))
                let first = await result(of: call, from: PatternSource(10, given: 0, end: .hangs), with: http)
                #expect(first.failure == .notConnected(reason: "the time for the call ran out"))
                #expect(server.seen.connections == 0)
                let later = await result(of: call, from: PatternSource(99, given: 9, piece: 3, end: .hangs), with: http)
                // A machine that is busy may not have come to connect.
                #expect(later.failure?.reason == "the time for the call ran out")
            }
        }
    }

    @Test func cancellationEndsAnUpload() async throws {
        try await StreamServer.with(.ignore) { server in
            let failure = try await withPort { http in
                let task = Task { await result(of: call(server), from: PatternSource(200_000_000), with: http) }
                while server.seen.head.isEmpty { await Task.yield() }
                task.cancel()
                return await task.value.failure
            }
            #expect(failure == .unanswered(reason: "the call was cancelled"))
        }
    }

    /// What says no before it has read everything is heard, and its answer does not wait for the rest.
    @Test(arguments: [
        ["HTTP/1.1 413 Too Large\r\ncontent-length: 8\r\n\r\ntoo long"],
        ["HTTP/1.1 413 Too Large\r\ncontent-length: 8\r\n\r\n", "too long"],
        ["HTTP/1.1 413 Too Large\r\ncontent-length: 8\r\n\r\ntoo", " long"],
        ["HTTP/1.1 413 Too Large\r\ntransfer-encoding: chunked\r\n\r\n8\r\ntoo long\r\n0\r\n\r\n"],
        ["HTTP/1.1 413 Too Large\r\ntransfer-encoding: chunked\r\n\r\n8\r\ntoo long\r\n", "0\r\n\r\n"],
        ["HTTP/1.1 413 Too Large\r\n\r\ntoo long"],
    ])
    func anEarlyRefusalIsTheAnswer(texts: [String]) async throws {
        try await StreamServer.with(.refuse(texts)) { server in
            for source in [PatternSource(200_000_000), PatternSource(99, given: 9, piece: 3, end: .hangs)] {
                let answer = try await withPort { try await $0.send(call(server), from: source, into: nil) }
                #expect(answer.status == 413 && answer.body == Array("too long".utf8) && !answer.isTruncated)
            }
        }
    }

    @Test func anEarlyRefusalThatBreaksOffIsMarked() async throws {
        try await StreamServer.with(.refuse(["HTTP/1.1 413 Too Large\r\ncontent-length: 8\r\n\r\ntoo"])) { server in
            let source = PatternSource(200_000_000)
            let answer = try await withPort { try await $0.send(call(server), from: source, into: nil) }
            #expect(answer.status == 413 && answer.body == Array("too".utf8) && answer.isTruncated)
        }
    }

    @Test func aConnectionThatDiesUnderAnUploadIsInDoubtAndNotTriedAgain() async throws {
        try await BadServer.with(.sayThenReset("HTTP/1.1 100 Continue\r\n\r\n")) { server in
            let call = HTTPCall(url: "http://127.0.0.1:\(server.port)/")
            let failure = try await withPort { await result(of: call, from: PatternSource(1000), with: $0) }.failure
            #expect(isUnanswered(failure))
            #expect(server.seen.connections == 1)
        }
    }

    @Test func theNextAddressGetsTheWholeBodyWhenOneDoesNotConnect() async throws {
        try await StreamServer.with(.take, host: "127.0.0.3") { server in
            let resolver = FakeResolver(["127.0.0.2", "127.0.0.3"])
            let call = HTTPCall(url: "http://shop.test:\(server.port)/")
            let answer = try await withPort(resolver: resolver, allow: ["shop.test"]) {
                try await $0.send(call, from: PatternSource(1_000_000), into: nil)
            }
            #expect(answer.status == 200)
            #expect(server.seen.bodyBytes == 1_000_000)
        }
    }

    @Test func whatIsNotCalledIsRefusedBeforeTheSourceIsAsked() async throws {
        let source = PatternSource(10)
        let failure = try await withPort {
            await result(of: HTTPCall(url: "https://169.254.169.254/"), from: source, with: $0)
        }.failure
        guard case .refused = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(source.taken == 0)
    }
}
