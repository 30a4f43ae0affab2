import AdapterKit

extension ChannelConformance {
    /// Each type that the manifest names, once right and often wrong.
    func checkContent(_ report: inout ConformanceReport) async {
        for type in Channel.manifest.sends {
            guard
                let content = type == sending.message.content.type
                    ? sending.message.content : StandardContent.content(of: type)
            else { continue }
            let outcome = await outcome(of: content, "a good \(type)", &report)
            report.expect(outcome == .accepted, .everyType, "a good \(type) is \(outcome) and not accepted")
            checkRules(of: content, isGood: true, &report)
            for stranger in StandardContent.strangers(of: type) {
                let outcome = await self.outcome(of: stranger, "a strange \(type)", &report)
                report.expect(
                    [.accepted, .rejected].contains(outcome), .outcome,
                    "a strange \(type) is \(outcome) and not rejected")
                checkRules(of: stranger, isGood: false, &report)
            }
        }
    }

    private func outcome(of content: MessageContent, _ name: String, _ report: inout ConformanceReport) async
        -> OutcomeKind
    {
        var message = sending.message
        message.content = content
        message.providerIDs.merge(StandardContent.providerIDs) { own, _ in own }
        let host = TestHost(http: RecordingHTTP(sending.accepting.map { .success($0) }))
        guard let channel = channel(on: host) else { return .misconfigured }
        let outcome = OutcomeKind(await channel.send(message))
        var words = Confidential(secrets: settings.secretTexts(in: Channel.manifest.settings))
        words.add(message.recipient)
        checkPorts(host, name, words, &report)
        return outcome
    }

    private func checkRules(of content: MessageContent, isGood: Bool, _ report: inout ConformanceReport) {
        guard Channel.self is any ContentRules.Type else { return }
        let host = TestHost()
        guard let rules = channel(on: host) as? any ContentRules else { return }
        let problems = rules.problems(of: content)
        let type = content.type
        report.expect(!isGood || problems.isEmpty, .contentRules, "a good \(type) has problems")
        let again = (channel(on: TestHost()) as? any ContentRules)?.problems(of: content)
        report.expect(
            again == problems && rules.problems(of: content) == problems, .contentRules,
            "a \(type) has other problems another time")
        report.expect(
            host.recordingHTTP.calls.isEmpty, .contentRules, "the rules for \(type) call the provider")
        check(problems, of: content, .contentRules, &report)
    }

    /// Each problem points into the message, is one word for programs and says something without quoting what it is about.
    func check(
        _ problems: [RequestProblem], of content: MessageContent, _ rule: ConformanceRule,
        _ report: inout ConformanceReport
    ) {
        for problem in problems {
            report.expect(
                Pointer.leads(problem.pointer, into: content), rule,
                "'\(problem.pointer.prefix(80))' is no pointer into the message")
            report.expect(
                Words.isName(problem.code, separator: "_"), rule, "the code '\(problem.code.prefix(40))' is no word")
            report.expect(!problem.detail.isEmpty, rule, "\(problem.code) says nothing")
            report.expect(
                !problem.detail.contains(HostileBody.marker), rule, "the detail of \(problem.code) quotes the message")
        }
    }
}
