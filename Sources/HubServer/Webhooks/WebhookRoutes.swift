import AdapterKit
import HTTPTypes
import HubCore
import Hummingbird

/// Where providers send their webhooks.
struct WebhookRoutes: Sendable {
    /// WhatsApp sends up to 3 MB; the rest is for another provider's idea of a megabyte.
    static let maximumBody = 4 * 1024 * 1024

    let hub: Hub

    func add(to routes: inout RouteCollector) {
        routes.on(.get, "/webhooks/apps/{app}", .provider) { try handshake(.app(try $1.parameters.require("app")), $0) }
        routes.on(.post, "/webhooks/apps/{app}", .provider) {
            try await receive(.app(try $1.parameters.require("app")), $0)
        }
        routes.on(.get, "/webhooks/{tenant}/{channel}", .provider) { try handshake(try channel($1), $0) }
        routes.on(.post, "/webhooks/{tenant}/{channel}", .provider) { try await receive(try channel($1), $0) }
    }

    private func channel(_ context: EdgeContext) throws -> WebhookEndpoint {
        .channel(tenant: try context.parameters.require("tenant"), channel: try context.parameters.require("channel"))
    }

    private func handshake(_ endpoint: WebhookEndpoint, _ request: Request) throws -> Response {
        var query: [String: String] = [:]
        for (name, value) in request.uri.queryParameters { query[String(name)] = String(value) }
        do {
            let challenge = try hub.handshake(endpoint, WebhookRequest(query: query, receivedAt: hub.clock.now))
            return .text(challenge)
        } catch {
            throw Problem(error)
        }
    }

    private func receive(_ endpoint: WebhookEndpoint, _ request: Request) async throws -> Response {
        let body = try await request.bytes(upTo: Self.maximumBody)
        let headers = AdapterKit.HTTPFields(request.headers.map { ($0.name.rawName, $0.value) })
        do {
            try await hub.receive(endpoint, WebhookRequest(headers: headers, body: body, receivedAt: hub.clock.now))
            return Response(status: .ok)
        } catch {
            throw Problem(error)
        }
    }
}

extension Problem {
    fileprivate init(_ refusal: WebhookRefusal) {
        switch refusal {
        case .unknownEndpoint: self = .notFound
        case .rejected(.handshakeWrong):
            self.init(
                status: .forbidden, code: "handshake_wrong", detail: "The verify token is not the one of this address.")
        case .rejected:
            self.init(
                status: .unauthorized, code: "signature_wrong",
                detail: "The body is not signed with a secret of this address.",
                fields: [HTTPField(name: .wwwAuthenticate, value: "Signature")])
        case .unavailable: self = .busy
        }
    }
}
