import AdapterKit

/// Reads what stands under `hub:`.
struct HubReader {
    static let defaultListen = ListenAddress(host: "127.0.0.1", port: 8080)
    static let defaultOperatorListen = ListenAddress(host: "127.0.0.1", port: 8081)
    static let defaultData = "./data"

    private static let keys = [
        "allow_private_hosts", "data", "listen", "master_key", "operator_listen", "public_url",
    ]

    /// The hub's part of the configuration, without apps and tenants. What could not be read has its default.
    static func read(_ hub: ConfigurationPlace?, file: SourceFile) -> HubConfiguration {
        let fields = hub?.fields(keys) ?? [:]
        let dataPath = file.resolve(fields["data"]?.text()?.value ?? defaultData)
        var configuration = HubConfiguration(
            listen: fields["listen"].flatMap(address) ?? defaultListen,
            operatorListen: fields["operator_listen"].flatMap(address) ?? defaultOperatorListen,
            publicURL: fields["public_url"].flatMap(publicURL),
            dataPath: dataPath,
            masterKey: fields["master_key"].flatMap(masterKey) ?? .file(path: "\(dataPath)/master.key"))
        configuration.allowPrivateHosts = fields["allow_private_hosts"].map(hosts) ?? []
        if configuration.listen == configuration.operatorListen, configuration.listen.port != 0 {
            (fields["operator_listen"] ?? fields["listen"])?.report("must not be the same as that of webhooks and API")
        }
        return configuration
    }

    private static func address(_ place: ConfigurationPlace) -> ListenAddress? {
        guard let text = place.text() else { return nil }
        guard let address = ListenAddress(text.value) else {
            place.report("must be host:port, with a port from 0 to 65535; an IPv6 address stands in []")
            return nil
        }
        return address
    }

    private static func publicURL(_ place: ConfigurationPlace) -> String? {
        guard var url = place.text()?.value else { return nil }
        if let fault = WebAddress.fault(url, allowsQuery: false) {
            place.report(fault)
            return nil
        }
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }

    private static func masterKey(_ place: ConfigurationPlace) -> MasterKeySource? {
        if case .scalar(let scalar) = place.node.content,
            case .reference(.file(let path)) = ConfigurationReference.parse(scalar.text)
        {
            return .file(path: place.file.resolve(path))
        }
        return place.secret().map { .inline($0) }
    }

    private static func hosts(_ place: ConfigurationPlace) -> Set<String> {
        let hosts = (place.elements() ?? []).compactMap { place -> String? in
            guard let host = place.text()?.value else { return nil }
            guard HostName.isValid(host) else {
                place.report("must be a host name or an address, without scheme, port or path")
                return nil
            }
            return host.lowercased()
        }
        return Set(hosts)
    }
}
