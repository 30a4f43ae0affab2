import AdapterKit

extension ChannelConformance {
    func checkAccount(_ report: inout ConformanceReport) async {
        checkOperations(&report)
        let person = "a block and its end"
        await checkTaken("a read mark", samples.readMarks, Channel.self is any ReadMarks.Type, &report)
        await checkTaken(person, samples.blocking, Channel.self is any Blocking.Type, &report)
        await checkTaken("a probe", samples.probe, Channel.self is any HealthProbe.Type, &report)
        await checkPerformance(&report)
    }

    /// Calls that the provider takes.
    private func checkTaken(
        _ name: String, _ answers: [HTTPAnswer]?, _ isImplemented: Bool, _ report: inout ConformanceReport
    ) async {
        guard isImplemented else { return }
        guard let answers else { return report.add(.accountCalls, "the kit was given no answers for \(name)") }
        let prefix = name == "a block and its end" ? "a block" : name
        for call in providerCalls where call.name.hasPrefix(prefix) {
            let host = TestHost(http: RecordingHTTP(answers.map { .success($0) }))
            guard let channel = channel(on: host) else { return }
            do throws(ProviderFailure) {
                try await call.run(channel)
            } catch {
                report.add(.accountCalls, "\(call.name) fails though the provider takes it")
            }
            checkPorts(host, call.name, &report)
            if let probe = try? await (self.channel(on: host.again(answers)) as? any HealthProbe)?.probe(),
                prefix == "a probe"
            {
                check(probe, &report)
            }
        }
    }

    private func check(_ probe: ChannelProbe, _ report: inout ConformanceReport) {
        let codes = probe.alerts.map(\.code)
        report.expect(Set(codes).count == codes.count, .accountCalls, "a probe has an alert twice")
        report.expect(
            (probe.limits.messagesPerSecond ?? 1) > 0 && (probe.limits.newContactsPerDay ?? 1) >= 0, .accountCalls,
            "a probe has a limit below nothing")
        confidential.check(probe.facts.text, "a probe's facts", "a probe", &report)
        for alert in probe.alerts { confidential.check(alert.title + alert.code, "an alert", "a probe", &report) }
    }

    private func checkOperations(_ report: inout ConformanceReport) {
        guard let operations = (Channel.self as? any ChannelOperations.Type)?.operations else { return }
        report.expect(!operations.isEmpty, .operations, "there is no operation")
        for operation in operations {
            let name = operation.name
            report.expect(Words.isName(name, separator: "_"), .operations, "'\(name)' is no snake_case word")
            report.expect(operations.count { $0.name == name } == 1, .operations, "'\(name)' is there twice")
            report.expect(operation.summary.count >= 10, .operations, "'\(name)' does not say what it does")
            SettingsConformance(operation.parameters).check(into: &report)
        }
    }

    /// What an operation gives back has no secret in it, not even one that it was given.
    private func checkPerformance(_ report: inout ConformanceReport) async {
        guard let operations = (Channel.self as? any ChannelOperations.Type)?.operations else { return }
        for operation in operations {
            let sample = SampleParameters(operation.parameters)
            var words = confidential
            for secret in sample.secrets { words.add("a secret parameter", secret) }
            let answers = samples.operations[operation.name]
            for (isWhole, parameters) in [(true, sample.all), (false, sample.required)] {
                let host = TestHost().again(answers ?? [HTTPAnswer(status: 200, body: Array("{}".utf8))])
                guard let channel = channel(on: host) as? any ChannelOperations else { return }
                let name = "the operation \(operation.name)"
                do throws(ProviderFailure) {
                    let result = try await channel.perform(operation.name, parameters)
                    words.check(result.text, "what is given back", name, &report)
                } catch {
                    words.check(error.reason, &report, name)
                    // Without what may be left out there can be too little to ask for.
                    report.expect(
                        answers == nil || !isWhole, .accountCalls, "\(name) fails though the provider does it")
                }
                checkPorts(host, name, words, &report)
            }
        }
    }
}

extension TestHost {
    /// A fresh host that answers with `answers`, the last of them for ever.
    fileprivate func again(_ answers: [HTTPAnswer]) -> TestHost {
        let last = answers.last.map { RecordingHTTP.Reply.success($0) } ?? .failure(.refused(reason: "test"))
        return TestHost(http: RecordingHTTP(answers.dropLast().map { .success($0) }, then: last), clock: clock)
    }
}
