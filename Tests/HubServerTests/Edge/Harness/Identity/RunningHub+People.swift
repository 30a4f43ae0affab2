import AdapterKit
import HubCore
import HubStore
import Testing

extension Sample {
    /// Lets people sign in at both tenants: at acme by `house` and `form`, at globex by `house` and `lodge`. Each has a
    /// service that a person connects: `drive` and `archive`.
    static func withSignIn(_ configuration: inout HubConfiguration) {
        configuration.publicURL = TestBrowser.origin
        for index in configuration.tenants.indices {
            let isAcme = configuration.tenants[index].id == "acme"
            configuration.tenants[index].connections = [
                connection("house", "test-identity"),
                isAcme ? connection("form", "test-form-identity") : connection("lodge", "test-identity"),
            ]
            configuration.tenants[index].systems.append(
                SystemConfiguration(
                    name: isAcme ? "drive" : "archive", adapter: "test-service", settings: AdapterSettings([:])))
        }
    }

    private static func connection(_ name: String, _ adapter: String) -> ConnectionConfiguration {
        ConnectionConfiguration(name: name, adapter: adapter, settings: AdapterSettings([:]))
    }
}

/// Runs a test against a fresh hub where people can sign in.
func withPeople(
    change: (inout HubConfiguration) -> Void = { _ in }, _ test: @Sendable (RunningHub) async throws -> Void
) async throws {
    try await withHub {
        Sample.withSignIn(&$0)
        change(&$0)
    } _: {
        try await test($0)
    }
}

extension RunningHub {
    /// A one-time link of the operator.
    func invitation(to tenant: String = "acme", role: PersonRole = .owner) async throws -> String {
        let made = try await hub.inviteByOperator(tenant: tenant, role: role, name: nil, email: nil)
        return try #require(made).link
    }

    /// A browser in which somebody is signed in.
    func person(
        _ name: String, at tenant: String = "acme", role: PersonRole = .owner,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> TestBrowser {
        let browser = TestBrowser(self)
        try await browser.join(tenant, as: name, role: role, sourceLocation: sourceLocation)
        return browser
    }

    /// The newest entries of a tenant's audit log first: what happened, and why not.
    func audit(_ tenant: String = "acme") async throws -> [String] {
        let entries = try #require(try await self.tenant(tenant).store.auditEntries(after: nil, limit: 100))
        return entries.elements.map { "\($0.event.kind) \($0.event.reason ?? "")" }
    }
}
