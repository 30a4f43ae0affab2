import AdapterKit
import Testing

@testable import HubServer

/// Answers that go into a sink.
struct OutgoingDownloadTests {
    private func ok(_ count: Int) -> String { "HTTP/1.1 200 OK\r\ncontent-length: \(count)\r\n\r\n" }

    @Test(arguments: [0, 1, 65_536, 20_000_000])
    func anAnswerArrivesWholeWhateverItsLength(count: Int) async throws {
        try await StreamServer.with(.give(head: ok(count), count: count, closes: false)) { server in
            let sink = PatternSink()
            var call = call(server, "GET")
            call.maximumAnswerBytes = 10
            let answer = try await withPort { [call] in try await $0.send(call, from: nil, into: sink) }
            #expect(answer.status == 200 && answer.body.isEmpty && !answer.isTruncated)
            #expect(answer.headers["content-length"] == "\(count)")
            #expect(sink.taken == count && sink.isPattern)
        }
    }

    @Test func anAnswerThatEndsWithItsConnectionIsWhole() async throws {
        try await StreamServer.with(.give(head: "HTTP/1.1 206 Partial\r\n\r\n", count: 300_000, closes: true)) {
            server in
            let sink = PatternSink()
            let answer = try await withPort { try await $0.send(call(server, "GET"), from: nil, into: sink) }
            #expect(answer.status == 206)
            #expect(sink.taken == 300_000 && sink.isPattern)
        }
    }

    @Test func connectionsAreKeptBetweenDownloads() async throws {
        try await StreamServer.with(.give(head: ok(100_000), count: 100_000, closes: false)) { server in
            try await withPort { http in
                for _ in 0..<20 {
                    let sink = PatternSink()
                    _ = try await http.send(call(server, "GET"), from: nil, into: sink)
                    #expect(sink.taken == 100_000)
                }
            }
            #expect(server.seen.connections == 1)
        }
    }

    @Test func aSlowSinkHoldsTheSenderBack() async throws {
        let count = 60_000_000
        try await StreamServer.with(.give(head: ok(count), count: count, closes: false)) { server in
            let gate = Gate()
            let sink = PatternSink(gate: gate)
            try await withPort { http in
                let task = Task { try await http.send(call(server, "GET"), from: nil, into: sink) }
                // Until the sender stands still, or has sent more than the system's buffers can take.
                var before = -1
                while server.seen.written != before || before == 0, server.seen.written < 40_000_000 {
                    before = server.seen.written
                    try await Task.sleep(for: .milliseconds(300))
                }
                #expect(server.seen.written < 40_000_000)
                #expect(sink.taken == 0)
                gate.open()
                #expect(try await task.value.status == 200)
            }
            #expect(sink.taken == count && sink.isPattern)
        }
    }

    @Test func aSinkThatHasEnoughEndsTheExchange() async throws {
        try await StreamServer.with(.give(head: ok(200_000_000), count: 200_000_000, closes: false)) { server in
            let sink = PatternSink(limit: 100_000)
            let failure = try await withPort { await result(of: call(server, "GET"), into: sink, with: $0) }.failure
            #expect(failure == .unanswered(reason: "the receiver wanted no more of the answer"))
            #expect(sink.taken <= 100_000)
            #expect(server.seen.written < 40_000_000)
        }
    }

    @Test func anAnswerThatBreaksOffIsUnanswered() async throws {
        try await StreamServer.with(.give(head: ok(1_000_000), count: 400_000, closes: true)) { server in
            let sink = PatternSink()
            let failure = try await withPort { await result(of: call(server, "GET"), into: sink, with: $0) }.failure
            #expect(isUnanswered(failure))
            #expect(sink.taken <= 400_000 && sink.isPattern)
        }
    }

    @Test(arguments: [302, 400, 404, 500])
    func theBodyOfAnyOtherStatusIsTheAnswers(status: Int) async throws {
        let head = "HTTP/1.1 \(status) X\r\ncontent-length: 100000\r\n\r\n"
        try await StreamServer.with(.give(head: head, count: 100_000, closes: false)) { server in
            let sink = PatternSink()
            let answer = try await withPort { try await $0.send(call(server, "GET"), from: nil, into: sink) }
            #expect(answer.status == status && answer.isTruncated)
            #expect(answer.body == pattern(from: 0, 65_536))
            #expect(sink.taken == 0)
        }
    }

    @Test func theDeadlineEndsASinkThatHangs() async throws {
        for count in [10, 1_000_000] {
            try await StreamServer.with(.give(head: ok(count), count: count, closes: false)) { server in
                let sink = PatternSink(gate: Gate())
                let call = call(server, "GET", timeout: .seconds(1))
                let failure = try await withPort { await result(of: call, into: sink, with: $0) }.failure
                #expect(failure?.reason == "the time for the call ran out")
                #expect(sink.taken == 0)
            }
        }
    }

    @Test func cancellationEndsASinkThatHangs() async throws {
        try await StreamServer.with(.give(head: ok(10), count: 10, closes: false)) { server in
            let sink = PatternSink(gate: Gate())
            let failure = try await withPort { http in
                let task = Task { await result(of: call(server, "GET"), into: sink, with: http) }
                while server.seen.written < 10 { await Task.yield() }
                task.cancel()
                return await task.value.failure
            }
            #expect(isUnanswered(failure))
        }
    }

    @Test func aBodyCanGoAndComeInOneExchange() async throws {
        try await StreamServer.with(.give(head: ok(2_000_000), count: 2_000_000, closes: false)) { server in
            let sink = PatternSink()
            let answer = try await withPort {
                try await $0.send(call(server), from: PatternSource(2_000_000), into: sink)
            }
            #expect(answer.status == 200)
            #expect(server.seen.bodyBytes == 2_000_000)
            #expect(sink.taken == 2_000_000 && sink.isPattern)
        }
    }
}
