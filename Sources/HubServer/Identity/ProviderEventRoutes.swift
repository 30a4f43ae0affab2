import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

/// Where providers tell what became of accounts and grants, and where a person sees what became of a deletion.
struct ProviderEventRoutes: Sendable {
    static let maximumBody = 1024 * 1024

    let edge: IdentityEdge

    func add(to routes: inout RouteCollector) {
        routes.on(.post, "/auth/{tenant}/{connection}/events/{topic}", .provider) { request, context in
            try await receive(request, context) { desk, topic, event throws(ProviderEventRefusal) in
                try await desk.receive(
                    connection: context.parameters.get("connection") ?? "", topic: topic, event)
            }
        }
        routes.on(.post, "/connect/{tenant}/{system}/events/{topic}", .provider) { request, context in
            try await receive(request, context) { desk, topic, event throws(ProviderEventRefusal) in
                try await desk.receive(system: context.parameters.get("system") ?? "", topic: topic, event)
            }
        }
        routes.on(.get, "/auth/{tenant}/deletions/{code}", .visitor) { request, context in
            let desk = try edge.desk(context)
            let code = try context.parameters.require("code")
            guard let deletion = try await desk.deletion(code: code) else { throw PageRefusal.notFound }
            return edge.response(
                page(deletion, desk.providerNames[deletion.connection]), desk, HubCookies(request, origin: desk.origin))
        }
    }

    private func receive(
        _ request: Request, _ context: EdgeContext,
        _ take: (SignInDesk, String, WebhookRequest) async throws(ProviderEventRefusal) -> ProviderEventAnswer
    ) async throws -> Response {
        guard let desk = edge.hub.signInDesk(tenant: try context.parameters.require("tenant")) else {
            throw Problem.notFound
        }
        let topic = try context.parameters.require("topic")
        let body = try await request.bytes(upTo: Self.maximumBody)
        let headers = AdapterKit.HTTPFields(request.headers.map { ($0.name.rawName, $0.value) })
        let event = WebhookRequest(headers: headers, body: body, receivedAt: edge.hub.clock.now)
        let answer: ProviderEventAnswer
        do {
            answer = try await take(desk, topic, event)
        } catch {
            throw Problem(error)
        }
        return .json(answer.json ?? .object([]), status: HTTPResponse.Status(code: answer.status))
    }

    private func page(_ deletion: DeletionRequest, _ provider: String?) -> Page {
        Page(
            template: "deletion", title: "Deletion of your data",
            content: [
                "provider": .text(provider ?? "the provider"), "code": .text(deletion.code),
                "completedAt": .group(deletion.completedAt.shown),
            ])
    }
}

extension Problem {
    fileprivate init(_ refusal: ProviderEventRefusal) {
        switch refusal {
        case .unknown: self = .notFound
        case .proofWrong:
            self.init(
                status: .unauthorized, code: "signature_wrong",
                detail: "The body is not signed as the provider of this address signs.",
                fields: [HTTPField(name: .wwwAuthenticate, value: "Signature")])
        case .malformed:
            self.init(status: .badRequest, code: "bad_request", detail: "The request cannot be read.")
        case .unavailable: self = .busy
        }
    }
}
