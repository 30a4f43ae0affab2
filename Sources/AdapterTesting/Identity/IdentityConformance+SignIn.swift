import AdapterKit

extension IdentityConformance {
    private func evidence(_ sample: SignInSample, _ provider: IdentityProvider) -> SignInEvidence {
        SignInEvidence(
            provider: provider, callback: sample.callback, tokens: sample.tokens, claims: sample.claims,
            userInfo: sample.userInfo)
    }

    private func host(_ replies: [RecordingHTTP.Reply]) -> TestHost { TestHost(http: RecordingHTTP(replies)) }

    func checkSignIn(_ provider: IdentityProvider, _ report: inout ConformanceReport) async {
        let host = host(sample.answers.map { .success($0) })
        do throws(SignInRefusal) {
            let identity = try await client(on: host)?.identity(evidence(sample, provider))
            report.expect(identity == sample.identity, .signIn, "good evidence gives another identity")
        } catch {
            report.add(.signIn, "good evidence is refused: \(error.reason.rawValue)")
        }
        let count = host.recordingHTTP.calls.count
        report.expect(
            count == sample.answers.count, .signIn,
            "an identity costs \(count) calls, and the sample has \(sample.answers.count) answers")
        checkPorts(host, "identifying", &report)
    }

    func checkRefused(_ provider: IdentityProvider, _ report: inout ConformanceReport) async {
        for refused in refused {
            let host = host(refused.sample.answers.map { .success($0) })
            do throws(SignInRefusal) {
                _ = try await client(on: host)?.identity(evidence(refused.sample, provider))
                report.add(.signInRefused, "\(refused.name) is taken")
            } catch {
                report.expect(
                    error.reason == refused.reason, .signInRefused,
                    "\(refused.name) is refused as \(error.reason.rawValue)")
                check(error, refused.name, &report)
            }
            checkPorts(host, refused.name, &report)
        }
    }

    func check(_ refusal: SignInRefusal, _ during: String, _ report: inout ConformanceReport) {
        confidential.check(refusal.detail ?? "", "a refusal's detail", during, &report)
        // The audit shows it: a line of a person's or of a provider's page is none.
        report.expect(
            (refusal.detail ?? "").utf8.count <= 200, .confidentiality, "a refusal's detail is long (\(during))")
    }

    // MARK: Calls that fail

    private struct Failure {
        let name: String
        let reply: RecordingHTTP.Reply
        let reasons: Set<SignInRefusal.Reason>
    }

    private var failures: [Failure] {
        let page = Array("<html><body>Service</body></html>".utf8)
        let unreadable: Set<SignInRefusal.Reason> = [
            .providerUnavailable, .tokenReplyMalformed, .providerRefused, .exchangeRefused,
        ]
        return [
            Failure(
                name: "no connection", reply: .failure(.notConnected(reason: "test")), reasons: [.providerUnavailable]),
            Failure(name: "no answer", reply: .failure(.unanswered(reason: "test")), reasons: [.providerUnavailable]),
            Failure(
                name: "a refused address", reply: .failure(.refused(reason: "test")),
                reasons: [.misconfigured, .providerUnavailable]),
            Failure(name: "500", reply: .success(HTTPAnswer(status: 500)), reasons: [.providerUnavailable]),
            Failure(
                name: "503 with a page", reply: .success(HTTPAnswer(status: 503, body: page)),
                reasons: [.providerUnavailable]),
            Failure(name: "429", reply: .success(HTTPAnswer(status: 429)), reasons: [.providerUnavailable]),
            Failure(name: "a page", reply: .success(HTTPAnswer(status: 200, body: page)), reasons: unreadable),
            Failure(
                name: "an empty object", reply: .success(HTTPAnswer(status: 200, body: Array("{}".utf8))),
                reasons: Set(SignInRefusal.Reason.allCases)),
            Failure(
                name: "a redirect",
                reply: .success(HTTPAnswer(status: 302, headers: [("Location", "https://evil.example/")])),
                reasons: Set(SignInRefusal.Reason.allCases)),
            Failure(
                name: "an answer that repeats the request", reply: .success(HTTPAnswer(status: 400, body: echo)),
                reasons: Set(SignInRefusal.Reason.allCases)),
        ]
    }

