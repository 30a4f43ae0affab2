import AdapterKit

extension ChannelConformance {
    func checkTemplates(_ report: inout ConformanceReport) async {
        guard Channel.self is any TemplateChannel.Type else { return }
        guard let sample = samples.templates else {
            return report.add(.templatePages, "the kit was given no templates to try")
        }
        await checkPages(sample, &report)
        checkSends(sample, &report)
        await checkChanges(sample, &report)
    }

    private func checkPages(_ sample: TemplateSample, _ report: inout ConformanceReport) async {
        let last = sample.pages.last.map { RecordingHTTP.Reply.success($0) } ?? .failure(.refused(reason: "test"))
        let host = TestHost(http: RecordingHTTP(sample.pages.dropLast().map { .success($0) }, then: last))
        guard let channel = channel(on: host) as? any TemplateChannel else { return }
        var found: [MessageTemplate] = []
        var cursor: String?
        var pages = 0
        repeat {
            guard let page = try? await channel.templates(after: cursor) else {
                return report.add(.templatePages, "page \(pages + 1) of the registry cannot be read")
            }
            found += page.templates
            cursor = page.next
            pages += 1
        } while cursor != nil && pages < sample.pages.count + 5
        report.expect(cursor == nil, .templatePages, "the registry has no end")
        report.expect(
            found.count == sample.count, .templatePages, "\(sample.count) templates are read as \(found.count)")
        report.expect(
            !found.contains { $0.name.isEmpty || $0.language.isEmpty || $0.providerID.isEmpty }, .templatePages,
            "a template has no name, language or id")
        checkPorts(host, "a list of templates", &report)
    }

    private func checkSends(_ sample: TemplateSample, _ report: inout ConformanceReport) {
        guard let channel = channel(on: TestHost()) as? any TemplateChannel else { return }
        let problems = channel.problems(of: sample.send, using: sample.template)
        report.expect(problems.isEmpty, .templateRules, "a send that fits its template has problems")
        for (index, send) in sample.wrong.enumerated() {
            let problems = channel.problems(of: send, using: sample.template)
            report.expect(!problems.isEmpty, .templateRules, "wrong send \(index) has no problem")
            report.expect(
                channel.problems(of: send, using: sample.template) == problems, .templateRules,
                "wrong send \(index) has other problems another time")
            check(problems, of: .template(send), .templateRules, &report)
        }
    }

    private func checkChanges(_ sample: TemplateSample, _ report: inout ConformanceReport) async {
        let host = TestHost(http: RecordingHTTP(sample.creating.map { .success($0) }))
        guard let channel = channel(on: host) as? any TemplateChannel else { return }
        let created = try? await channel.create(sample.definition)
        report.expect(
            created.map { !$0.providerID.isEmpty && !$0.name.isEmpty } ?? false, .templatePages,
            "a template that the provider takes fails, or has no id or name")
        checkPorts(host, "a new template", &report)
    }
}
