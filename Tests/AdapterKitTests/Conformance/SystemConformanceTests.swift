import AdapterKit
import AdapterTesting
import Testing

@Suite("The conformance kit for systems")
struct SystemConformanceTests {
    /// A way in which the toy breaks one rule.
    enum Fault: String, CaseIterable {
        case refusesSettings, staysAfterGone, failsAfterCreated, retriesForget, deliversErrors, deliversUnanswered
        case changesBytes, forgetsID, callsTwice, quotesAnswer, logsEvent, secretInURL, otherHost

        var rule: ConformanceRule {
            switch self {
            case .refusesSettings: .creation
            case .staysAfterGone, .failsAfterCreated, .retriesForget, .deliversErrors, .deliversUnanswered: .outcome
            case .changesBytes, .forgetsID, .callsTwice: .stableDelivery
            case .quotesAnswer, .logsEvent, .secretInURL: .confidentiality
            case .otherHost: .knownHosts
            }
        }
    }

    private func run(_ fault: Fault?) async -> ConformanceReport {
        await SystemConformance(
            ToySystem.self,
            settings: AdapterSettings([
                "url": .text("https://CRM.example:8443/hook"), "secret": .secret([Secret("toy-secret")]),
                "fault": .text(fault?.rawValue ?? ""),
            ])
        ).run()
    }

    @Test("A system that keeps every rule gives a clean report")
    func clean() async {
        let report = await run(nil)
        #expect(report.isClean, "\(report)")
    }

    @Test("A broken rule is found, and is the only one that is named", arguments: Fault.allCases)
    func broken(fault: Fault) async {
        let report = await run(fault)
        #expect(report.rules == [fault.rule], "\(report)")
    }

    private struct ToySystem: SystemAdapter {
        static let manifest = AdapterManifest(
            name: "toy-system", kind: .system, version: "1.0.0", summary: "A system for tests of the kit.",
            settings: SettingsSchema([
                SettingsField("url", .url, required: true, summary: "Where to."),
                SettingsField("secret", .secret, required: true, summary: "Signs."),
                SettingsField("fault", .text, summary: "The rule to break."),
            ]), hosts: [],
            privacy: PrivacyDeclaration(
                touches: [.phone], recipients: ["Nobody"], retention: "Nothing is kept.", export: "Nothing to export.",
                erasure: "Nothing to erase."))

        let url: String
        let secret: Secret?
        let fault: Fault?
        let host: any AdapterHost

        init(settings: AdapterSettings, host: any AdapterHost) throws {
            url = settings.text("url") ?? ""
            secret = settings.secret("secret")
            fault = settings.text("fault").flatMap(Fault.init)
            self.host = host
            if fault == .refusesSettings { throw SettingsProblem(key: "fault", message: "is on") }
        }

        func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome {
            var call = HTTPCall(url: url, body: delivery.body)
            if fault == .changesBytes { call.body += Array(String(delivery.attempt).utf8) }
            if fault == .forgetsID { call.body = Array("{}".utf8) }
            if fault == .secretInURL { call.url += "?key=" + (secret?.reveal() ?? "") }
            if fault == .otherHost { call.url = "http://elsewhere.example" }
            if fault == .logsEvent { host.log.log(.info, String(decoding: delivery.body, as: UTF8.self), [:]) }
            if fault == .callsTwice { _ = try? await host.http.send(call) }
            guard let answer = try? await host.http.send(call) else {
                return fault == .deliversUnanswered ? .delivered : failed("no_answer", nil)
            }
            switch answer.status {
            case 200: return .delivered
            case 201..<300: return fault == .failsAfterCreated ? failed("status", nil) : .delivered
            case 410: return fault == .staysAfterGone ? failed("status", nil) : .gone
            default:
                if fault == .deliversErrors { return .delivered }
                let title = fault == .quotesAnswer ? String(decoding: answer.body, as: UTF8.self) : "refused"
                return failed(title, fault == .retriesForget ? nil : answer.retryAfter)
            }
        }

        private func failed(_ title: String, _ retryAfter: Duration?) -> DeliveryOutcome {
            .failed(reason: FailureReason(code: "failed", title: title), retryAfter: retryAfter)
        }
    }
}
