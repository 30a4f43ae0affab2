public import AdapterKit

/// The conformance kit for channels: an adapter that keeps every rule gives a clean report.
///
///     let report = await ChannelConformance(
///         MyAdapter.self, settings: settings, sign: sign, webhooks: [sample], send: send
///     ).run()
///     #expect(report.isClean, "\(report)")
///
/// Nothing leaves the process: the adapter gets recording ports and scripted answers.
public struct ChannelConformance<Channel: ChannelAdapter>: Sendable {
    let settings: AdapterSettings
    let sign: @Sendable ([UInt8]) -> HTTPFields
    let signsBody: Bool
    let largestBody: Int
    let webhooks: [WebhookSample]
    let handshake: HandshakeSample?
    let sending: SendSample
    let samples: CapabilitySamples

    /// - Parameters:
    ///   - settings: Those of a channel with secrets of its own; the schema's defaults are filled in.
    ///   - sign: The headers that the provider would send with a body.
    ///   - signsBody: False for a provider that proves itself by a shared token and signs nothing.
    ///   - largestBody: In bytes, what the provider says that it may send; the kit tries one of this size.
    ///   - webhooks: Real bodies, with the number of items in each.
    ///   - handshake: Needed when the adapter has one.
    ///   - send: A message and what the provider answers to it.
    ///   - capabilities: Needed when the adapter has capabilities beyond the handshake.
    public init(
        _ type: Channel.Type, settings: AdapterSettings, sign: @escaping @Sendable ([UInt8]) -> HTTPFields,
        signsBody: Bool = true, largestBody: Int = 3_000_000, webhooks: [WebhookSample],
        handshake: HandshakeSample? = nil, send: SendSample, capabilities: CapabilitySamples = CapabilitySamples()
    ) {
        self.settings = settings.completed(by: Channel.manifest.settings)
        self.sign = sign
        self.signsBody = signsBody
        self.largestBody = largestBody
        self.webhooks = webhooks
        self.handshake = handshake
        sending = send
        samples = capabilities
    }

    /// Tries every rule. Bodies and answers are made up where the samples do not give them.
    public func run() async -> ConformanceReport {
        var report = ConformanceReport(adapter: Channel.manifest.name)
        ManifestConformance(Channel.manifest, kind: .channel).check(into: &report)
        CapabilityConformance(adapter: Channel.self).check(into: &report)
        guard let channel = make(&report) else { return report }
        checkHandshake(of: channel, &report)
        for sample in webhooks { checkReceiving(of: sample, &report) }
        checkHostileBodies(&report)
        await checkSending(&report)
        await checkContent(&report)
        await checkMedia(&report)
        await checkTemplates(&report)
        await checkAccount(&report)
        for call in providerCalls { await checkFailures(of: call, &report) }
        await checkSharedApp(&report)
        return report
    }

    private func make(_ report: inout ConformanceReport) -> Channel? {
        do {
            return try Channel(settings: settings, host: TestHost())
        } catch {
            // The error itself is not shown: it is the adapter's, and might hold a value.
            report.add(.creation, "good settings are refused")
            return nil
        }
    }

    /// An adapter on `host`. Settings that were good once are good again, so nil only after a finding.
    func channel(on host: TestHost, _ settings: AdapterSettings? = nil) -> Channel? {
        try? Channel(settings: settings ?? self.settings, host: host)
    }

    func request(_ body: [UInt8], headers: HTTPFields? = nil) -> WebhookRequest {
        WebhookRequest(headers: headers ?? sign(body), body: body, receivedAt: FixedClock().now)
    }

    var confidential: Confidential {
        var words = Confidential(secrets: settings.secretTexts(in: Channel.manifest.settings))
        words.add(sending.message.recipient)
        words.add(sending.message.content)
        return words
    }

    /// The instance that a shared app gets receives for all its channels and sends for none.
    private func checkSharedApp(_ report: inout ConformanceReport) async {
        guard Channel.manifest.settings.fields.contains(where: { $0.scope == .app }) else { return }
        let host = TestHost()
        guard let app = channel(on: host, settings.ofApp(in: Channel.manifest.settings)) else {
            return report.add(.creation, "the settings of a shared app alone are refused")
        }
        for sample in webhooks {
            let taken = (try? app.receive(request(sample.body))) != nil
            report.expect(taken, .genuineTaken, "a shared app refuses '\(sample.name)'")
        }
        let outcome = OutcomeKind(await app.send(sending.message))
        report.expect(outcome == .misconfigured, .outcome, "a shared app's send is \(outcome) and not misconfigured")
        for call in providerCalls {
            do throws(ProviderFailure) {
                try await call.run(app)
                report.add(.failureKinds, "a shared app does \(call.name)")
            } catch {
                report.expect(
                    error.kind == .misconfigured, .failureKinds,
                    "\(call.name) of a shared app is \(error.kind.rawValue) and not misconfigured")
            }
        }
        report.expect(host.recordingHTTP.calls.isEmpty, .knownHosts, "a shared app calls out")
    }
}
