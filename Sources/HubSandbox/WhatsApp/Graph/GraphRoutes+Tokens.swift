import HTTPTypes
import Hummingbird
import HummingbirdCore

/// `oauth/access_token`, `debug_token` and the app's webhook subscription.
extension GraphRoutes {
    func addTokens(to graph: GraphRouter) {
        // These are called with and without a version.
        for path in ["oauth/access_token", ":version/oauth/access_token"] {
            for method in [HTTPRequest.Method.get, .post] {
                graph.router.on(RouterPath(path), method: method) { request, context in
                    try await open(request, context) { _, query in try await cloud.exchange(query) }
                }
            }
        }
        let debug: GraphTable.OpenHandler = { credentials, query in
            let caller = try await cloud.admit(credentials, object: nil).token
            guard let inspected = query["input_token"], !inspected.isEmpty else {
                throw GraphError.missing("input_token")
            }
            return ["data": try await cloud.inspect(inspected, by: caller)]
        }
        for path in ["debug_token", ":version/debug_token"] {
            graph.router.get(RouterPath(path)) { request, context in try await open(request, context, debug) }
        }
        graph.table.add(.get, "debug_token", .open(debug))
        graph.get(":id/subscriptions") { call in
            try await requireApp(call)
            let app = cloud.courier.routing.app
            let fields = (app.fields ?? WebhookExamples.fields).sorted().map { name -> JSON in
                ["name": JSON(name), "version": JSON(cloud.configuration.apiVersion)]
            }
            let url = app.url ?? cloud.configuration.numbers.first?.webhookURL ?? ""
            return [
                "data": [
                    [
                        "object": "whatsapp_business_account", "callback_url": JSON(url), "active": true,
                        "fields": .array(fields),
                    ]
                ]
            ]
        }
        graph.post(":id/subscriptions") { call in
            try await requireApp(call)
            guard try call.requiredText("object") == "whatsapp_business_account" else {
                throw GraphError(http: 400, code: 100, title: "Param object must be whatsapp_business_account here")
            }
            let url = try call.requiredText("callback_url")
            let token = try call.requiredText("verify_token")
            try Self.check(callback: url)
            let fields = try Self.fields(call.parameter("fields"))
            if let refusal = await cloud.courier.handshake(url, verifyToken: token).refusal { throw refusal }
            cloud.courier.routing.setApp(url, fields: fields)
            return ["success": true]
        }
    }

    private func requireApp(_ call: GraphCall) async throws {
        guard call.id == cloud.configuration.appID, call.token.kind == .app else { throw call.unknownObject }
    }

    /// Field names, as a list or with commas between; nil for all.
    private static func fields(_ value: JSON?) throws(GraphError) -> Set<String>? {
        guard let value else { return nil }
        let names = value.elements?.compactMap(\.text) ?? value.text?.split(separator: ",").map(String.init) ?? []
        let fields = Set(names.map { $0.filter { $0 != " " } })
        for field in fields where !WebhookExamples.fields.contains(field) {
            throw GraphError(
                http: 400, code: 100, title: "Param fields: \(field.prefix(64)) is not a webhook field of this object")
        }
        return fields
    }

    /// Answers a call that names no object; its parameters are those of the query and of a form.
    private func open(
        _ request: Request, _ context: SandboxContext, _ answer: GraphTable.OpenHandler
    ) async throws -> Response {
        let version = context.parameters.get("version") ?? cloud.configuration.apiVersion
        do {
            var query = Dictionary(request.uri.queryParameters.map { (String($0.key), String($0.value)) }) { $1 }
            if request.method == .post {
                for member in try await request.jsonOrForm().members ?? [] { query[member.name] = member.value.text }
            }
            let credentials = GraphCredentials(request, query: query, body: .null)
            return .graph(try await answer(credentials, query), version: version)
        } catch let error as GraphError {
            return .graph(error, version: version)
        }
    }
}
