import AdapterKit

extension ChannelConformance {
    /// An answer that is no success, and the failures that it may mean.
    private struct Refusal {
        let name: String
        let reply: RecordingHTTP.Reply
        let kinds: Set<ProviderFailure.Kind>
    }

    private var refusals: [Refusal] {
        let page = Array("<html><body>Service</body></html>".utf8)
        let busy = HTTPAnswer(status: 429, headers: [("Retry-After", "30")])
        return [
            Refusal(name: "no connection", reply: .failure(.notConnected(reason: "test")), kinds: [.unavailable]),
            Refusal(name: "no answer", reply: .failure(.unanswered(reason: "test")), kinds: [.unavailable]),
            Refusal(
                name: "a refused address", reply: .failure(.refused(reason: "test")),
                kinds: [.misconfigured, .unavailable, .refused]),
            Refusal(name: "500", reply: .success(HTTPAnswer(status: 500)), kinds: [.unavailable]),
            Refusal(
                name: "503 with a page", reply: .success(HTTPAnswer(status: 503, body: page)), kinds: [.unavailable]),
            Refusal(name: "429", reply: .success(busy), kinds: [.throttled]),
            Refusal(name: "401", reply: .success(HTTPAnswer(status: 401)), kinds: [.misconfigured, .refused]),
            Refusal(
                name: "404", reply: .success(HTTPAnswer(status: 404)), kinds: [.notFound, .refused, .misconfigured]),
            Refusal(
                name: "an answer that repeats the request", reply: .success(HTTPAnswer(status: 400, body: echo)),
                kinds: Set(ProviderFailure.Kind.allCases)),
        ]
    }

    private var echo: [UInt8] {
        let words = JSON.string(confidential.echo)
        let error: JSON = [
            "error": ["code": words, "type": words, "title": words, "message": words, "details": words], "code": words,
            "message": words, "title": words, "detail": words,
        ]
        return error.encoded
    }

    /// What a call says when the provider does not do it.
    func checkFailures(of call: ProviderCall<Channel>, _ report: inout ConformanceReport) async {
        for refusal in refusals {
            let host = TestHost(http: RecordingHTTP(then: refusal.reply))
            guard let channel = channel(on: host) else { return }
            do throws(ProviderFailure) {
                try await call.run(channel)
                report.expect(
                    host.recordingHTTP.calls.isEmpty, .failureKinds, "\(call.name) succeeds after \(refusal.name)")
            } catch {
                confidential.check(error.reason, &report, "\(call.name), \(refusal.name)")
                // One that the adapter refuses by itself says nothing of the answer.
                guard !host.recordingHTTP.calls.isEmpty else { continue }
                report.expect(
                    refusal.kinds.contains(error.kind), .failureKinds,
                    "\(call.name) is \(error.kind.rawValue) after \(refusal.name)")
                if error.kind == .throttled, case .success(let answer) = refusal.reply {
                    report.expect(
                        error.retryAfter == answer.retryAfter, .failureKinds,
                        "\(call.name) forgets when to come again")
                }
            }
            checkPorts(host, "\(call.name), \(refusal.name)", &report)
        }
    }

    /// What no call may leave behind.
    func checkPorts(_ host: TestHost, _ during: String, _ words: Confidential? = nil, _ report: inout ConformanceReport)
    {
        let words = words ?? confidential
        words.check(host.recordingLog, &report, during)
        let calls = host.recordingHTTP.calls
        for call in calls { words.check(call.url, "a URL", during, &report) }
        KnownHosts(manifest: Channel.manifest, settings: settings).check(calls, &report)
    }

    func checkPorts(_ host: TestHost, _ during: String, _ report: inout ConformanceReport) {
        checkPorts(host, during, nil, &report)
    }
}
