import HTTPTypes
import HubCore
import Hummingbird
import Logging

/// The routes of a server, as their templates: what it answers, with which methods, and to whom.
struct RouteTable: Sendable {
    struct Route: Sendable {
        let method: String
        let template: String
        let access: RouteAccess
    }

    private(set) var routes: [Route] = []

    mutating func add(_ method: HTTPRequest.Method, _ template: String, _ access: RouteAccess) {
        routes.append(Route(method: method.rawValue, template: template, access: access))
    }

    /// The endpoint as a template of this table, or nil: Hummingbird has a name for what it did not find, too.
    func template(_ endpoint: String?) -> String? { routes.first { $0.template == endpoint }?.template }

    /// The methods of the templates that a path fits, sorted.
    func methods(at path: String) -> [String] { Set(fitting(path).map(\.method)).sorted() }

    /// Whether an error at a path is shown as a page: where people go with a browser.
    func isForPeople(_ path: String) -> Bool {
        let fitting = fitting(path)
        if !fitting.isEmpty { return fitting.contains { $0.access.isForPeople } }
        let parts = path.split(separator: "/")
        guard let start = parts.first else { return false }
        let near = routes.filter { $0.template.split(separator: "/").first == start }
        // What has all the fixed words of an address for programs was meant for it.
        let isForPrograms = near.contains { route in
            !route.access.isForPeople
                && route.template.split(separator: "/").filter { !$0.hasPrefix("{") }.allSatisfy(parts.contains)
        }
        return !isForPrograms && near.contains { $0.access.isForPeople }
    }

    private func fitting(_ path: String) -> [Route] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        return routes.filter { route in
            let pattern = route.template.split(separator: "/", omittingEmptySubsequences: true)
            return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }
}

/// Collects routes for a router and for the table at once.
struct RouteCollector {
    typealias Handler = @Sendable (Request, EdgeContext) async throws -> Response

    private(set) var table = RouteTable()
    private var handlers: [(HTTPRequest.Method, String, Handler)] = []

    mutating func on(
        _ method: HTTPRequest.Method, _ template: String, _ access: RouteAccess, _ handler: @escaping Handler
    ) {
        table.add(method, template, access)
        handlers.append((method, template, handler))
    }

    func router(_ hub: Hub, metrics: EdgeMetrics, logger: Logger) -> Router<EdgeContext> {
        let router = Router(context: EdgeContext.self)
        router.add(middleware: EdgeMiddleware(hub: hub, routes: table, metrics: metrics, logger: logger))
        for (method, template, handler) in handlers {
            router.on(RouterPath(template), method: method) { request, context in try await handler(request, context) }
        }
        return router
    }
}
