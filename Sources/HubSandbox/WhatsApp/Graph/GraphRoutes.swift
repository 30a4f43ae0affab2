import Hummingbird
import NIOCore

/// The part of `graph.facebook.com` that a WhatsApp business uses.
struct GraphRoutes: Sendable {
    let cloud: WhatsAppCloud

    func add(to router: Router<SandboxContext>) {
        router.post(":version/:id/messages") { request, context in try await send(request, context) }
        router.get(":version/:id/message_templates") { request, context in
            try await read(request, context) { number in templates(request, number) }
        }
        router.get(":version/:id/phone_numbers") { request, context in
            try await read(request, context) { number in
                let numbers = cloud.configuration.numbers.filter { $0.businessAccountID == number.businessAccountID }
                return .object(page(of: numbers.map { GraphObjects.phoneNumber($0) }))
            }
        }
        router.get(":version/:id/subscribed_apps") { request, context in
            try await read(request, context) { _ in GraphObjects.subscribedApps }
        }
        router.post(":version/:id/subscribed_apps") { request, context in
            try await read(request, context) { _ in ["success": true] }
        }
        router.get(":version/:id") { request, context in
            let id = context.parameters.get("id") ?? ""
            return try await read(request, context) { number throws(GraphError) in
                let object =
                    id == number.phoneNumberID ? GraphObjects.phoneNumber(number) : GraphObjects.businessAccount(number)
                return try GraphObjects.select(request.uri.queryParameters["fields"].map(String.init), of: object)
            }
        }
    }

    private func send(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let version = try version(context)
        do {
            let number = try number(request, context, accepts: \.phoneNumberID, verb: "post")
            let slow = await cloud.faults.slow
            if slow > .zero { try await Task.sleep(for: slow) }
            let body: JSON
            do {
                body = try await request.json()
            } catch let error as ControlError {
                throw GraphError.invalid(error.message)
            }
            switch try await cloud.send(body, from: number) {
            case .json(let json): return .graph(json, version: version)
            case .connectionClosed:
                try await context.channel.close()
                // Nobody gets this: the connection is gone.
                return Response(status: .noContent)
            }
        } catch let error as GraphError {
            return .graph(error, version: version)
        }
    }

    private func read(
        _ request: Request, _ context: SandboxContext,
        _ answer: (SandboxConfiguration.Number) throws(GraphError) -> JSON
    ) async throws -> Response {
        let version = try version(context)
        do throws(GraphError) {
            let id = context.parameters.get("id") ?? ""
            let isNumber = cloud.configuration.numbers.contains { $0.phoneNumberID == id }
            let verb = request.method == .get ? "get" : "post"
            let number = try number(
                request, context, accepts: isNumber ? \.phoneNumberID : \.businessAccountID, verb: verb)
            if await cloud.faults.deadTokens.contains(number.phoneNumberID) { throw .deadToken }
            return .graph(try answer(number), version: version)
        } catch {
            return .graph(error, version: version)
        }
    }

    /// The version in the path: `v17.0` and newer.
    private func version(_ context: SandboxContext) throws -> String {
        let text = context.parameters.get("version") ?? ""
        guard let match = text.wholeMatch(of: /v([0-9]{2})\.0/), let major = Int(match.1), major >= 17 else {
            throw HTTPError(.notFound)
        }
        return text
    }

    /// The number that the path names, if the bearer token may use it.
    private func number(
        _ request: Request, _ context: SandboxContext,
        accepts id: any KeyPath<SandboxConfiguration.Number, String> & Sendable,
        verb: String
    ) throws(GraphError) -> SandboxConfiguration.Number {
        guard let header = request.headers[.authorization] else { throw .missingToken }
        let parts = header.split(separator: " ", maxSplits: 1)
        let numbers = cloud.configuration.numbers.filter { $0.accessToken == parts.last.map(String.init) }
        guard parts.count == 2, parts[0].lowercased() == "bearer", !numbers.isEmpty else { throw .deadToken }
        let wanted = context.parameters.get("id") ?? ""
        guard let number = numbers.first(where: { $0[keyPath: id] == wanted }) else {
            throw .unknownObject(wanted, verb: verb)
        }
        return number
    }

    private func templates(_ request: Request, _ number: SandboxConfiguration.Number) -> JSON {
        let query = request.uri.queryParameters
        func matches(_ name: Substring, _ value: String) -> Bool {
            query[name].map { $0.lowercased() == value.lowercased() } ?? true
        }
        let limit = query["limit"].flatMap { Int($0) } ?? 25
        let found = MessageTemplate.registry.filter {
            matches("name", $0.name) && matches("language", $0.language) && matches("status", $0.status)
                && matches("category", $0.category)
        }
        let summary: JSON = [
            "total_count": JSON(found.count), "message_template_count": JSON(found.count),
            "message_template_limit": 250,
            "are_translations_complete": false,
        ]
        return .object(
            page(of: found.prefix(max(0, limit)).map(\.json)) + [JSON.Member(name: "summary", value: summary)])
    }

    /// One page that holds everything: the lists here are short.
    private func page(of items: [JSON]) -> [JSON.Member] {
        let cursors: JSON = ["cursors": ["before": "QVFIU", "after": "QVFIZ"]]
        return [
            JSON.Member(name: "data", value: .array(items)),
            JSON.Member(name: "paging", value: items.isEmpty ? [:] : cursors),
        ]
    }
}
