public import AdapterKit

/// The conformance kit for provider clients, of sign-in and of systems that a person connects: an adapter that keeps every
/// rule gives a clean report.
///
///     let report = await IdentityConformance(MyAdapter.self, settings: settings, signIn: sample).run()
///     #expect(report.isClean, "\(report)")
///
/// Nothing leaves the process: the adapter gets recording ports and scripted answers. A system is tried by
/// ``SystemConformance`` besides.
public struct IdentityConformance<Client: ProviderClient>: Sendable {
    let settings: AdapterSettings
    let sample: SignInSample
    let refused: [RefusedSignIn]
    let capabilities: IdentityCapabilitySamples

    /// - Parameters:
    ///   - settings: Those of a connection; the schema's defaults are filled in. Leave addresses out, so that the real ones
    ///     are tried.
    ///   - signIn: What the provider says of somebody.
    ///   - refused: What it might say, and the adapter must not take.
    ///   - capabilities: Needed when the adapter has events, a revocation or a test of its own.
    public init(
        _ type: Client.Type, settings: AdapterSettings, signIn: SignInSample, refused: [RefusedSignIn] = [],
        capabilities: IdentityCapabilitySamples = IdentityCapabilitySamples()
    ) {
        self.settings = settings.completed(by: Client.manifest.settings)
        sample = signIn
        self.refused = refused
        self.capabilities = capabilities
    }

    /// Tries every rule.
    public func run() async -> ConformanceReport {
        var report = ConformanceReport(adapter: Client.manifest.name)
        let kind: AdapterManifest.Kind = Client.self is any IdentityAdapter.Type ? .identity : .system
        ManifestConformance(Client.manifest, kind: kind).check(into: &report)
        CapabilityConformance(adapter: Client.self).check(into: &report)
        guard make(settings, &report) != nil, let provider = checkProvider(&report) else { return report }
        checkExceptions(of: provider, &report)
        checkStartParameters(&report)
        checkSecret(provider, &report)
        checkCallbackProof(&report)
        await checkSignIn(provider, &report)
        await checkRefused(provider, &report)
        await checkUnansweredCalls(provider, &report)
        await checkStrangeClaims(provider, &report)
        await checkRevocation(provider, &report)
        await checkConnectionTest(&report)
        checkEvents(&report)
        return report
    }

    private func make(_ settings: AdapterSettings, _ report: inout ConformanceReport) -> Client? {
        if Client.manifest.settings.fields.contains(where: { $0.scope == .app }) {
            let app = try? Client(settings: settings.ofApp(in: Client.manifest.settings), host: TestHost())
            report.expect(app != nil, .creation, "the settings of a shared app alone are refused")
        }
        // An error is not shown: it is the adapter's, and might hold a value.
        let client = try? Client(settings: settings, host: TestHost())
        report.expect(client != nil, .creation, "good settings are refused")
        return client
    }

    /// An adapter on `host`. Settings that were good once are good again, so nil only after a finding.
    func client(on host: TestHost) -> Client? { try? Client(settings: settings, host: host) }

    /// What the grants of the kit give.
    static var grantedToken: String { "kit-granted-token" }

    var known: KnownHosts { KnownHosts(manifest: Client.manifest, settings: settings) }

    var secrets: [String] { settings.secretTexts(in: Client.manifest.settings) }

    /// What may stand in no address: a shop's name is both whose the grant is and where it is asked.
    var hiddenFromAddresses: Confidential {
        var words = Confidential(secrets: secrets)
        for tokens in [sample.tokens, sample.identity.tokens].compactMap(\.self) {
            words.add("an access token", tokens.accessToken.reveal())
            words.add("a refresh token", tokens.refreshToken?.reveal() ?? "")
        }
        words.add("an access token", Self.grantedToken)
        words.add("the code", sample.callback.parameters["code"] ?? "")
        words.add("a name", sample.identity.name ?? "")
        words.add("an e-mail address", sample.identity.email?.address ?? "")
        words.add("a phone number", sample.identity.phone ?? "")
        return words
    }

    /// What may stand in no log line and no reason.
    var confidential: Confidential {
        var words = hiddenFromAddresses
        words.add("a subject", sample.identity.subject)
        return words
    }

    /// What no call may leave behind.
    func checkPorts(_ host: TestHost, _ during: String, _ report: inout ConformanceReport) {
        confidential.check(host.recordingLog, &report, during)
        let calls = host.recordingHTTP.calls
        for call in calls {
            hiddenFromAddresses.check(call.url, "a URL", during, &report)
            report.expect(
                !known.isDowngraded(call.url), .credentialHosts, "calls without encryption (\(during))")
        }
        known.check(calls, &report)
    }
}
