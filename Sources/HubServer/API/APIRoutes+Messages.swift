import AdapterKit
import HubCore
import HubStore
import Hummingbird

extension APIRoutes {
    func addMessages(to routes: inout RouteCollector) {
        on(.post, "/api/v1/messages", .messagesSend, &routes) { request, _, caller in
            try await send(request, caller.tenant)
        }
        on(.get, "/api/v1/messages/{id}", .messagesRead, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            return .json(try await message(context, caller.tenant).json)
        }
        on(.post, "/api/v1/messages/{id}/resolve", .messagesSend, &routes) { request, context, caller in
            try await resolve(request, context, caller.tenant)
        }
        on(.post, "/api/v1/messages/{id}/read", .messagesSend, &routes) { request, context, caller in
            try await markRead(request, context, caller.tenant)
        }
    }

    private func message(_ context: EdgeContext, _ tenant: Tenant) async throws -> MessageRecord {
        guard let message = try await tenant.store.message(id: try context.parameters.require("id")) else {
            throw Problem.notFound
        }
        return message
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

    /// Shows the person that the message, and all before it, was read.
    private func markRead(_ request: Request, _ context: EdgeContext, _ tenant: Tenant) async throws -> Response {
        try request.refuseParameters(except: [])
        let isTyping = try await request.object(upTo: 4096, orEmpty: true) { $0.flag("typing") }
        let message = try await message(context, tenant)
        // A channel that was taken out of tenants.yaml can be asked for nothing.
        guard let desk = tenant.desk(message.channel) else { throw Problem.channelGone }
        try await desk.markRead(message, isTyping: isTyping)
        return .json(.object(["id": .string(message.id), "read": true, "typing": .bool(isTyping)]))
    }
}

extension Problem {
    static let channelGone = Problem(
        status: .conflict, code: "unsupported_by_channel", detail: "The channel is in the configuration no more.")
}
