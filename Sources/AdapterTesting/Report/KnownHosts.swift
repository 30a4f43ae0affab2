import AdapterKit

/// The hosts that an adapter may call: those of its manifest and those in its URL settings.
struct KnownHosts {
    private var hosts: Set<String>

    init(manifest: AdapterManifest, settings: AdapterSettings) {
        hosts = Set(manifest.hosts)
        for field in manifest.settings.fields where field.kind == .url {
            if let host = settings.text(field.key).flatMap(Self.host) { hosts.insert(host) }
        }
    }

    func check(_ calls: [HTTPCall], _ report: inout ConformanceReport) {
        for call in calls {
            let host = Self.host(call.url)
            report.expect(host.map(hosts.contains) ?? false, .knownHosts, "calls \(host ?? "an address without host")")
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
