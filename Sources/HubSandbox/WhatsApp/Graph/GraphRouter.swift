import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Puts paths of the Graph API on a router: below a version, with the token checked, answered in Meta's envelope.
struct GraphRouter {
    /// Answers a call with JSON.
    typealias Handler = @Sendable (GraphCall) async throws -> JSON
    /// Answers a call with anything.
    typealias RawHandler = @Sendable (GraphCall) async throws -> Response

    let router: Router<SandboxContext>
    let cloud: WhatsAppCloud
    /// What can be called inside a batch.
    let table = GraphTable()

    func get(_ path: String, _ handler: @escaping Handler) { add(.get, path, handler) }
    func post(_ path: String, _ handler: @escaping Handler) { add(.post, path, handler) }
    func delete(_ path: String, _ handler: @escaping Handler) { add(.delete, path, handler) }

    /// - Parameter path: below the version; the object's id is `:id`.
    func add(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        table.add(method, path, .object(handler))
        addRaw(method, path) { call in .graph(try await handler(call), version: call.version) }
    }

    func addRaw(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping RawHandler) {
        let cloud = cloud
        router.on(RouterPath(":version/\(path)"), method: method) { request, context in
            try await Self.answer(request, context, cloud: cloud, handler)
        }
    }

    private static func answer(
        _ request: Request, _ context: SandboxContext, cloud: WhatsAppCloud, _ handler: RawHandler
    ) async throws -> Response {
        let version = try version(context, of: cloud.configuration)
        let id = context.parameters.get("id") ?? ""
        do {
            let query = Dictionary(request.uri.queryParameters.map { (String($0.key), String($0.value)) }) { $1 }
            let body = try await body(of: request)
            let isMessage = context.endpointPath?.hasSuffix("/messages") == true
            let admission = try await cloud.admit(
                GraphCredentials(request, query: query, body: body), object: id, isMessage: isMessage)
            let call = GraphCall(
                request: request, context: context, version: version, token: admission.token, id: id, query: query,
                body: body)
            var response: Response
            do {
                response = try await handler(call)
            } catch let error as GraphError {
                response = .graph(error, version: version)
            }
            admission.usage.add(to: &response.headers)
            return response
        } catch let error as GraphError {
            return .graph(error, version: version)
        }
    }

    /// Uploads are left unread: they are taken as a stream.
    static func body(of request: Request) async throws(GraphError) -> JSON {
        let type = request.headers[.contentType] ?? ""
        if request.method == .get || type.hasPrefix("multipart/") || ResumableUpload.isPart(request) { return .null }
        do {
            return try await request.jsonOrForm()
        } catch let error as ControlError {
            throw GraphError.invalid(error.message)
        } catch {
            throw GraphError.invalid("The body could not be read.")
        }
    }

    static func version(_ context: SandboxContext, of configuration: SandboxConfiguration) throws -> String {
        let text = context.parameters.get("version") ?? ""
        guard let match = text.wholeMatch(of: /v([0-9]{1,3})\.0/), let major = Int(match.1),
            configuration.servedVersions.contains(major)
        else { throw HTTPError(.notFound) }
        return text
    }
}
