public import AdapterKit
public import HubStore
import Logging

extension SignInDesk {
    /// Takes an event of an identity provider. Returns when what it means is done and on disk.
    public func receive(
        connection name: String, topic: String, _ request: WebhookRequest
    ) async throws(ProviderEventRefusal) -> ProviderEventAnswer {
        guard let connection = tenant.connections[name] else { throw .unknown }
        return try await receive(connection, topic, request) { desks(sharing: name) }
    }

    /// Takes an event of a business system.
    public func receive(
        system name: String, topic: String, _ request: WebhookRequest
    ) async throws(ProviderEventRefusal) -> ProviderEventAnswer {
        guard let connection = tenant.services[name] else { throw .unknown }
        return try await receive(connection, topic, request) { [(tenant, connection)] }
    }

    /// How the deletion of a code stands.
    public func deletion(code: String) async throws -> DeletionRequest? {
        try await tenant.store.deletionRequest(code: code)
    }

    private func receive(
        _ connection: Connection, _ topic: String, _ request: WebhookRequest,
        targets: () -> [(tenant: Tenant, connection: Connection)]
    ) async throws(ProviderEventRefusal) -> ProviderEventAnswer {
        guard let adapter = connection.client as? any ProviderEvents,
            let topic = connection.declaration.eventTopics.first(where: { $0.name == topic })
        else { throw .unknown }
        let events = try await proven(adapter, connection, topic, request)
        var answer: JSON?
        for event in events {
            for target in targets() {
                let desk = ProviderEventDesk(tenant: target.tenant, connection: target.connection, origin: origin)
                do {
                    let told = try await desk.act(on: event)
                    if target.tenant.id == tenant.id { answer = told ?? answer }
                } catch {
                    logger.error(
                        "an event of a provider cannot be kept",
                        metadata: ["tenant": "\(target.tenant.id)", "connection": "\(target.connection.name)"])
                    throw .unavailable
                }
            }
        }
        return ProviderEventAnswer(status: topic.status, json: answer)
    }

    /// The events, once the request is proven.
    private func proven(
        _ adapter: any ProviderEvents, _ connection: Connection, _ topic: EventTopic, _ request: WebhookRequest
    ) async throws(ProviderEventRefusal) -> [ProviderEvent] {
        let proof: ProviderEventProof
        do throws(WebhookRejection) {
            proof = try adapter.receive(request, topic: topic.name)
        } catch {
            throw await refused(error == .malformed ? .malformed : .proofWrong, error.rawValue, connection)
        }
        switch proof {
        case .proven(let events): return events
        case .token(let text, let rules):
            let claims: JSON
            do throws(SignInRefusal) {
                let token = try SignedToken(text.reveal(), as: .event, algorithms: rules.algorithms)
                try await tenant.ground.keys.verify(token, keysAt: rules.keys)
                try TokenClaims(claims: token.claims, now: tenant.clock.now).check(rules)
                claims = token.claims
            } catch {
                let refusal: ProviderEventRefusal = error.reason == .providerUnavailable ? .unavailable : .malformed
                throw await refused(refusal, error.reason.rawValue, connection)
            }
            do throws(WebhookRejection) {
                return try adapter.events(claims)
            } catch {
                throw await refused(.malformed, error.rawValue, connection)
            }
        }
    }

    private func refused(
        _ refusal: ProviderEventRefusal, _ reason: String, _ connection: Connection
    ) async -> ProviderEventRefusal {
        logger.warning(
            "an event of a provider was refused",
            metadata: ["tenant": "\(tenant.id)", "connection": "\(connection.name)", "reason": "\(reason)"])
        guard tenant.ground.refusals.take(at: tenant.clock.now) else { return refusal }
        try? await tenant.audit("provider_event.refused", reason: reason, connection: connection.name)
        return refusal
    }

    /// The connections that an event is for: this one and, where it is on a provider app that the operator lets tenants
    /// share, the others on that app. What a tenant configures for itself reaches nobody else.
    private func desks(sharing name: String) -> [(tenant: Tenant, connection: Connection)] {
        guard let own = tenant.configuration.connections.first(where: { $0.name == name }),
            let connection = tenant.connections[name]
        else { return [] }
        guard let app = own.app else { return [(tenant, connection)] }
        return tenants.values.sorted { $0.id < $1.id }.flatMap { tenant in
            tenant.configuration.connections.filter { $0.app == app }.compactMap { connection in
                tenant.connections[connection.name].map { (tenant, $0) }
            }
        }
    }
}
