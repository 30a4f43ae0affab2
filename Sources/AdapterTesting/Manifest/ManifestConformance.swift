public import AdapterKit

/// Checks what an adapter says of itself, without making one.
public struct ManifestConformance: Sendable {
    private let manifest: AdapterManifest
    private let kind: AdapterManifest.Kind

    /// - Parameter kind: What the adapter's protocol makes it.
    public init(_ manifest: AdapterManifest, kind: AdapterManifest.Kind) {
        self.manifest = manifest
        self.kind = kind
    }

    /// Tries the rules of manifests and settings.
    public func run() -> ConformanceReport {
        var report = ConformanceReport(adapter: manifest.name)
        check(into: &report)
        return report
    }

    func check(into report: inout ConformanceReport) {
        checkIdentity(&report)
        checkHosts(&report)
        checkPrivacy(&report)
        checkAccounts(&report)
        checkSending(&report)
        DeclarationConformance(manifest, kind: kind).check(into: &report)
        SettingsConformance(manifest.settings).check(into: &report)
    }

    private func checkIdentity(_ report: inout ConformanceReport) {
        report.expect(manifest.kind == kind, .manifestKind, "the manifest says \(manifest.kind), the protocol \(kind)")
        report.expect(Words.isName(manifest.name, separator: "-"), .manifestIdentity, "the name '\(manifest.name)'")
        report.expect(Words.isVersion(manifest.version), .manifestIdentity, "the version '\(manifest.version)'")
        report.expect(manifest.summary.count >= 10, .manifestIdentity, "the summary says too little")
    }

    private func checkHosts(_ report: inout ConformanceReport) {
        for host in manifest.hosts {
            let isBare =
                !host.isEmpty
                && host.utf8.allSatisfy {
                    Words.isLowerCaseOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
                }
            report.expect(isBare, .hosts, "'\(host)' is no bare lower-case host name")
        }
    }

    private func checkPrivacy(_ report: inout ConformanceReport) {
        let privacy = manifest.privacy
        report.expect(!privacy.touches.isEmpty, .privacy, "no personal data is declared")
        report.expect(!privacy.recipients.isEmpty, .privacy, "no recipient is declared")
        for (what, text) in [
            ("retention", privacy.retention), ("export", privacy.export), ("erasure", privacy.erasure),
        ] {
            report.expect(text.count >= 10, .privacy, "\(what) says too little")
        }
    }

    private func checkAccounts(_ report: inout ConformanceReport) {
        guard kind == .channel else {
            return report.expect(manifest.accounts == nil, .accountSettings, "only a channel has accounts")
        }
        guard let accounts = manifest.accounts else {
            return report.add(.accountSettings, "no setting names the channel's account")
        }
        for key in [accounts.channel, accounts.parent].compactMap({ $0 }) {
            report.expect(
                manifest.settings[key]?.required == true, .accountSettings, "'\(key)' is no required setting")
        }
    }

    private func checkSending(_ report: inout ConformanceReport) {
        guard kind == .channel else { return }
        let sends = manifest.sends
        report.expect(!sends.isEmpty, .sendingDeclared, "no type of message is sent")
        report.expect(Set(sends).count == sends.count, .sendingDeclared, "a type of message is named twice")
        for type in sends {
            report.expect(
                MessageContent.sendableTypes.contains(type), .sendingDeclared, "'\(type)' is no type that is sent")
        }
        for rule in manifest.media {
            let kind = rule.kind.rawValue
            report.expect(
                sends.contains(kind), .sendingDeclared, "there is a media rule for \(kind), which is not sent")
            report.expect(rule.maximumBytes > 0, .sendingDeclared, "no \(kind) is small enough")
            for type in rule.mimeTypes {
                report.expect(
                    Words.isMediaType(type), .sendingDeclared, "'\(type)' is no media type without parameters")
            }
        }
        let times = [manifest.window?.duration, manifest.window?.freeEntry, manifest.pairRate?.interval]
        report.expect(
            times.compactMap(\.self).allSatisfy { $0 > .zero } && (manifest.pairRate?.burst ?? 1) >= 1,
            .sendingDeclared,
            "a window or a rate is of no length")
    }
}
