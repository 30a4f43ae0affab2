import AdapterKit
public import HubStore

/// Where forms that start a way to a provider lead: browsers follow the redirect of a form only to the origins that its
/// page names.
enum FormTargets {
    static func of(_ connections: some Sequence<Connection>, _ metadata: ProviderMetadata) async -> Set<String> {
        await withTaskGroup(of: String?.self) { group in
            for connection in connections { group.addTask { await target(of: connection, metadata) } }
            return await group.reduce(into: []) { targets, target in if let target { targets.insert(target) } }
        }
    }

    /// How long a page waits for what a provider says of itself.
    private static let patience: Duration = .seconds(1)

    /// Nil for a provider that cannot be reached now: its start fails before any redirect.
    private static func target(of connection: Connection, _ metadata: ProviderMetadata) async -> String? {
        // Where the address is made of what a person gives, the example stands for all that they may give.
        let parameters = connection.declaration.parameters
        let examples = Dictionary(parameters.map { ($0.name, $0.placeholder) }) { $1 }
        guard let provider = try? connection.client.provider(examples),
            let address = await metadata.resolve(provider, within: patience)?.addresses.authorization
        else { return nil }
        return origin(of: address, examples: examples.values)
    }

    /// The origin of an address; of all hosts beside an example where the host is one.
    static func origin(of address: String, examples: some Sequence<String>) -> String? {
        guard let start = address.firstRange(of: "://") else { return nil }
        let authority = address[start.upperBound...].prefix { !"/?#".contains($0) }
        // In a policy these would be the start of something else.
        guard !authority.isEmpty, !authority.contains(where: { $0.isWhitespace || ";,'@*".contains($0) }) else {
            return nil
        }
        let scheme = address[..<start.upperBound]
        guard examples.contains(where: { $0 == authority }), let dot = authority.firstIndex(of: ".") else {
            return "\(scheme)\(authority)"
        }
        return "\(scheme)*\(authority[dot...])"
    }
}

extension SignInDesk {
    /// The origins that the forms of the sign-in page lead to.
    public func formTargets() async -> Set<String> {
        await FormTargets.of(tenant.connections.values, tenant.ground.metadata)
    }

    /// The name of who invited; nil for the operator, and for somebody who is gone or has none.
    public func inviter(of invitation: InvitationRecord) async throws -> String? {
        guard let id = invitation.invitedBy else { return nil }
        return try await tenant.store.person(id: id)?.name
    }
}

extension Visitor {
    /// The origins that the forms which connect services lead to.
    public func formTargets() async -> Set<String> {
        await FormTargets.of(tenant.services.values, tenant.ground.metadata)
    }
}
