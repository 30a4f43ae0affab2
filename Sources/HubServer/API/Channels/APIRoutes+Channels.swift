import AdapterKit
import HubCore
import Hummingbird

extension APIRoutes {
    static let maximumParameterBody = 64 * 1024

    func addChannels(to routes: inout RouteCollector) {
        on(.get, "/api/v1/channels", .channelsRead, &routes) { request, _, caller in
            try request.refuseParameters(except: [])
            var channels: [JSON] = []
            for desk in caller.tenant.desks { channels.append(try await desk.json()) }
            return .list(channels, next: nil)
        }
        on(.get, "/api/v1/channels/{name}", .channelsRead, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            return .json(try await desk(context, caller.tenant).json())
        }
        on(.post, "/api/v1/channels/{name}/resume", .channelsManage, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let desk = try desk(context, caller.tenant)
            _ = try await desk.resume()
            return .json(try await desk.json())
        }
        on(.post, "/api/v1/channels/{name}/probe", .channelsManage, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let desk = try desk(context, caller.tenant)
            try await desk.probe()
            return .json(try await desk.json())
        }
        on(.get, "/api/v1/channels/{name}/operations", .channelsRead, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            return .list(try desk(context, caller.tenant).operations.map(\.json), next: nil)
        }
        on(.post, "/api/v1/channels/{name}/operations/{operation}", .channelsManage, &routes) {
            request, context, caller in
            try request.refuseParameters(except: [])
            return .json(try await request.perform(on: try desk(context, caller.tenant), context))
        }
    }

    /// The channel that the path names.
    func desk(_ context: EdgeContext, _ tenant: Tenant) throws -> ChannelDesk {
        guard let desk = tenant.desk(try context.parameters.require("name")) else { throw Problem.notFound }
        return desk
    }
}

extension Request {
    /// Does the operation that the path names with the parameters of the body.
    /// - Returns: What the provider answered; `{}` when that was nothing.
    func perform(on desk: ChannelDesk, _ context: EdgeContext) async throws -> JSON {
        let raw = try await bytes(upTo: APIRoutes.maximumParameterBody)
        let parameters = raw.isEmpty ? JSON.object([]) : try Self.parsed(raw)
        let answer = try await desk.perform(try context.parameters.require("operation"), parameters)
        return answer.isNull ? .object([]) : answer
    }
}
