/// Reads tenants.yaml and the files that it includes.
public struct ConfigurationLoader: Sendable {
    private static let keys = ["version", "hub", "apps", "include", "tenants"]

    private let catalogue: AdapterCatalogue
    private let environment: [String: String]

    /// - Parameters:
    ///   - catalogue: The adapters that the files may name.
    ///   - environment: What `${env:NAME}` refers to.
    public init(catalogue: AdapterCatalogue, environment: [String: String]) {
        self.catalogue = catalogue
        self.environment = environment
    }

    /// Reads and checks the file and all that it includes. Reads from disk: not for the cooperative pool while serving.
    /// - Throws: All that is wrong in all files.
    public func load(path: String) throws(ConfigurationErrors) -> HubConfiguration {
        let context = ReadingContext(catalogue: catalogue, environment: environment)
        let configuration = read(SourceFile(path), context)
        let problems = context.sortedProblems
        guard problems.isEmpty, let configuration else { throw ConfigurationErrors(problems: problems) }
        return configuration
    }

    private func read(_ file: SourceFile, _ context: ReadingContext) -> HubConfiguration? {
        guard let root = FileReader.root(file, context: context), let fields = root.fields(Self.keys) else {
            return nil
        }
        checkVersion(fields["version"], root: root)
        var configuration = HubReader.read(fields["hub"], file: file)
        let apps = AppReader(fields["apps"])
        configuration.apps = apps.apps.values.sorted { $0.name < $1.name }
        let reader = TenantReader(apps: apps)
        let own = fields["tenants"].map(reader.read) ?? []
        let included = fields["include"].map(IncludeReader(tenants: reader).read) ?? []
        configuration.tenants = (own + included).sorted { $0.id < $1.id }
        if configuration.origin == nil, let place = context.forBrowsers.first {
            place.report(
                "people's browsers have to find the hub: set hub.public_url to its https address (http only on this machine)",
                at: place.origin)
        }
        return configuration
    }

    private func checkVersion(_ place: ConfigurationPlace?, root: ConfigurationPlace) {
        guard let place else { return root.missing("version", "is missing; write version: 1") }
        guard case .scalar(let scalar) = place.node.content, scalar.meaning == .integer, scalar.text == "1" else {
            return place.report("must be 1")
        }
    }
}
