import HTTPTypes
import HubCore
import Hummingbird

/// The API of tenants. The tenant comes from the key, never from the path or the body.
struct APIRoutes: Sendable {
    typealias Handler = @Sendable (Request, EdgeContext, Caller) async throws -> Response

    let hub: Hub

    func add(to routes: inout RouteCollector) {
        addMessages(to: &routes)
        addMedia(to: &routes)
        addReading(to: &routes)
        addContacts(to: &routes)
        addChannels(to: &routes)
        addTemplates(to: &routes)
        addEvents(to: &routes)
        addDeadLetters(to: &routes)
    }

    /// Adds a route that only a key with the scope may call.
    func on(
        _ method: HTTPRequest.Method, _ template: String, _ scope: APIScope, _ routes: inout RouteCollector,
        _ handler: @escaping Handler
    ) {
        routes.on(method, template, .key(scope)) { request, context in
            let caller = try await authorize(request, scope)
            return try await handler(request, context, caller)
        }
    }

    private func authorize(_ request: Request, _ scope: APIScope) async throws -> Caller {
        guard let key = request.bearerToken, let caller = try await hub.caller(key: key) else {
            throw Problem.unauthenticated
        }
        guard caller.scopes.contains(scope) else { throw Problem.forbidden(scope) }
        return caller
    }
}

extension Request {
    /// The token of `Authorization: Bearer` (RFC 6750, 2.1); nil when there is none, or more than one.
    var bearerToken: String? {
        let values = headers[values: .authorization]
        guard values.count == 1, let value = values.first else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}
