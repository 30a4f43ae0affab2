import AdapterKit
import HubCore
import Testing

@Suite("The changes of a reload")
struct ChangesTests {
    static let old = HubConfiguration(
        listen: ListenAddress(host: "127.0.0.1", port: 8080),
        operatorListen: ListenAddress(host: "127.0.0.1", port: 8081),
        dataPath: "/data", masterKey: .file(path: "/data/master.key"),
        apps: [AppConfiguration(name: "a", adapter: "x", settings: AdapterSettings([:]))],
        tenants: ["acme", "beta", "gamma"].map { TenantConfiguration(id: $0, name: $0) })

    @Test("are none for the same configuration")
    func none() {
        let changes = Self.old.changes(from: Self.old)
        #expect(changes.isEmpty)
        #expect(changes.tenantsUnchanged == ["acme", "beta", "gamma"])
    }

    @Test("put every tenant into one list")
    func tenants() {
        var new = Self.old
        new.tenants = [
            TenantConfiguration(id: "zeta", name: "zeta"), TenantConfiguration(id: "gamma", name: "Gamma"),
            TenantConfiguration(id: "acme", name: "acme"),
        ]
        var expected = ConfigurationChanges()
        expected.tenantsAdded = ["zeta"]
        expected.tenantsRemoved = ["beta"]
        expected.tenantsChanged = ["gamma"]
        expected.tenantsUnchanged = ["acme"]
        #expect(new.changes(from: Self.old) == expected)
    }

    @Test("see a new secret")
    func secrets() {
        var new = Self.old
        new.apps = [
            AppConfiguration(name: "a", adapter: "x", settings: AdapterSettings(["s": .secret([Secret("new")])])),
            AppConfiguration(name: "b", adapter: "x", settings: AdapterSettings([:])),
        ]
        #expect(new.changes(from: Self.old).appsChanged == ["a", "b"])
        #expect(Self.old.changes(from: new).appsChanged == ["a", "b"])
    }

    @Test("name the keys of the hub that need a restart")
    func hub() {
        let new = HubConfiguration(
            listen: ListenAddress(host: "0.0.0.0", port: 80), operatorListen: ListenAddress(host: "0.0.0.0", port: 81),
            publicURL: "https://a", dataPath: "/other", masterKey: .inline(Secret("x")), allowPrivateHosts: ["a"],
            apps: Self.old.apps, tenants: Self.old.tenants)
        #expect(
            new.changes(from: Self.old).hubChanged
                == ["allow_private_hosts", "data", "listen", "master_key", "operator_listen", "public_url"])
    }
}
