public import AdapterKit

/// The conformance kit for business systems over HTTP: an adapter that keeps every rule gives a clean report.
///
///     let report = await SystemConformance(MyAdapter.self, settings: settings).run()
///     #expect(report.isClean, "\(report)")
public struct SystemConformance<System: SystemAdapter>: Sendable {
    private let settings: AdapterSettings
    private let event: EventDelivery

    /// - Parameters:
    ///   - settings: The schema's defaults are filled in.
    ///   - event: The event to deliver; by default a message of a person who does not exist.
    public init(_ type: System.Type, settings: AdapterSettings, event: EventDelivery? = nil) {
        self.settings = settings.completed(by: System.manifest.settings)
        self.event = event ?? Self.sampleEvent
    }

    /// Tries every rule with scripted answers.
    public func run() async -> ConformanceReport {
        var report = ConformanceReport(adapter: System.manifest.name)
        ManifestConformance(System.manifest, kind: .system).check(into: &report)
        CapabilityConformance(adapter: System.self).check(into: &report)
        guard (try? System(settings: settings, host: TestHost())) != nil else {
            report.add(.creation, "good settings are refused")
            return report
        }
        await checkAnswers(&report)
        await checkFailures(&report)
        await checkRepeats(&report)
        return report
    }

    private func checkAnswers(_ report: inout ConformanceReport) async {
        for status in [200, 201, 202, 204] {
            let outcome = await deliver(.success(HTTPAnswer(status: status)), &report)
            report.expect(outcome == .delivered, .outcome, "\(status) does not count as delivered")
        }
        let long = HTTPAnswer(status: 200, body: [UInt8](repeating: 0x61, count: 4096), isTruncated: true)
        let cut = await deliver(.success(long), &report)
        report.expect(cut == .delivered, .outcome, "a long 200 does not count as delivered")
        let gone = await deliver(.success(HTTPAnswer(status: 410)), &report)
        report.expect(gone == .gone, .outcome, "410 does not count as gone")
        // Some systems repeat the event in what they answer.
        for status in [301, 302, 307, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504] {
            let outcome = await deliver(.success(HTTPAnswer(status: status, body: event.body)), &report)
            report.expect(Self.isFailure(outcome), .outcome, "\(status) does not count as failed")
        }
        for status in [429, 503] {
            let busy = HTTPAnswer(status: status, headers: [("Retry-After", "120")])
            guard case .failed(_, let retryAfter) = await deliver(.success(busy), &report) else { continue }
            report.expect(
                retryAfter == .seconds(120), .outcome, "\(status) with Retry-After forgets when to come again")
        }
    }

    private func checkFailures(_ report: inout ConformanceReport) async {
        for failure in [
            HTTPFailure.refused(reason: "test"), .notConnected(reason: "test"), .unanswered(reason: "test"),
        ] {
            let outcome = await deliver(.failure(failure), &report)
            report.expect(Self.isFailure(outcome), .outcome, "a delivery without an answer does not count as failed")
        }
    }

    /// A later attempt is the same event: same bytes, and its id somewhere in the request.
    private func checkRepeats(_ report: inout ConformanceReport) async {
        var bodies: Set<[UInt8]> = []
        for attempt in 1...3 {
            let clock = FixedClock(FixedClock().now + .seconds(3600 * attempt))
            let host = TestHost(http: RecordingHTTP(then: .success(HTTPAnswer(status: 200))), clock: clock)
            var delivery = event
            delivery.attempt = attempt
            _ = await (try? System(settings: settings, host: host))?.deliver(delivery)
            let calls = host.recordingHTTP.calls
            report.expect(calls.count == 1, .stableDelivery, "one delivery makes \(calls.count) calls")
            guard let call = calls.first else { continue }
            bodies.insert(call.body)
            let namesEvent =
                call.headers.all.contains { $0.value == event.id }
                || String(decoding: call.body, as: UTF8.self).contains(event.id)
            report.expect(namesEvent, .stableDelivery, "the request does not name the event's id")
        }
        report.expect(bodies.count <= 1, .stableDelivery, "the bytes differ from attempt to attempt")
    }

    private func deliver(_ reply: RecordingHTTP.Reply, _ report: inout ConformanceReport) async -> DeliveryOutcome? {
        let host = TestHost(http: RecordingHTTP(then: reply))
        guard let system = try? System(settings: settings, host: host) else { return nil }
        let outcome = await system.deliver(event)
        let words = confidential
        words.check(host.recordingLog, &report, "delivering")
        if case .failed(let reason, _) = outcome { words.check(reason, &report, "delivering") }
        let calls = host.recordingHTTP.calls
        for call in calls { words.check(call.url, "a URL", "delivering", &report) }
        KnownHosts(manifest: System.manifest, settings: settings).check(calls, &report)
        return outcome
    }

    private var confidential: Confidential {
        var words = Confidential(secrets: settings.secretTexts(in: System.manifest.settings))
        words.add("the event", String(decoding: event.body, as: UTF8.self))
        if let data = (try? JSON.parse(event.body))?["data"] {
            words.add("a name", data["contact"]?["name"]?.string ?? "")
            words.add("a message text", data["message"]?["text"]?["body"]?.string ?? "")
        }
        return words
    }

    private static func isFailure(_ outcome: DeliveryOutcome?) -> Bool {
        if case .failed = outcome { true } else { false }
    }

    private static var sampleEvent: EventDelivery {
        let body: JSON = [
            "id": "evt_01jd0000000000000000000001", "sequence": 1, "type": "message.received", "tenant": "acme",
            "occurred_at": "2026-11-23T08:00:00.000Z",
            "data": [
                "channel": "support", "contact": ["id": "ctc_01jd0000000000000000000002", "name": "Wilhelmina Sample"],
                "message": ["type": "text", "text": ["body": "Where is my parcel 7342?"]],
            ],
        ]
        return EventDelivery(
            id: "evt_01jd0000000000000000000001", type: "message.received", body: body.encoded, attempt: 1)
    }
}
