import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

extension APIRoutes {
    static let maximumMessageBody = 256 * 1024
    static let idempotencyKeyLength = 1...255

    func addMessages(to routes: inout RouteCollector) {
        on(.post, "/api/v1/messages", .messagesSend, &routes) { request, _, caller in
            try await send(request, caller.tenant)
        }
        on(.get, "/api/v1/messages/{id}", .messagesRead, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            guard let message = try await caller.tenant.store.message(id: try context.parameters.require("id")) else {
                throw Problem.notFound
            }
            return .json(message.json)
        }
        on(.post, "/api/v1/messages/{id}/resolve", .messagesSend, &routes) { request, context, caller in
            try await resolve(request, context, caller.tenant)
        }
    }

    private func send(_ request: Request, _ tenant: Tenant) async throws -> Response {
        try request.refuseParameters(except: [])
        let keys = request.headers[values: HTTPField.Name.idempotencyKey]
        guard keys.count == 1, let key = keys.first, Self.idempotencyKeyLength.contains(key.utf8.count) else {
            throw Problem(
                status: .badRequest, code: "idempotency_key_missing",
                detail: "Send one Idempotency-Key of 1 to 255 characters, so that a repeat is not sent twice.")
        }
        let (json, raw) = try await request.json(upTo: Self.maximumMessageBody)
        let message = try SendRequest.read(json, idempotencyKey: key, raw: raw, tenant: tenant)
        switch try await tenant.store.enqueue(message, at: hub.clock.now) {
        case .queued(let id), .repeated(let id):
            return .json(.object(["id": .string(id), "status": "queued"]), status: .accepted)
        case .conflict:
            throw Problem(
                status: .conflict, code: "idempotency_conflict",
                detail: "This Idempotency-Key was used with another body. Use a new key for a new message.")
        case .unknownContact:
            throw Problem.invalid([
                RequestProblem(pointer: "/to", code: "unknown_contact", detail: "is no contact of this tenant")
            ])
        }
    }

    private func resolve(_ request: Request, _ context: EdgeContext, _ tenant: Tenant) async throws -> Response {
        try request.refuseParameters(except: [])
        let (json, _) = try await request.json(upTo: 4096)
        guard let resolution = json["as"]?.string.flatMap(Resolution.init), json.members.count == 1 else {
            throw Problem.invalid([
                RequestProblem(
                    pointer: "/as", code: "wrong_value", detail: "must be the only member, and resend or fail")
            ])
        }
        let id = try context.parameters.require("id")
        guard let message = try await tenant.store.resolve(message: id, as: resolution, at: hub.clock.now) else {
            throw Problem.notFound
        }
        return .json(message.json)
    }
}

extension HTTPField.Name {
    /// draft-ietf-httpapi-idempotency-key-header
    fileprivate static var idempotencyKey: HTTPField.Name { .init(parsed: "idempotency-key") ?? .ifMatch }
}
