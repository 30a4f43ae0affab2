import AdapterKit

/// The hosts that an adapter may call: those of its manifest and those in its URL settings.
struct KnownHosts {
    private var hosts: Set<String>
    /// Those that a setting names without encryption, such as a sandbox.
    private var plainHosts: Set<String> = []
    /// Whether a person at the start, or an address of the settings with a place for it, names a host below one of the
    /// manifest's, such as a shop's.
    private let takesSubdomains: Bool

    init(manifest: AdapterManifest, settings: AdapterSettings) {
        hosts = Set(manifest.hosts)
        takesSubdomains =
            manifest.identity?.parameters.isEmpty == false
            || manifest.settings.fields.contains { settings.text($0.key)?.hasPrefix("https://{") == true }
        for field in manifest.settings.fields where field.kind == .url {
            guard let url = settings.text(field.key), let host = Self.host(url) else { continue }
            hosts.insert(host)
            if url.lowercased().hasPrefix("http://") { plainHosts.insert(host) }
        }
    }

    /// One of them.
    var first: String? { hosts.min() }

    func contains(_ url: String) -> Bool {
        guard let host = Self.host(url) else { return false }
        return hosts.contains(host) || (takesSubdomains && hosts.contains { host.hasSuffix(".\($0)") })
    }

    /// Whether the address is one without encryption that no setting asks for.
    func isDowngraded(_ url: String) -> Bool {
        url.lowercased().hasPrefix("http://") && !plainHosts.contains(Self.host(url) ?? "")
    }

    func check(_ calls: [HTTPCall], _ report: inout ConformanceReport) {
        for call in calls {
            let host = Self.host(call.url) ?? "an address without host"
            report.expect(contains(call.url), .knownHosts, "calls \(host)")
        }
    }

    /// The host of an absolute http or https address, in lower case and without its port.
    static func host(_ url: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: { url.lowercased().hasPrefix($0) }) else { return nil }
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // What stands before an @ is a user, and the host is behind it.
        let hostAndPort = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        if hostAndPort.hasPrefix("[") { return String(hostAndPort.prefix { $0 != "]" }.dropFirst()) }
        let host = hostAndPort.prefix { $0 != ":" }
        return host.isEmpty ? nil : host.lowercased()
    }
}
