public import AdapterKit

/// The adapters that a hub is built with, by name.
public struct AdapterCatalogue: Sendable {
    /// A mistake in an adapter's manifest, for the programmer who wrote it.
    public struct ManifestProblem: Error, Sendable, Equatable, CustomStringConvertible {
        /// The adapter's name.
        public let adapter: String
        public let message: String

        public var description: String { "adapter \(adapter): \(message)" }
    }

    /// Keys that the host itself takes where an adapter's settings stand.
    static let reservedKeys: Set<String> = ["adapter", "app", "join"]

    private let adapters: [String: any Adapter.Type]

    /// Gathers the adapters and checks what their manifests say.
    /// - Throws: ``ManifestProblem`` for two adapters of one name, a kind that the type is not made for, or a schema
    ///   that contradicts itself.
    public init(_ adapters: [any Adapter.Type]) throws(ManifestProblem) {
        var byName: [String: any Adapter.Type] = [:]
        for adapter in adapters {
            let manifest = adapter.manifest
            if let message = Self.fault(of: adapter, manifest) {
                throw ManifestProblem(adapter: manifest.name, message: message)
            }
            guard byName.updateValue(adapter, forKey: manifest.name) == nil else {
                throw ManifestProblem(adapter: manifest.name, message: "there are two adapters of this name")
            }
        }
        self.adapters = byName
    }

    public subscript(name: String) -> (any Adapter.Type)? { adapters[name] }

    /// Sorted.
    public var names: [String] { adapters.keys.sorted() }

    /// The names of the adapters of one kind, sorted.
    public func names(of kind: AdapterManifest.Kind) -> [String] {
        adapters.filter { $0.value.manifest.kind == kind }.keys.sorted()
    }

    private static func fault(of adapter: any Adapter.Type, _ manifest: AdapterManifest) -> String? {
        guard ConfigurationName.isValid(manifest.name) else { return "the name must be \(ConfigurationName.rule)" }
        switch manifest.kind {
        case .channel where !(adapter is any ChannelAdapter.Type): return "a channel has to be a ChannelAdapter"
        case .system where !(adapter is any SystemAdapter.Type): return "a system has to be a SystemAdapter"
        case .identity where !(adapter is any IdentityAdapter.Type): return "sign-in has to be an IdentityAdapter"
        default: break
        }
        if manifest.identity == nil, adapter is any ProviderClient.Type {
            return "an OAuth client has to declare itself"
        }
        var keys: Set<String> = []
        for field in manifest.settings.fields {
            guard keys.insert(field.key).inserted else { return "the setting \(field.key) is declared twice" }
            guard !reservedKeys.contains(field.key) else {
                return "the setting \(field.key) has a name that the host takes"
            }
            if let fault = fault(of: field) { return "the setting \(field.key) \(fault)" }
        }
        let accounts = [manifest.accounts?.channel, manifest.accounts?.parent].compactMap { $0 }
        for account in accounts where manifest.settings[account]?.kind != .text {
            return "the account \(account) is no text setting"
        }
        return nil
    }

    private static func fault(of field: SettingsField) -> String? {
        if case .secrets(let maximum) = field.kind, maximum < 1 { return "allows no secret at all" }
        guard let text = field.defaultValue else { return nil }
        switch field.kind {
        case .secret, .secrets: return "is a secret and cannot have a default"
        default: break
        }
        do throws(SettingValue.Fault) {
            _ = try SettingValue.parse(text, as: field)
            return nil
        } catch {
            return "has a default that \(error.message)"
        }
    }
}
