import AdapterKit

extension IdentityConformance {
    func checkSecret(_ provider: IdentityProvider, _ report: inout ConformanceReport) {
        let host = TestHost()
        guard let client = client(on: host) as? any ClientSecretMinting else { return }
        guard let secret = try? client.clientSecret(provider) else {
            return report.add(.clientSecret, "no secret is minted from good settings")
        }
        report.expect(!secret.reveal().isEmpty, .clientSecret, "the minted secret is empty")
        for setting in secrets {
            report.expect(
                !secret.reveal().contains(setting), .clientSecret, "the minted secret holds one of the settings")
        }
        let later = TestHost(clock: FixedClock(FixedClock().now + .seconds(3600)))
        let again = try? (self.client(on: later) as? any ClientSecretMinting)?.clientSecret(provider)
        report.expect(again != secret, .clientSecret, "the secret is the same an hour later")
        report.expect(host.recordingHTTP.calls.isEmpty, .clientSecret, "minting makes a call")
        var words = confidential
        words.add("the minted secret", secret.reveal())
        words.check(host.recordingLog, &report, "minting")
    }

    /// Takes away, changes and adds what the provider has signed.
    func checkCallbackProof(_ report: inout ConformanceReport) {
        let host = TestHost()
        guard let client = client(on: host) as? any CallbackProof else { return }
        func isProven(_ callback: SignInCallback) -> Bool { (try? client.prove(callback)) != nil }
        report.expect(isProven(sample.callback), .callbackProof, "a genuine callback is refused")
        let pairs = sample.callback.raw.split(separator: "&").map(String.init)
        for index in pairs.indices {
            let name = String(pairs[index].prefix { $0 != "=" })
            var without = pairs
            without.remove(at: index)
            report.expect(
                !isProven(changed(without) { $0[name] = nil }), .callbackProof, "a callback without \(name) is taken")
            var other = pairs
            other[index] += "0"
            report.expect(
                !isProven(changed(other) { $0[name, default: ""] += "0" }), .callbackProof,
                "a callback with another \(name) is taken")
        }
        report.expect(
            !isProven(changed(pairs + ["added=1"]) { $0["added"] = "1" }), .callbackProof,
            "a callback with one parameter more is taken")
        report.expect(host.recordingHTTP.calls.isEmpty, .callbackProof, "a proof makes a call")
        confidential.check(host.recordingLog, &report, "proving")
    }

    private func changed(_ pairs: [String], _ change: (inout [String: String]) -> Void) -> SignInCallback {
        var callback = sample.callback
        callback.raw = pairs.joined(separator: "&")
        change(&callback.parameters)
        return callback
    }

    // MARK: Calls

    private typealias Call = (Client) async throws(ProviderFailure) -> Void

    func checkRevocation(_ provider: IdentityProvider, _ report: inout ConformanceReport) async {
        guard Client.self is any GrantRevoking.Type else { return }
        let tokens = sample.identity.tokens ?? sample.tokens
        let subject = sample.identity.subject
        await check(.revocation, "a revocation", answers: capabilities.revoking, &report) {
            (client: Client) async throws(ProviderFailure) in
            try await (client as? any GrantRevoking)?.revoke(tokens, subject: subject, provider)
        }
    }

    func checkConnectionTest(_ report: inout ConformanceReport) async {
        guard Client.self is any ConnectedSystem.Type else { return }
        var found: String?
        await check(.connectionTest, "a test", answers: capabilities.testing, &report) {
            (client: Client) async throws(ProviderFailure) in
            found = try await (client as? any ConnectedSystem)?.test()
        }
        if let found {
            report.expect(
                IdentityClaims.displayText(found) == found, .connectionTest, "what a test found is not one line")
        }
        let host = TestHost(http: RecordingHTTP(then: .success(HTTPAnswer(status: 200))))
        guard let client = client(on: host) as? any ConnectedSystem else { return }
        do throws(ProviderFailure) {
            _ = try await client.test()
            report.add(.connectionTest, "a system that nobody connected is tested well")
        } catch {
            report.expect(error.kind == .misconfigured, .connectionTest, "no connection is \(error.kind.rawValue)")
        }
        report.expect(host.recordingHTTP.calls.isEmpty, .connectionTest, "a system that nobody connected is called")
    }

    /// A call succeeds with its answers, and with no other.
    private func check(
        _ rule: ConformanceRule, _ name: String, answers: [HTTPAnswer], _ report: inout ConformanceReport,
        _ call: Call
    ) async {
        guard !answers.isEmpty else { return report.add(rule, "the kit was given no answers to \(name)") }
        let good = host(answers.map { .success($0) })
        guard let client = client(on: good) else { return }
        do throws(ProviderFailure) {
            try await call(client)
            report.expect(
                good.recordingHTTP.calls.count == answers.count, rule, "\(name) makes another number of calls")
        } catch {
            report.add(rule, "\(name) that the provider takes fails")
        }
        checkPorts(good, name, &report)
        let words = Array(confidential.echo.utf8)
        let failures: [(String, RecordingHTTP.Reply, Set<ProviderFailure.Kind>)] = [
            ("no connection", .failure(.notConnected(reason: "test")), [.unavailable]),
            ("no answer", .failure(.unanswered(reason: "test")), [.unavailable]),
            ("a refused address", .failure(.refused(reason: "test")), [.misconfigured, .unavailable, .refused]),
            ("500", .success(HTTPAnswer(status: 500, body: words)), [.unavailable]),
            ("429", .success(HTTPAnswer(status: 429)), [.throttled, .unavailable]),
        ]
        for (failure, reply, kinds) in failures {
            let host = host(then: reply)
            guard let client = self.client(on: host) else { return }
            do throws(ProviderFailure) {
                try await call(client)
                report.add(rule, "\(name) succeeds after \(failure)")
            } catch {
                report.expect(kinds.contains(error.kind), rule, "\(name) is \(error.kind.rawValue) after \(failure)")
                confidential.check(error.reason, &report, "\(name), \(failure)")
            }
            checkPorts(host, "\(name), \(failure)", &report)
        }
    }

    private func host(
        _ replies: [RecordingHTTP.Reply] = [], then last: RecordingHTTP.Reply = .failure(.refused(reason: "no answer"))
    ) -> TestHost {
        let tokens = [Self.grantedToken, Self.grantedToken + "-renewed"]
        return TestHost(
            http: RecordingHTTP(replies, then: last), grant: MemoryGrant(tokens, subject: sample.identity.subject))
    }
}
