import HTTPTypes
import Hummingbird
import Logging

/// The routes of a server, as their templates: what it answers, and with which methods.
struct RouteTable: Sendable {
    private(set) var routes: [(method: String, template: String)] = []

    mutating func add(_ method: HTTPRequest.Method, _ template: String) { routes.append((method.rawValue, template)) }

    /// The endpoint as a template of this table, or nil: Hummingbird has a name for what it did not find, too.
    func template(_ endpoint: String?) -> String? { routes.first { $0.template == endpoint }?.template }

    /// The methods of the templates that a path fits, sorted.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        let fitting = routes.filter { _, template in
            let pattern = template.split(separator: "/", omittingEmptySubsequences: true)
            return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return Set(fitting.map(\.method)).sorted()
    }
}

/// Collects routes for a router and for the table at once.
struct RouteCollector {
    typealias Handler = @Sendable (Request, EdgeContext) async throws -> Response

    private(set) var table = RouteTable()
    private var handlers: [(HTTPRequest.Method, String, Handler)] = []

    mutating func on(_ method: HTTPRequest.Method, _ template: String, _ handler: @escaping Handler) {
        table.add(method, template)
        handlers.append((method, template, handler))
    }

    func router(metrics: EdgeMetrics, logger: Logger) -> Router<EdgeContext> {
        let router = Router(context: EdgeContext.self)
        router.add(middleware: EdgeMiddleware(routes: table, metrics: metrics, logger: logger))
        for (method, template, handler) in handlers {
            router.on(RouterPath(template), method: method) { request, context in try await handler(request, context) }
        }
        return router
    }
}
