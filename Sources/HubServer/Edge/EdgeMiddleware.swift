import HTTPTypes
import HubCore
import Hummingbird
import Logging
import Metrics

/// The outermost layer: turns every error into problem JSON or a page, puts the request id and the safety headers on every
/// answer, logs and counts. What it logs has no query, no header, no body and no id from a path.
struct EdgeMiddleware: RouterMiddleware {
    typealias Context = EdgeContext

    private static let requestID = HTTPField.Name("Request-Id")

    let hub: Hub
    let routes: RouteTable
    let metrics: EdgeMetrics
    /// Not the context's: that one is Hummingbird's own and says what we say better.
    let logger: Logger

    func handle(
        _ request: Request, context: EdgeContext, next: (Request, EdgeContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let id = context.id
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(error, request, context)
        }
        if let name = Self.requestID { response.headers[name] = id }
        SafetyHeaders.add(to: &response, isSecure: hub.origin?.isSecure ?? false)
        // An answer to HEAD has no body: what follows on the connection would be taken for it.
        if request.method == .head { response = response.createHeadResponse() }
        let route = routes.template(context.endpointPath) ?? "none"
        let duration = ContinuousClock.now - start
        metrics.count(route: route, status: Int(response.status.code), duration: duration)
        // A taken webhook is the most frequent thing there is: it is counted, and logged only for debugging.
        let level: Logger.Level = response.status.kind == .successful && route.hasPrefix("/webhooks") ? .debug : .info
        if logger.logLevel <= level {
            logger.log(
                level: level, "request",
                metadata: [
                    "request_id": "\(id)",
                    "method": "\(request.method)", "route": "\(route)", "status": "\(response.status.code)",
                    "milliseconds":
                        "\(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)",
                ])
        }
        return response
    }

    /// An error as whoever called understands it: a program, or a person with a browser.
    private func answer(_ error: any Error, _ request: Request, _ context: EdgeContext) -> Response {
        if let refusal = error as? PageRefusal { return refusal.response(requestID: context.id, frame(request)) }
        let problem = problem(error, request, context)
        guard routes.isForPeople(request.uri.path) else { return problem.response(requestID: context.id) }
        return PageRefusal(problem).response(requestID: context.id, frame(request))
    }

    /// With the tenant of the path: `/auth/{tenant}/…` and the like.
    private func frame(_ request: Request) -> PageFrame {
        let parts = request.uri.path.split(separator: "/")
        let desk =
            parts.count > 1 && routes.isForPeople(request.uri.path) ? hub.signInDesk(tenant: String(parts[1])) : nil
        return PageFrame(origin: hub.origin, tenant: desk.map { ($0.tenantID, $0.tenantName) })
    }

    private func problem(_ error: any Error, _ request: Request, _ context: EdgeContext) -> Problem {
        guard let problem = Problem(error) else {
            // The type only: a description may hold what was being worked on.
            logger.error(
                "a request failed in an unforeseen way",
                metadata: ["request_id": "\(context.id)", "error": "\(type(of: error))"])
            return .internalError
        }
        guard problem.status == .notFound, routes.template(context.endpointPath) == nil else { return problem }
        let methods = routes.methods(at: request.uri.path)
        guard !methods.isEmpty else { return problem }
        return Problem(
            status: .methodNotAllowed, code: "method_not_allowed",
            detail: "This address takes \(methods.joined(separator: ", ")).",
            fields: [HTTPField(name: .allow, value: methods.joined(separator: ", "))])
    }
}