    private var echo: [UInt8] {
        let words = JSON.string(confidential.echo)
        let error: JSON = [
            "error": ["code": words, "type": words, "message": words], "error_description": words, "message": words,
        ]
        return error.encoded
    }

    /// Each of the sample's answers fails in turn, in every way.
    func checkUnansweredCalls(_ provider: IdentityProvider, _ report: inout ConformanceReport) async {
        for position in sample.answers.indices {
            let before = sample.answers[..<position].map { RecordingHTTP.Reply.success($0) }
            var cut = sample.answers[position]
            cut.isTruncated = true
            cut.body = Array(cut.body.prefix(cut.body.count / 2))
            let truncated = Failure(
                name: "half an answer", reply: .success(cut), reasons: Set(SignInRefusal.Reason.allCases))
            for failure in failures + [truncated] {
                let during = "\(failure.name) to call \(position + 1)"
                let host = host(before + [failure.reply] + sample.answers[(position + 1)...].map { .success($0) })
                do throws(SignInRefusal) {
                    _ = try await client(on: host)?.identity(evidence(sample, provider))
                    report.add(.identityFailures, "\(during) gives an identity")
                } catch {
                    report.expect(
                        failure.reasons.contains(error.reason), .identityFailures,
                        "\(during) is \(error.reason.rawValue)")
                    check(error, during, &report)
                }
                checkPorts(host, during, &report)
            }
        }
    }

    // MARK: Strange values

    static var strangers: [JSON] {
        [
            .null, .string(""), .number("-1"), .array([]), .object([]), .array([.null, "x", 7]), .bool(true),
            .string("Zed\u{0}\r\nX: \u{202E}gnp.exe<script>"), .string(String(repeating: "\u{1F600}", count: 70_000)),
            .string(" \u{200D}\u{FEFF} "), .string("ann@example.com@evil.example"), .number("1e400"),
        ]
    }

    /// Whatever stands in a value, there is a refusal or an identity that can be kept and shown.
    func checkStrangeClaims(_ provider: IdentityProvider, _ report: inout ConformanceReport) async {
        var samples: [SignInSample] = []
        func vary(_ json: JSON?, _ change: (inout SignInSample, JSON) -> Void) {
            guard let json else { return }
            for stranger in Self.strangers {
                for body in HostileBody.variants(of: json.encoded, limit: 60, strangers: [stranger]) {
                    guard let value = try? JSON.parse(body.bytes) else { continue }
                    var strange = sample
                    change(&strange, value)
                    samples.append(strange)
                }
            }
        }
        vary(sample.claims) { $0.claims = $1 }
        vary(sample.userInfo) { $0.userInfo = $1 }
        vary(sample.tokens.reply) { $0.tokens.reply = $1 }
        for position in sample.answers.indices {
            vary(try? JSON.parse(sample.answers[position].body)) { $0.answers[position].body = $1.encoded }
        }
        for (name, value) in sample.callback.parameters where name != "code" && name != "state" {
            for body in HostileBody.all { samples.append(changing(name, String(decoding: body.bytes, as: UTF8.self))) }
            vary(try? JSON.parse(value)) { $0.callback.parameters[name] = $1.text }
        }
        for strange in samples {
            let host = host(strange.answers.map { .success($0) })
            do throws(SignInRefusal) {
                guard let identity = try await client(on: host)?.identity(evidence(strange, provider)) else { return }
                check(identity, &report)
            } catch {
                check(error, "a strange value", &report)
            }
            checkPorts(host, "a strange value", &report)
        }
    }

    private func changing(_ name: String, _ value: String) -> SignInSample {
        var strange = sample
        strange.callback.parameters[name] = value
        return strange
    }

    private func check(_ identity: ProviderIdentity, _ report: inout ConformanceReport) {
        report.expect(
            (1...255).contains(identity.subject.unicodeScalars.count), .identityClean,
            "a strange value gives a subject that cannot be kept")
        for text in [identity.name, identity.label].compactMap(\.self) {
            report.expect(
                IdentityClaims.displayText(text) == text, .identityClean,
                "a strange value gives a name or a label that cannot be shown")
        }
        guard let address = identity.email?.address else { return }
        report.expect(
            IdentityClaims(["email": .string(address)]).email() == address, .identityClean,
            "a strange value gives an e-mail address that is none")
    }
}
