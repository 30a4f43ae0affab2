import HTTPTypes
import Hummingbird

/// Refuses what another web site makes a browser send: the sandbox has no passwords, and the browser runs beside it.
struct SameSiteMiddleware: RouterMiddleware {
    typealias Context = SandboxContext

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        if request.method != .get, let name = HTTPField.Name("sec-fetch-site"), let site = request.headers[name],
            site != "same-origin", site != "none"
        {
            throw ControlError("requests from other web sites are refused", http: 403)
        }
        return try await next(request, context)
    }
}
