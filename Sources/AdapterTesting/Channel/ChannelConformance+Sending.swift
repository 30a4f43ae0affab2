import AdapterKit

extension ChannelConformance {
    func checkSending(_ report: inout ConformanceReport) async {
        await checkAcceptance(&report)
        await checkFailures(&report)
        await checkUnclearAnswers(&report)
        for sample in sending.answers {
            let outcome = await send(.success(sample.answer), sample.name, &report)
            report.expect(
                outcome == sample.outcome, .outcome, "'\(sample.name)' is \(outcome) and not \(sample.outcome)")
        }
        await checkEcho(&report)
        await checkUnsendable(&report)
    }

    private func checkAcceptance(_ report: inout ConformanceReport) async {
        let host = TestHost(http: RecordingHTTP(sending.accepting.map { .success($0) }))
        guard let outcome = await channel(on: host)?.send(sending.message) else { return }
        report.expect(
            outcome == .accepted(providerID: sending.providerID), .outcome,
            "an acceptance is \(OutcomeKind(outcome)) or under another id")
        check(host, outcome, "an acceptance", &report)
    }

    /// What the port says of a request that got no answer decides whether it may go out again.
    private func checkFailures(_ report: inout ConformanceReport) async {
        let notConnected = await send(.failure(.notConnected(reason: "test")), "no connection", &report)
        report.expect(
            [.unavailable, .throttled].contains(notConnected), .outcome,
            "without a connection a send is \(notConnected) and not unavailable")
        let unanswered = await send(.failure(.unanswered(reason: "test")), "no answer", &report)
        report.expect(
            unanswered == .uncertain, .neverTwice, "without an answer a send is \(unanswered) and not uncertain")
        let refused = await send(.failure(.refused(reason: "test")), "a refused address", &report)
        report.expect(
            [.misconfigured, .unavailable, .rejected].contains(refused), .outcome,
            "a send to an address that the hub refuses is \(refused)")
    }

    /// The provider may have taken the message: neither accepted, as there is no id, nor safe to send again.
    private func checkUnclearAnswers(_ report: inout ConformanceReport) async {
        let acceptance = sending.accepting.last ?? HTTPAnswer(status: 200)
        let half = Array(acceptance.body.prefix(acceptance.body.count / 2))
        let page = Array("<html><body>Service</body></html>".utf8)
        let unclear: [(String, HTTPAnswer)] = [
            ("a success without a body", HTTPAnswer(status: acceptance.status)),
            ("a success that is cut off", HTTPAnswer(status: acceptance.status, body: half, isTruncated: true)),
            ("a success with half a body", HTTPAnswer(status: acceptance.status, body: half)),
            ("a success with an empty object", HTTPAnswer(status: acceptance.status, body: Array("{}".utf8))),
            ("a success with a page", HTTPAnswer(status: acceptance.status, body: page)),
            ("500 without a body", HTTPAnswer(status: 500)),
            ("502 with a page", HTTPAnswer(status: 502, body: page)),
            ("504 without a body", HTTPAnswer(status: 504)),
        ]
        for (name, answer) in unclear {
            let outcome = await send(.success(answer), name, &report)
            report.expect(outcome == .uncertain, .neverTwice, "\(name) is \(outcome) and not uncertain")
        }
    }

    /// An answer that repeats the request, as some providers' errors do, must not carry it into a title or a log.
    private func checkEcho(_ report: inout ConformanceReport) async {
        let echo = JSON.string(confidential.echo)
        let error: JSON = [
            "error": ["code": echo, "type": echo, "title": echo, "message": echo, "details": echo], "code": echo,
            "message": echo, "title": echo, "detail": echo,
        ]
        for status in [400, 401, 403, 404, 422, 429, 500] {
            for body in [error.encoded, Array(confidential.echo.utf8)] {
                _ = await send(
                    .success(HTTPAnswer(status: status, body: body)), "an answer that repeats the request", &report)
            }
        }
    }

    private func checkUnsendable(_ report: inout ConformanceReport) async {
        var unknown = sending.message
        unknown.content = .unsupported(.init(type: "hologram"))
        var nobody = sending.message
        nobody.recipient = []
        for (name, message) in [("a content without model", unknown), ("a message to nobody", nobody)] {
            let host = TestHost(http: RecordingHTTP(sending.accepting.map { .success($0) }))
            guard let outcome = await channel(on: host)?.send(message) else { continue }
            report.expect(
                OutcomeKind(outcome) == .rejected, .outcome, "\(name) is \(OutcomeKind(outcome)) and not rejected")
        }
    }

    /// Sends the sample, with `reply` in place of the acceptance.
    private func send(
        _ reply: RecordingHTTP.Reply, _ name: String, _ report: inout ConformanceReport
    ) async -> OutcomeKind {
        let script = sending.accepting.dropLast().map { RecordingHTTP.Reply.success($0) }
        let host = TestHost(http: RecordingHTTP(script, then: reply))
        guard let outcome = await channel(on: host)?.send(sending.message) else { return .misconfigured }
        check(host, outcome, name, &report)
        return OutcomeKind(outcome)
    }

    private func check(_ host: TestHost, _ outcome: SendOutcome, _ name: String, _ report: inout ConformanceReport) {
        let words = confidential
        words.check(host.recordingLog, &report, name)
        switch outcome {
        case .rejected(let reason), .unavailable(let reason), .uncertain(let reason), .misconfigured(let reason):
            words.check(reason, &report, name)
        case .accepted, .throttled: break
        }
        let calls = host.recordingHTTP.calls
        for call in calls { words.check(call.url, "a URL", name, &report) }
        KnownHosts(manifest: Channel.manifest, settings: settings).check(calls, &report)
    }
}
