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
}
