import AdapterKit
import HubStore
import Testing

@testable import HubCore

@Suite("How people sign in, in tenants.yaml")
struct ConnectionTests {
    private static func file(_ signIn: String, hub: String = "{listen: 127.0.0.1:8080}", apps: String = "{}") -> String
    {
        """
        version: 1
        hub: \(hub)
        apps: \(apps)
        tenants: {acme: {sign_in: \(signIn)}}
        """
    }

    private static let plain = #"{staff: {adapter: test-identity, client_id: "1", client_secret: "${env:SECRET}"}}"#

    private func load(_ text: String) throws -> HubConfiguration {
        try ConfigurationFolder(["tenants.yaml": text]).load()
    }

    @Test("a connection has its settings, and nobody joins by it unless it says as what")
    func plain() throws {
        let connection = try #require(try load(Self.file(Self.plain)).tenants.first?.connections.first)
        #expect(connection.name == "staff" && connection.adapter == "test-identity" && connection.app == nil)
        #expect(connection.settings.text("client_id") == "1")
        #expect(connection.join == nil)
        let joined = Self.plain.replacing("client_id", with: "join: agent, client_id")
        #expect(try load(Self.file(joined)).tenants.first?.connections.first?.join == .agent)
    }

    @Test("nobody becomes an owner by coming first", arguments: ["owner", "boss", "Agent"])
    func roles(_ role: String) throws {
        let text = Self.file(Self.plain.replacing("client_id", with: "join: \(role), client_id"))
        let found = try problems(in: text)
        #expect(found.count == 1)
        #expect(
            found.first?.contains("tenants.acme.sign_in.staff.join: must be viewer, agent, admin") == true, "\(found)")
    }

    @Test("tenants share a provider app, and what belongs to it stands there")
    func apps() throws {
        let apps = #"{main: {adapter: test-identity, client_id: "9", client_secret: "${env:SECRET}"}}"#
        let shared = "{staff: {adapter: test-identity, app: main, domain: acme.example}}"
        let connection = try #require(try load(Self.file(shared, apps: apps)).tenants.first?.connections.first)
        #expect(connection.app == "main" && connection.settings.text("client_id") == "9")
        #expect(connection.settings.text("domain") == "acme.example")
        let both = #"{staff: {adapter: test-identity, app: main, client_id: "1"}}"#
        #expect(
            try problems(in: Self.file(both, apps: apps)).first?.contains("stands with the app of this connection")
                == true)
    }

    @Test(
        "browsers have to find the hub: https, or http on this machine",
        arguments: [
            ("{listen: 127.0.0.1:8080}", true), ("{listen: 0.0.0.0:8080}", false),
            ("{listen: 0.0.0.0:8080, public_url: https://hub.example}", true),
            ("{listen: 0.0.0.0:8080, public_url: http://hub.example}", false),
            ("{listen: 0.0.0.0:8080, public_url: http://127.0.0.1:9000}", true),
        ])
    func origin(_ hub: String, _ isRight: Bool) throws {
        let found = try problems(in: Self.file(Self.plain, hub: hub))
        #expect(found.isEmpty == isRight, "\(found)")
        #expect(isRight || found.first?.contains("set hub.public_url") == true)
    }

    @Test("a name that stands in addresses of the hub's own is refused", arguments: ["deletions", "invitations"])
    func takenNames(_ name: String) throws {
        let found = try problems(in: Self.file(Self.plain.replacing("staff", with: name)))
        #expect(found.count == 1 && found.first?.contains("a connection cannot have this name") == true, "\(found)")
    }

    @Test("a missing secret and a slip in a key are told with their place")
    func places() throws {
        let found = try problems(in: Self.file(#"{staff: {adapter: test-identity, clientid: "1"}}"#))
        #expect(found.contains { $0.contains(#"staff.clientid: unknown key (did you mean "client_id"?)"#) }, "\(found)")
        #expect(found.contains { $0.contains("staff.client_secret: is missing") }, "\(found)")
        let literal = Self.plain.replacing(#""${env:SECRET}""#, with: "literal")
        #expect(try problems(in: Self.file(literal)).first?.contains("a secret must not stand in the file") == true)
    }
}
