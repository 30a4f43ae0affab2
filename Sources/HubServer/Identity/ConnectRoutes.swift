import AdapterKit
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
                throw PageRefusal(refusal, tenant: person.desk.tenantID)
            }
        }
        // Whoever comes back may be signed out by now: the desk checks that the session is the one that started.
        routes.on(.get, "/connect/{tenant}/{system}/callback", .visitor) { request, context in
            let desk = try account.edge.desk(context)
            let system = try context.parameters.require("system")
            let callback = Callback(
                edge: account.edge, desk: desk, request: request, context: context, method: .query,
                raw: request.uri.query ?? "")
            return try await callback.answer { try await desk.finish(system: system, $0) }
        }
    }
}
