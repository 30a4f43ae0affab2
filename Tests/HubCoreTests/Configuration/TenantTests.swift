import HubCore
import Testing

@Suite("Tenants, channels, systems and routes")
struct TenantTests {
    @Test("refuse adapters, apps and scopes that there are not")
    func unknownNames() throws {
        let text = """
            version: 1
            apps:
              shared: {adapter: test-channel, app_secret: "${env:APP_SECRET}"}
              other: {adapter: tests-channel}
              bare: {adapter: other-channel}
              wrong: {adapter: test-system}
            tenants:
              acme:
                api_keys:
                  crm: {key: "${env:KEY_A}", scopes: [message.send, everything]}
                channels:
                  a: {adapter: test-chanel}
                  b: {adapter: test-system}
                  c: {adapter: test-channel, app: share, phone_number_id: "1", access_token: "${env:TOKEN}"}
                  d: {adapter: other-channel, app: shared, phone_number_id: "1"}
                  e: {adapter: test-channel, app: other, phone_number_id: "2", access_token: "${env:TOKEN}"}
                  f: {adaptor: test-channel}
                  g: {}
                systems:
                  h: {adapter: other-channel}
                sign_in:
                  google: {adapter: google, client_id: "1"}
            """
        #expect(
            try problems(in: text) == [
                #"tenants.yaml:4:20: apps.other.adapter: unknown adapter "tests-channel" (did you mean "test-channel"?)"#,
                "tenants.yaml:5:3: apps.bare: the adapter other-channel has nothing that an app could share",
                "tenants.yaml:6:20: apps.wrong.adapter: "
                    + "the adapter test-system is for a business system, not for a channel or sign-in",
                #"tenants.yaml:10:43: tenants.acme.api_keys.crm.scopes[0]: unknown scope "message.send" (did you mean "messages.send"?)"#,
                "tenants.yaml:10:57: tenants.acme.api_keys.crm.scopes[1]: unknown scope \"everything\"; "
                    + "there are messages.send, messages.read, contacts.read, events.read, deliveries.manage, "
                    + "channels.read, channels.manage",
                #"tenants.yaml:12:20: tenants.acme.channels.a.adapter: unknown adapter "test-chanel" (did you mean "test-channel"?)"#,
                "tenants.yaml:13:20: tenants.acme.channels.b.adapter: "
                    + "the adapter test-system is for a business system, not for a channel",
                #"tenants.yaml:14:39: tenants.acme.channels.c.app: unknown app "share" (did you mean "shared"?)"#,
                "tenants.yaml:15:40: tenants.acme.channels.d.app: "
                    + "the app shared is one of the adapter test-channel, the channel is not",
                #"tenants.yaml:17:11: tenants.acme.channels.f.adaptor: unknown key (did you mean "adapter"?)"#,
                "tenants.yaml:18:7: tenants.acme.channels.g.adapter: is missing",
                "tenants.yaml:20:20: tenants.acme.systems.h.adapter: "
                    + "the adapter other-channel is for a channel, not for a business system",
                #"tenants.yaml:22:25: tenants.acme.sign_in.google.adapter: unknown adapter "google""#,
            ])
    }

    @Test("keep the settings of an app and those of its channels apart")
    func misplacedSettings() throws {
        let text = """
            version: 1
            apps:
              shared: {adapter: test-channel, app_secret: "${env:APP_SECRET}", phone_number_id: "1"}
            tenants:
              acme:
                channels:
                  a:
                    adapter: test-channel
                    app: shared
                    app_secret: ${env:APP_SECRET}
                    phone_number_id: "2"
                    access_token: ${env:TOKEN}
                  b: {adapter: test-channel, phone_number_id: "3", access_token: "${env:TOKEN}"}
            """
        #expect(
            try problems(in: text) == [
                "tenants.yaml:3:68: apps.shared.phone_number_id: belongs to each channel, not to the app that they share",
                "tenants.yaml:10:9: tenants.acme.channels.a.app_secret: stands with the app of this channel",
                "tenants.yaml:13:7: tenants.acme.channels.b.app_secret: is missing; "
                    + "it takes a secret or a list of up to 2 secrets (${env:NAME} or ${file:PATH})",
            ])
    }

    @Test("refuse routes to and from nowhere, and events that there are not")
    func routes() throws {
        let text = """
            version: 1
            tenants:
              acme:
                channels:
                  support: {adapter: other-channel, phone_number_id: "1"}
                systems:
                  crm: {adapter: test-system, url: "${env:URL}", secret: "${env:SECRET}"}
                routes:
                  - {from: suport, to: crn, events: [message.recieved, "message.*", "*", "messages.*"]}
                  - {from: "*", to: crm, events: []}
                  - {from: support}
                  - {to: crm, events: message.received, evnts: []}
            """
        let all = EventPattern.patterns.joined(separator: ", ")
        #expect(
            try problems(in: text) == [
                #"tenants.yaml:9:16: tenants.acme.routes[0].from: unknown channel "suport" (did you mean "support"?)"#,
                #"tenants.yaml:9:28: tenants.acme.routes[0].to: unknown system "crn" (did you mean "crm"?)"#,
                #"tenants.yaml:9:42: tenants.acme.routes[0].events[0]: unknown event type "message.recieved" (did you mean "message.received"?)"#,
                #"tenants.yaml:9:73: tenants.acme.routes[0].events[2]: unknown event type "*"; there are \#(all)"#,
                #"tenants.yaml:9:78: tenants.acme.routes[0].events[3]: unknown event type "messages.*" (did you mean "message.*"?)"#,
                "tenants.yaml:10:38: tenants.acme.routes[1].events: must name at least one event type",
                "tenants.yaml:11:9: tenants.acme.routes[2].to: is missing; it names a system",
                "tenants.yaml:11:9: tenants.acme.routes[2].events: is missing; it lists event types such as message.received",
                "tenants.yaml:12:27: tenants.acme.routes[3].events: must be a list ([a, b])",
                "tenants.yaml:12:45: tenants.acme.routes[3].evnts: unknown key",
            ])
    }

    @Test("refuse API keys that are short, shared, incomplete or not plain")
    func apiKeys() throws {
        let text = """
            version: 1
            tenants:
              acme:
                api_keys:
                  a: {key: "${env:KEY_A}", scopes: [messages.send]}
                  b: {key: "${env:KEY_SHORT}", scopes: [messages.send]}
                  c: {key: "${env:KEY_SPACE}", scopes: []}
                  d: {}
                  e: {key: a-literal-key-0123456789, scopes: [messages.send]}
              globex:
                api_keys:
                  f: {key: "${env:KEY_A}", scopes: [messages.send]}
            """
        #expect(
            try problems(in: text) == [
                "tenants.yaml:6:16: tenants.acme.api_keys.b.key: an API key has at least 24 characters",
                "tenants.yaml:7:16: tenants.acme.api_keys.c.key: an API key has only visible ASCII characters, and no space",
                "tenants.yaml:7:44: tenants.acme.api_keys.c.scopes: must name at least one scope",
                "tenants.yaml:8:7: tenants.acme.api_keys.d.key: is missing",
                "tenants.yaml:8:7: tenants.acme.api_keys.d.scopes: is missing; it lists what the key may do",
                "tenants.yaml:9:16: tenants.acme.api_keys.e.key: a secret must not stand in the file; "
                    + "write ${env:NAME} or ${file:PATH}",
                "tenants.yaml:12:16: tenants.globex.api_keys.f.key: another API key has the same value: "
                    + "tenants.acme.api_keys.a.key (tenants.yaml:5:11)",
            ])
    }

    @Test("refuse an account that another channel has, and one above it that another tenant has")
    func accounts() throws {
        let text = """
            version: 1
            apps:
              shared: {adapter: test-channel, app_secret: "${env:APP_SECRET}"}
            tenants:
              acme:
                channels:
                  a: {adapter: test-channel, app: shared, phone_number_id: "1", business_account_id: "9", access_token: "${env:TOKEN}"}
                  b: {adapter: test-channel, app: shared, phone_number_id: "2", business_account_id: "9", access_token: "${env:TOKEN}"}
                  c: {adapter: test-channel, app: shared, phone_number_id: 1, access_token: "${env:TOKEN}"}
              globex:
                channels:
                  d: {adapter: test-channel, app: shared, phone_number_id: "3", business_account_id: "9", access_token: "${env:TOKEN}"}
            """
        #expect(
            try problems(in: text) == [
                "tenants.yaml:9:64: tenants.acme.channels.c.phone_number_id: another channel has this account: "
                    + "tenants.acme.channels.a (tenants.yaml:7:7)",
                "tenants.yaml:12:90: tenants.globex.channels.d.business_account_id: this account belongs to another tenant: "
                    + "tenants.acme.channels.a (tenants.yaml:7:7)",
            ])
    }

    @Test("have names of one line")
    func names() throws {
        #expect(
            try problems(in: "version: 1\ntenants: {acme: {name: \"a\\nb\"}}")
                == ["tenants.yaml:2:24: tenants.acme.name: must have at most 200 characters, all in one line"])
    }
}
