import HTTPTypes
import HubCore
import Hummingbird

/// The files of the pages.
struct PageRoutes: Sendable {
    func add(to routes: inout RouteCollector) {
        routes.on(.get, "/assets/pages.css", .anyone) { _, _ in
            Self.file(PackageResources.pages_css, type: "text/css; charset=utf-8")
        }
        routes.on(.get, "/assets/icon.svg", .anyone) { _, _ in
            Self.file(PackageResources.icon_svg, type: "image/svg+xml")
        }
    }

    /// The same for everyone, so browsers may keep it for a while.
    private static func file(_ bytes: [UInt8], type: String) -> Response {
        var response = Response.bytes(bytes, type: type)
        response.headers[.cacheControl] = "public, max-age=300"
        return response
    }
}
