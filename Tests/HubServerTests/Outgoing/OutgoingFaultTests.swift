import AdapterKit
import Testing

@testable import HubServer

/// What a bad peer does, and what the caller is told: whether the request may have been taken.
struct OutgoingFaultTests {
    @Test func aRefusedConnectionIsNotConnected() async throws {
        let gone = try await BadServer.with(.ok) { HTTPCall(url: "http://127.0.0.1:\($0.port)/") }
        let failure = try await withPort { await callFailure(gone, with: $0) }
        #expect(failure == .notConnected(reason: "the connection was refused"))
    }

    @Test(arguments: [
        BadServer.Act.close, .reset,
        .sayThenClose("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"),
        .sayThenReset("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"),
        .sayThenClose("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        .sayThenClose("HTTP/1.1 200"),
        .say("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        .say("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"),
        .say("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"),
        .say("HTTP/1.1 200 OK\r\nx: \(String(repeating: "a", count: 200_000))\r\n\r\n"),
        .say("HTTP/1.1 200 OK\r\n\(String(repeating: "x: \(String(repeating: "a", count: 1000))\r\n", count: 80))\r\n"),
        .say("HTTP/1.1 200 OK\r\n\(String(repeating: "x: a\r\n", count: 1000))\r\n"),
        .flood(head: "HTTP/1.1 200 OK\r\n", with: String(repeating: "x: aaaaaaaaaaaaaa\r\n", count: 100)),
    ])
    func anAnswerThatIsNoneIsUnanswered(act: BadServer.Act) async throws {
        try await BadServer.with(act) { server in
            let failure = try await withPort { await callFailure(call(server), with: $0) }
            #expect(isUnanswered(failure))
            #expect(server.seen.requests.count == 1)
        }
    }

    @Test(arguments: [
        BadServer.Act.hang,
        .say("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"),
        .say("HTTP/1.1 100 Continue\r\n\r\n"),
        .flood(head: "", with: String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 100)),
    ])
    func theDeadlineEndsAnExchangeThatDoesNot(act: BadServer.Act) async throws {
        try await BadServer.with(act) { server in
            let failure = try await withPort { await callFailure(call(server, timeout: .milliseconds(200)), with: $0) }
            // A machine that is busy may not have come to connect.
            #expect(failure?.reason == "the time for the call ran out")
            // It may have been too busy to read it; it has not got it twice.
            #expect(server.seen.requests.count <= 1)
        }
    }

    @Test func cancellationEndsTheExchange() async throws {
        try await BadServer.with(.hang) { server in
            let failure = try await withPort { http in
                let task = Task { await callFailure(call(server, timeout: .seconds(60)), with: http) }
                while server.seen.requests.isEmpty { await Task.yield() }
                task.cancel()
                return await task.value
            }
            #expect(failure == .unanswered(reason: "the call was cancelled"))
        }
    }

    @Test(arguments: [
        BadServer.Act.flood(
            head: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            with: "2000\r\n\(String(repeating: "a", count: 0x2000))\r\n"),
        .flood(head: "HTTP/1.1 200 OK\r\n\r\n", with: String(repeating: "a", count: 8192)),
        .say("HTTP/1.1 200 OK\r\ncontent-length: 10001\r\n\r\n" + String(repeating: "a", count: 10_001)),
    ])
    func aLongAnswerIsCutAndMarked(act: BadServer.Act) async throws {
        try await BadServer.with(act) { server in
            let answer = try await withPort { try await $0.send(call(server, maximumAnswerBytes: 10_000)) }
            #expect(answer.status == 200)
            #expect(answer.body.count == 10_000)
            #expect(answer.isTruncated)
        }
    }

    @Test func anAnswerOfExactlyTheLimitIsWhole() async throws {
        try await BadServer.with(.say("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabcd")) { server in
            let answer = try await withPort { try await $0.send(call(server, maximumAnswerBytes: 4)) }
            #expect(answer.body.count == 4)
            #expect(!answer.isTruncated)
        }
    }

    @Test func aCompressedAnswerStaysCompressed() async throws {
        let act = BadServer.Act.say("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\u{1F}zip")
        try await BadServer.with(act) { server in
            let answer = try await withPort { try await $0.send(call(server)) }
            #expect(answer.body == Array("\u{1F}zip".utf8))
            let request = try #require(server.seen.requests.first)
            #expect(!request.lowercased().contains("accept-encoding"))
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func aRedirectIsAnAnswer(status: Int) async throws {
        try await BadServer.with(.ok) { other in
            let location = "http://127.0.0.1:\(other.port)/"
            let act = BadServer.Act.say("HTTP/1.1 \(status) X\r\nlocation: \(location)\r\ncontent-length: 0\r\n\r\n")
            try await BadServer.with(act) { server in
                let answer = try await withPort { try await $0.send(call(server)) }
                #expect(answer.status == status)
                #expect(answer.headers["location"] == location)
                #expect(other.seen.connections == 0)
            }
        }
    }

    @Test func connectionsAreKeptBetweenCalls() async throws {
        try await BadServer.with(.ok) { server in
            try await withPort { http in
                for _ in 0..<200 { try await expectOK(call(server), with: http) }
            }
            #expect(server.seen.requests.count == 200)
            #expect(server.seen.connections == 1)
        }
    }

    @Test func aConnectionClosedBetweenCallsIsReplacedAndNothingIsSentTwice() async throws {
        try await BadServer.with(.sayThenClose("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")) { server in
            try await withPort { http in
                var answered = 0
                var inDoubt = 0
                for _ in 0..<50 {
                    switch await result(of: call(server), with: http) {
                    case .success: answered += 1
                    case .failure(.unanswered): inDoubt += 1
                    case .failure: break
                    }
                }
                // A call that met the closing may be in doubt or not sent; none is answered without having been taken.
                let taken = server.seen.requests.count
                #expect(answered <= taken && taken <= answered + inDoubt)
            }
        }
    }

    @Test func aConnectionThatDiesUnderItsSecondRequestIsInDoubtAndNotTriedAgain() async throws {
        try await BadServer.with(.ok, .close, .ok) { server in
            try await withPort { http in
                try await expectOK(call(server), with: http)
                #expect(isUnanswered(await callFailure(call(server), with: http)))
                #expect(server.seen.requests.count == 2)
                try await expectOK(call(server), with: http)
            }
            #expect(server.seen.connections == 2)
        }
    }

    @Test func anAnswerNobodyAskedForIsGivenToNobody() async throws {
        let ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"
        try await BadServer.with(.say(ok + "ok" + ok + "no"), .say(ok + "ok")) { server in
            try await withPort { http in
                let first = try await http.send(call(server))
                #expect(first.body == Array("ok".utf8))
                let second = await result(of: call(server), with: http)
                if case .success(let answer) = second { #expect(answer.body == Array("ok".utf8)) }
            }
        }
    }

    @Test func oneHangingPeerDoesNotHoldUpAnother() async throws {
        try await BadServer.with(.hang) { hanging in
            try await BadServer.with(.ok) { server in
                try await withPort { http in
                    let tasks = (0..<100).map { _ in
                        Task { await callFailure(call(hanging, timeout: .seconds(60)), with: http) }
                    }
                    while hanging.seen.requests.count < 100 { await Task.yield() }
                    try await expectOK(call(server), with: http)
                    for task in tasks { task.cancel() }
                    for task in tasks { #expect(isUnanswered(await task.value)) }
                }
            }
        }
    }

    @Test func aLargeBodyArrivesWhole() async throws {
        try await BadServer.with(.ok) { server in
            var large = call(server)
            large.body = Array(repeating: UInt8(ascii: "b"), count: 3_000_000)
            let answer = try await withPort { [large] in try await $0.send(large) }
            #expect(answer.status == 200)
            let request = try #require(server.seen.requests.first)
            #expect(request.utf8.count > 3_000_000)
        }
    }
}
