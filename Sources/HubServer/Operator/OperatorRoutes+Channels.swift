import AdapterKit
import HubCore
import HubStore
import Hummingbird

extension OperatorRoutes {
    func addChannels(to routes: inout RouteCollector) {
        routes.on(.get, "/tenants", .operator) { request, _ in try await tenants(request) }
        routes.on(.post, "/channels/{tenant}/{channel}/operations/{operation}", .operator) { request, context in
            try request.proveOperator()
            return .json(try await request.perform(on: try desk(context), context))
        }
        routes.on(.post, "/channels/{tenant}/{channel}/resume", .operator) { request, context in
            try request.proveOperator()
            let desk = try desk(context)
            let rested = try await desk.resume()
            return .json(.object([JSON.Member("resumed", .bool(rested))] + (try await state(desk)).members))
        }
        routes.on(.post, "/channels/{tenant}/{channel}/probe", .operator) { request, context in
            try request.proveOperator()
            let desk = try desk(context)
            try await desk.probe()
            return .json(try await desk.json())
        }
        routes.on(.post, "/channels/{tenant}/{channel}/templates/sync", .operator) { request, context in
            try request.proveOperator()
            return .json(.object(["templates": .integer(try await desk(context).syncTemplates())]))
        }
    }

    private func desk(_ context: EdgeContext) throws -> ChannelDesk {
        let tenant = try context.parameters.require("tenant")
        guard let desk = hub.operatorDesk(tenant: tenant, channel: try context.parameters.require("channel")) else {
            throw Problem(status: .notFound, code: "not_found", detail: "There is no such channel.")
        }
        return desk
    }

    /// A page of tenants by id. To say how channels stand their stores are opened, so there are not all at once.
    private func tenants(_ request: Request) async throws -> Response {
        let (after, limit) = try request.paging()
        let all = hub.tenants.sorted { $0.id < $1.id }.drop { tenant in after.map { tenant.id <= $0 } ?? false }
        var shown: [JSON] = []
        for tenant in all.prefix(limit) { shown.append(await describe(tenant)) }
        return .list(shown, next: all.count > limit ? all.prefix(limit).last?.id : nil)
    }

    private func describe(_ tenant: TenantConfiguration) async -> JSON {
        var channels: [JSON] = []
        for channel in tenant.channels {
            let desk = hub.operatorDesk(tenant: tenant.id, channel: channel.name)
            if let desk, let state = try? await state(desk) {
                channels.append(state)
            } else {
                // A store that does not open must not hide the others.
                channels.append(
                    .object([
                        "name": .string(channel.name), "adapter": .string(channel.adapter), "status": "unreadable",
                        "alerts": [],
                    ]))
            }
        }
        return .object([
            "id": .string(tenant.id), "name": .string(tenant.name), "channels": .array(channels),
            "systems": .array(
                tenant.systems.map { .object(["name": .string($0.name), "adapter": .string($0.adapter)]) }),
        ])
    }

    /// How a channel stands, without what the provider says besides.
    private func state(_ desk: ChannelDesk) async throws -> JSON {
        .object(try await desk.json().members.filter { $0.name != "facts" })
    }
}
