import HTTPTypes
import Hummingbird

/// Lets only the demo's own page in: other sites that a browser has open can neither read nor send.
struct SamePageOnly: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        // A name of somebody else's that leads here would be of one origin with us.
        guard let host = request.head.authority, Self.hosts.contains(host) else { return Response(status: .forbidden) }
        if let site = Self.value("sec-fetch-site", request), site != "same-origin", site != "none" {
            return Response(status: .forbidden)
        }
        if let origin = Self.value("origin", request), origin != "http://\(host)" {
            return Response(status: .forbidden)
        }
        return try await next(request, context)
    }

    private static let hosts: Set = ["127.0.0.1:\(DemoBusiness.port)", "localhost:\(DemoBusiness.port)"]

    private static func value(_ name: String, _ request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }
}
