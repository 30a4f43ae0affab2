import AdapterKit
import HTTPTypes
import HubCore
import Hummingbird

/// The ways to business systems and back, for whoever may connect them.
struct ConnectRoutes: Sendable {
    let account: AccountRoutes

    func add(to routes: inout RouteCollector) {
        account.post("/connect/{tenant}/{system}/start", .manageServices, &routes) { person, form in
            let system = try person.parameter("system")
            guard try await person.visitor.services().contains(where: { $0.name == system }) else {
                throw PageRefusal.notFound
            }
            let parameters = form.fields(startingWith: ProviderForms.parameterPrefix)
            do {
                let redirect = try await person.desk.start(
                    SignInStart(
                        purpose: .connect(person.visitor, system: system), connection: system, parameters: parameters,
                        returnTo: AccountPlace.services.path(tenant: person.desk.tenantID),
                        requestID: person.context.id))
                return .seeOther(
                    redirect.url,
                    person.cookies.begin(redirect.browser, lifetime: redirect.lifetime, at: account.edge.hub.clock.now))
            } catch let refusal as SignInRefusal {
                throw PageRefusal(
                    refusal, tenant: person.desk.tenantID,
                    back: (AccountPlace.services.title, person.path(.services)))
            }
        }
        // Whoever comes back may be signed out by now: the desk checks that the session is the one that started.
        routes.on(.get, "/connect/{tenant}/{system}/callback", .visitor) { request, context in
            let desk = try account.edge.desk(context)
            let system = try context.parameters.require("system")
            let callback = Callback(
                edge: account.edge, desk: desk, request: request, context: context, method: .query,
                raw: request.uri.query ?? "", place: .services)
            return try await callback.answer { try await desk.finish(system: system, $0) }
        }
        routes.on(.post, "/connect/{tenant}/{system}/session-token", .provider) { request, context in
            try await connect(request, context)
        }
    }

    /// For a page of the hub's app within the system: a session token that the system signed is the only proof.
    private func connect(_ request: Request, _ context: EdgeContext) async throws -> Response {
        guard let desk = account.edge.hub.signInDesk(tenant: try context.parameters.require("tenant")) else {
            throw Problem.notFound
        }
        let values = request.headers[values: .authorization]
        let token = values.count == 1 && values[0].lowercased().hasPrefix("bearer ") ? values[0].dropFirst(7) : nil
        do {
            try await desk.connect(
                system: try context.parameters.require("system"), sessionToken: token.map { Secret(String($0)) },
                requestID: context.id)
        } catch let refusal as SignInRefusal {
            throw Problem(connecting: refusal)
        }
        return Response(status: .noContent)
    }
}

extension Problem {
    fileprivate static let sessionTokenWrong = Problem(
        status: .unauthorized, code: "session_token_wrong",
        detail: "Send a session token of this very service, less than a minute old, as Authorization: Bearer TOKEN.",
        fields: [HTTPField(name: .wwwAuthenticate, value: "Bearer")])

    fileprivate init(connecting refusal: SignInRefusal) {
        switch refusal.reason {
        // The same answer whether there is no such system or it takes no session tokens.
        case .wrongConnection: self = .notFound
        case .providerUnavailable:
            self.init(
                status: .serviceUnavailable, code: "provider_unavailable",
                detail: "The service does not answer. Send the request again with a new session token.", retryAfter: 5)
        case .exchangeRefused, .tokenReplyMalformed, .scopesMissing, .modeMismatch, .misconfigured:
            self.init(
                status: .conflict, code: "connection_refused",
                detail: "The service did not give what the connection needs: \(refusal.reason.rawValue).")
        default: self = .sessionTokenWrong
        }
    }
}
