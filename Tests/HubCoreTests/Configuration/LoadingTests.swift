import AdapterKit
import HubCore
import Testing

@Suite("A right configuration")
struct LoadingTests {
    static let whole = """
        version: 1
        hub:
          listen: 0.0.0.0:9080
          operator_listen: "[::1]:9081"
          allow_private_hosts: [127.0.0.1, CRM.Internal]
          public_url: https://hub.example.com/
          data: ./var//data
          master_key: ${env:KEY_A}
        apps:
          shared:
            adapter: test-channel
            app_secret: ["${env:APP_SECRET}", "${env:SECRET}"]
        tenants:
          globex:
            channels:
              care:
                adapter: test-channel
                app_secret: ${env:APP_SECRET}
                phone_number_id: 106540352242933
                access_token: ${env:TOKEN}
          acme:
            name: Acme Ltd
            api_keys:
              crm: {key: "${env:KEY_B}", scopes: [messages.send, events.read]}
            channels:
              support:
                adapter: test-channel
                app: shared
                phone_number_id: "106540352242922"
                business_account_id: "102290129340398"
                access_token: ${file:secrets/token}
                messages_per_second: ${env:RATE}
                mode: rehearsal
                read_receipts: true
                languages: [fr]
            systems:
              crm: {adapter: test-system, url: "${env:URL}", secret: "${env:SECRET}"}
            routes:
              - {from: support, to: crm, events: [message.received, "contact.*"]}
              - {to: crm, events: [channel.alert]}
        """

    @Test("is read whole, tenants by id, settings with their defaults and those of the app")
    func isReadWhole() throws {
        let folder = try ConfigurationFolder(["tenants.yaml": Self.whole, "secrets/token": "file-token\n"])
        let configuration = try folder.load()
        let shared = AdapterSettings(["app_secret": .secret([Secret("app-secret"), Secret("system-secret")])])
        let defaults = AdapterSettings([
            "graph_url": .text("https://graph.example.com"), "api_version": .text("v25.0"),
            "messages_per_second": .integer(80), "mode": .text("live"), "read_receipts": .boolean(false),
            "languages": .list(["en", "de"]),
        ])
        let support = AdapterSettings([
            "phone_number_id": .text("106540352242922"), "business_account_id": .text("102290129340398"),
            "access_token": .secret([Secret("file-token")]), "messages_per_second": .integer(250),
            "mode": .text("rehearsal"), "read_receipts": .boolean(true), "languages": .list(["fr"]),
        ])
        let care = AdapterSettings([
            "app_secret": .secret([Secret("app-secret")]), "phone_number_id": .text("106540352242933"),
            "access_token": .secret([Secret("token")]),
        ])
        let crm = AdapterSettings([
            "url": .text("https://crm.example/hook"), "secret": .secret([Secret("system-secret")]),
            "timeout_seconds": .integer(15),
        ])
        let expected = HubConfiguration(
            listen: ListenAddress(host: "0.0.0.0", port: 9080), operatorListen: ListenAddress(host: "::1", port: 9081),
            publicURL: "https://hub.example.com", dataPath: "\(folder.path)/var/data",
            masterKey: .inline(Secret("key-a-0123456789-0123456789")),
            allowPrivateHosts: ["127.0.0.1", "crm.internal"],
            apps: [AppConfiguration(name: "shared", adapter: "test-channel", settings: shared)],
            tenants: [
                TenantConfiguration(
                    id: "acme", name: "Acme Ltd",
                    apiKeys: [
                        APIKeyConfiguration(
                            name: "crm", key: Secret("key-b-0123456789-0123456789"),
                            scopes: [.messagesSend, .eventsRead])
                    ],
                    channels: [
                        ChannelConfiguration(
                            name: "support", adapter: "test-channel", app: "shared",
                            settings: support.merging(shared).merging(defaults),
                            accounts: ChannelAccounts(channel: "106540352242922", parent: "102290129340398"))
                    ],
                    systems: [SystemConfiguration(name: "crm", adapter: "test-system", settings: crm)],
                    routes: [
                        RouteConfiguration(from: "support", to: "crm", events: ["message.received", "contact.*"]),
                        RouteConfiguration(to: "crm", events: ["channel.alert"]),
                    ]),
                TenantConfiguration(
                    id: "globex", name: "globex",
                    channels: [
                        ChannelConfiguration(
                            name: "care", adapter: "test-channel", settings: care.merging(defaults),
                            accounts: ChannelAccounts(channel: "106540352242933"))
                    ]),
            ])
        #expect(configuration == expected)
    }

    @Test("needs nothing but its version")
    func hasDefaults() throws {
        let folder = try ConfigurationFolder(["tenants.yaml": "version: 1"])
        #expect(
            try folder.load()
                == HubConfiguration(
                    listen: ListenAddress(host: "127.0.0.1", port: 8080),
                    operatorListen: ListenAddress(host: "127.0.0.1", port: 8081), dataPath: "\(folder.path)/data",
                    masterKey: .file(path: "\(folder.path)/data/master.key")))
    }

    @Test("may name a master key file that is not there yet")
    func masterKeyFileMayBeMissing() throws {
        let text = "version: 1\nhub: {master_key: \"${file:keys/master.key}\"}"
        let folder = try ConfigurationFolder(["tenants.yaml": text])
        #expect(try folder.load().masterKey == .file(path: "\(folder.path)/keys/master.key"))
    }

    @Test("may be empty where nothing is needed")
    func emptySections() throws {
        #expect(try problems(in: "version: 1\nhub:\napps: ~\ntenants:\n  acme:\n    channels:\n    routes: null") == [])
    }

    @Test("may use anchors and aliases in the main file")
    func aliases() throws {
        let text = """
            version: 1
            tenants:
              acme:
                api_keys:
                  crm: {key: "${env:KEY_A}", scopes: &all [messages.send, messages.read]}
                  erp: {key: "${env:KEY_B}", scopes: *all}
            """
        let keys = try ConfigurationFolder(["tenants.yaml": text]).load().tenants.first?.apiKeys
        #expect(keys?.map(\.scopes) == [[.messagesSend, .messagesRead], [.messagesSend, .messagesRead]])
    }

    @Test("keeps an app of the same adapter's account apart from another adapter's")
    func accountsAreByAdapter() throws {
        let text = """
            version: 1
            tenants:
              acme:
                channels:
                  one: {adapter: other-channel, phone_number_id: "1"}
                  two:
                    adapter: test-channel
                    app_secret: ${env:APP_SECRET}
                    phone_number_id: "1"
                    access_token: ${env:TOKEN}
            """
        #expect(try problems(in: text) == [])
    }

    @Test("gives its secrets to nobody who prints it")
    func secretsAreNotPrinted() throws {
        let folder = try ConfigurationFolder(["tenants.yaml": Self.whole, "secrets/token": "file-token"])
        var text = ""
        dump(try folder.load(), to: &text)
        for secret in ["file-token", "app-secret", "system-secret", "key-a-", "key-b-"] {
            #expect(!text.contains(secret))
        }
        #expect(text.contains("Acme Ltd"))
    }
}
