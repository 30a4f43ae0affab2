import Hummingbird
import Logging

/// Answers errors in the shape of the part that was called: Meta's envelope below a version, a plain message elsewhere.
struct ErrorMiddleware: RouterMiddleware {
    typealias Context = SandboxContext

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as ControlError {
            return .json(error.json, status: .init(code: error.http))
        } catch let error as HTTPError {
            let path = request.uri.path
            if let version = path.prefixMatch(of: /\/(v[0-9.]+)/)?.1 {
                return .graph(GraphError.unknownPath(path), version: String(version))
            }
            return .json(
                ControlError("\(error.status.reasonPhrase): \(request.method) \(path)").json, status: error.status)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
            return .json(ControlError("the sandbox failed; its log says why").json, status: .internalServerError)
        }
    }
}
