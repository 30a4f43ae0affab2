import AdapterKit
import HubCore
import Testing

@Suite("The adapter catalogue")
struct CatalogueTests {
    @Test("finds adapters by name")
    func finds() throws {
        let catalogue = try AdapterCatalogue([TestSystem.self, TestChannel.self])
        #expect(catalogue.names == ["test-channel", "test-system"])
        #expect(catalogue.names(of: .system) == ["test-system"])
        #expect(catalogue["test-system"]?.manifest == TestSystem.manifest)
        #expect(catalogue["none"] == nil)
    }

    @Test("refuses two adapters of one name")
    func duplicates() {
        #expect(throws: AdapterCatalogue.ManifestProblem.self) {
            try AdapterCatalogue([TestChannel.self, TestSystem.self, TestChannel.self])
        }
    }

    static let manifests: [(any Adapter.Type, String)] = [
        (
            Misnamed.self,
            "adapter Bad Name: the name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first"
        ),
        (NoChannel.self, "adapter no-channel: a channel has to be a ChannelAdapter"),
        (Twice.self, "adapter twice: the setting url is declared twice"),
        (Reserved.self, "adapter reserved: the setting adapter has a name that the host takes"),
        (
            BadDefault.self,
            "adapter bad-default: the setting rate has a default that must be a whole number from 1 to 9"
        ),
        (SecretDefault.self, "adapter secret-default: the setting key is a secret and cannot have a default"),
        (NoAccount.self, "adapter no-account: the account number is no text setting"),
    ]

    @Test("refuses a manifest that contradicts itself", arguments: manifests.indices)
    func manifestProblems(_ index: Int) {
        let (adapter, message) = Self.manifests[index]
        let problem = #expect(throws: AdapterCatalogue.ManifestProblem.self) { try AdapterCatalogue([adapter]) }
        #expect(problem?.description == message)
    }
}

private protocol Described: SystemAdapter {
    static var described: (name: String, kind: AdapterManifest.Kind, fields: [SettingsField], account: String?) { get }
    init()
}

extension Described {
    static var manifest: AdapterManifest {
        AdapterManifest(
            name: described.name, kind: described.kind, version: "1.0.0", summary: "For tests.",
            settings: SettingsSchema(described.fields),
            accounts: described.account.map { AccountSettings(channel: $0) }, hosts: [], privacy: .nothing)
    }

    init(settings: AdapterSettings, host: any AdapterHost) { self.init() }

    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome { .delivered }
}

private struct Misnamed: Described {
    static var described: (name: String, kind: AdapterManifest.Kind, fields: [SettingsField], account: String?) {
        ("Bad Name", .system, [], nil)
    }
}

private struct NoChannel: Described {
    static var described: (name: String, kind: AdapterManifest.Kind, fields: [SettingsField], account: String?) {
        ("no-channel", .channel, [], nil)
    }
}

private struct Twice: Described {
    static var described: (name: String, kind: AdapterManifest.Kind, fields: [SettingsField], account: String?) {
        ("twice", .system, [SettingsField("url", .url, summary: "a"), SettingsField("url", .url, summary: "b")], nil)
    }
}

private struct Reserved: Described {
    static var described: (name: String, kind: AdapterManifest.Kind, fields: [SettingsField], account: String?) {
        ("reserved", .system, [SettingsField("adapter", .text, summary: "a")], nil)
    }
}

private struct BadDefault: Described {
    static var described: (name: String, kind: AdapterManifest.Kind, fields: [SettingsField], account: String?) {
        ("bad-default", .system, [SettingsField("rate", .integer(1...9), defaultValue: "10", summary: "a")], nil)
    }
}

private struct SecretDefault: Described {
    static var described: (name: String, kind: AdapterManifest.Kind, fields: [SettingsField], account: String?) {
        ("secret-default", .system, [SettingsField("key", .secret, defaultValue: "x", summary: "a")], nil)
    }
}

private struct NoAccount: Described {
    static var described: (name: String, kind: AdapterManifest.Kind, fields: [SettingsField], account: String?) {
        ("no-account", .system, [], "number")
    }
}
