import HTTPTypes
import Hummingbird

/// Serves the description of everything on the public address. It says the same to everyone, so it asks for no key and
/// may be kept by whoever reads it.
struct OpenAPIRoutes: Sendable {
    func add(to routes: inout RouteCollector) {
        routes.on(.get, "/openapi.json", .anyone) { _, _ in
            var response = Response.json(OpenAPIDocument.json)
            response.headers[.cacheControl] = "public, max-age=3600"
            return response
        }
    }
}
