import AdapterKit
import AdapterTesting
import Testing

@Suite("The conformance kit for manifests")
struct ManifestConformanceTests {
    /// A change to a good manifest and the rule that it breaks.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rule: ConformanceRule
        let apply: @Sendable (inout AdapterManifest) -> Void

        init(_ name: String, _ rule: ConformanceRule, _ apply: @escaping @Sendable (inout AdapterManifest) -> Void) {
            testDescription = name
            self.rule = rule
            self.apply = apply
        }
    }

    private static let changes: [Change] = [
        Change("no name", .manifestIdentity) { $0.name = "" },
        Change("a name in capitals", .manifestIdentity) { $0.name = "WhatsApp" },
        Change("a name with two dashes", .manifestIdentity) { $0.name = "whats--app" },
        Change("a name that starts with a digit", .manifestIdentity) { $0.name = "3cx" },
        Change("two numbers as version", .manifestIdentity) { $0.version = "1.0" },
        Change("a zero before the version", .manifestIdentity) { $0.version = "01.0.0" },
        Change("no summary", .manifestIdentity) { $0.summary = "" },
        Change("another kind", .manifestKind) { $0.kind = .system },
        Change("a key twice", .settingsKeys) { $0.settings.fields.append($0.settings.fields[1]) },
        Change("a key in camel case", .settingsKeys) {
            $0.settings.fields.append(SettingsField("baseUrl", .url, summary: "Where to."))
        },
        Change("a setting without a summary", .settingsKeys) { $0.settings.fields[1].summary = "" },
        Change("a token as text", .settingsSecrets) { $0.settings.fields[2].kind = .text },
        Change("a secret with a default", .settingsSecrets) {
            $0.settings.fields.append(SettingsField("pin", .secret, defaultValue: "1234", summary: "The PIN."))
        },
        Change("a default out of range", .settingsDefaults) {
            $0.settings.fields.append(SettingsField("rate", .integer(1...9), defaultValue: "10", summary: "The rate."))
        },
        Change("a default that is no choice", .settingsDefaults) {
            $0.settings.fields.append(SettingsField("mode", .choice(["a"]), defaultValue: "b", summary: "The mode."))
        },
        Change("a default of what is required", .settingsDefaults) { $0.settings.fields[3].required = true },
        Change("a default in another form", .settingsDefaults) {
            $0.settings.fields.append(
                SettingsField("number", .text, defaultValue: "one", format: .digits, summary: "A number."))
        },
        Change("no account", .accountSettings) { $0.accounts = nil },
        Change("an account that is no setting", .accountSettings) { $0.accounts = AccountSettings(channel: "page") },
        Change("an account that may be missing", .accountSettings) { $0.settings.fields[1].required = false },
        Change("a host with a scheme", .hosts) { $0.hosts = ["https://toy.example"] },
        Change("a host with a port", .hosts) { $0.hosts = ["toy.example:443"] },
        Change("nothing sent", .sendingDeclared) {
            $0.sends = []; $0.media = []
        },
        Change("a type that nobody sends", .sendingDeclared) { $0.sends.append("hologram") },
        Change("a type twice", .sendingDeclared) { $0.sends.append("text") },
        Change("a media rule for what is not sent", .sendingDeclared) {
            $0.media.append(MediaRule(.video, [], maximumBytes: 1))
        },
        Change("media of no size", .sendingDeclared) { $0.media[0].maximumBytes = 0 },
        Change("a media type with parameters", .sendingDeclared) { $0.media[0].mimeTypes = ["audio/ogg; codecs=opus"] },
        Change("a window of no length", .sendingDeclared) { $0.window = SendWindow(duration: .zero) },
        Change("a rate without a burst", .sendingDeclared) { $0.pairRate = PairRate(interval: .seconds(6), burst: 0) },
        Change("nothing touched", .privacy) { $0.privacy.touches = [] },
        Change("no recipients", .privacy) { $0.privacy.recipients = [] },
        Change("no word on erasure", .privacy) { $0.privacy.erasure = "" },
    ]

    @Test("A good manifest has no findings")
    func good() {
        let report = ManifestConformance(ToyChannel.manifest, kind: .channel).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("A broken rule is found, and is the only one that is named", arguments: changes)
    func broken(change: Change) {
        var manifest = ToyChannel.manifest
        change.apply(&manifest)
        let report = ManifestConformance(manifest, kind: .channel).run()
        #expect(report.rules == [change.rule], "\(report)")
    }
}
