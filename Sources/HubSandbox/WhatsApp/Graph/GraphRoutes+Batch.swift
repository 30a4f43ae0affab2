import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// `POST /` with `batch`: several calls in one, each answered for itself. Sends of messages and files do not go in one.
extension GraphRoutes {
    /// Meta's limit.
    private static let batchLimit = 50

    func addBatch(to graph: GraphRouter) {
        let table = graph.table
        graph.router.post(":version") { request, context in
            let version = try GraphRouter.version(context, of: cloud.configuration)
            do {
                return try await batch(request, context, version: version, table: table)
            } catch let error as GraphError {
                return .graph(error, version: version)
            }
        }
    }

    private func batch(
        _ request: Request, _ context: SandboxContext, version: String, table: GraphTable
    ) async throws -> Response {
        let query = Dictionary(request.uri.queryParameters.map { (String($0.key), String($0.value)) }) { $1 }
        let body = try await GraphRouter.body(of: request)
        let credentials = GraphCredentials(request, query: query, body: body)
        guard credentials.token != nil else { throw GraphError.missingToken }
        guard let calls = Self.calls(body["batch"] ?? query["batch"].map { JSON($0) }) else {
            throw GraphError.missing("batch")
        }
        guard calls.count <= Self.batchLimit else {
            throw GraphError(
                http: 400, code: 100,
                title: "Too many requests in batch message. Maximum batch size is \(Self.batchLimit)")
        }
        let includesHeaders = body["include_headers"] != "false" && body["include_headers"] != false
        var answers: [JSON] = []
        for call in calls {
            let (code, json) = await answer(call, request, context, version: version, credentials, table)
            let headers: JSON = [["name": "facebook-api-version", "value": JSON(version)]]
            answers.append([
                "code": JSON(code), "headers": includesHeaders ? headers : nil,
                "body": JSON(String(decoding: json.bytes, as: UTF8.self)),
            ])
        }
        return .graph(.array(answers), version: version)
    }

    /// The calls of a batch, which comes as JSON or as a string of JSON.
    private static func calls(_ value: JSON?) -> [JSON]? {
        if let calls = value?.elements { return calls }
        return value?.text.flatMap { try? JSON.parse(Array($0.utf8)) }?.elements
    }

    private func answer(
        _ json: JSON, _ request: Request, _ context: SandboxContext, version: String, _ credentials: GraphCredentials,
        _ table: GraphTable
    ) async -> (code: Int, JSON) {
        do {
            guard let method = json["method"]?.text.flatMap({ HTTPRequest.Method($0.uppercased()) }),
                let url = json["relative_url"]?.text
            else { throw GraphError.missing("method and relative_url of each call") }
            let uri = URI(url.hasPrefix("/") ? url : "/\(url)")
            var path = uri.path.split(separator: "/").map(String.init)
            if path.first?.wholeMatch(of: /v[0-9]+\.[0-9]+/) != nil { path.removeFirst() }
            guard let (answer, id) = table.find(method, path) else { throw GraphError.unknownPath(uri.path) }
            let query = Dictionary(uri.queryParameters.map { (String($0.key), String($0.value)) }) { $1 }
            // A call may bring a token of its own.
            let own = credentials.replaced(token: query["access_token"], proof: query["appsecret_proof"])
            switch answer {
            case .open(let handler): return (200, try await handler(own, query))
            case .object(let handler):
                let head = HTTPRequest(
                    method: method, scheme: "http", authority: request.head.authority,
                    path: "/\(version)/\(path.joined(separator: "/"))")
                let admission = try await cloud.admit(own, object: id)
                let call = GraphCall(
                    request: Request(head: head, body: RequestBody(buffer: ByteBuffer())), context: context,
                    version: version, token: admission.token, id: id, query: query,
                    body: json["body"]?.text.map { Request.form($0) } ?? .null)
                return (200, try await handler(call))
            }
        } catch let error as GraphError {
            return (error.http, error.envelope(traceID: GraphError.makeTraceID()))
        } catch {
            return (500, GraphError.catalogued(1).envelope(traceID: GraphError.makeTraceID()))
        }
    }
}
