import HTTPTypes
import Hummingbird
import Logging
import Metrics

/// The outermost layer: turns every error into problem JSON, puts the request id and the safety headers on every answer,
/// logs and counts. What it logs has no query, no header, no body and no id from a path.
struct EdgeMiddleware: RouterMiddleware {
    typealias Context = EdgeContext

    private static let requestID = HTTPField.Name("Request-Id")
    private static let safety: [(HTTPField.Name, String)] = [
        (.cacheControl, "no-store"), (.xContentTypeOptions, "nosniff"),
        (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
    ]

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
            response = problem(error, request, context).response(requestID: id)
        }
        if let name = Self.requestID { response.headers[name] = id }
        for (name, value) in Self.safety where response.headers[name] == nil { response.headers[name] = value }
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
