import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

extension APIRoutes {
    private static let maximumTemplateBody = 256 * 1024

    func addTemplates(to routes: inout RouteCollector) {
        let templates = "/api/v1/channels/{name}/templates"
        on(.get, templates, .channelsRead, &routes) { request, context, caller in
            try await list(request, try desk(context, caller.tenant))
        }
        on(.post, templates, .channelsManage, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let desk = try desk(context, caller.tenant)
            let template = try await desk.createTemplate(try await request.definition(upTo: Self.maximumTemplateBody))
            return .json(template.json, status: .created)
        }
        on(.post, "\(templates)/sync", .channelsManage, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let count = try await desk(context, caller.tenant).syncTemplates()
            return .json(.object(["templates": .integer(count)]))
        }
        on(.get, "\(templates)/{id}", .channelsRead, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let desk = try desk(context, caller.tenant)
            return .json(try await desk.template(try context.parameters.require("id")).json)
        }
        on(.post, "\(templates)/{id}", .channelsManage, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let desk = try desk(context, caller.tenant)
            let id = try context.parameters.require("id")
            try await desk.editTemplate(id, try await request.definition(upTo: Self.maximumTemplateBody))
            // What the provider makes of it comes with its next news.
            return .json(try await desk.template(id).json, status: .accepted)
        }
        on(.delete, "\(templates)/{id}", .channelsManage, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            try await desk(context, caller.tenant).deleteTemplate(try context.parameters.require("id"))
            return Response(status: .noContent)
        }
    }

    private func list(_ request: Request, _ desk: ChannelDesk) async throws -> Response {
        let (after, limit) = try request.paging()
        // Asked first: a list is never older than the time that stands beside it.
        let syncedAt = try await desk.templatesSyncedAt()
        let all = try await desk.templates()
        var rest = all[...]
        if let after {
            guard let index = all.firstIndex(where: { $0.id == after }) else { throw Problem.cursor }
            rest = all[(index + 1)...]
        }
        let page = rest.prefix(limit)
        return .json(
            .object([
                "data": .array(page.map(\.json)),
                "next": rest.count > limit ? page.last.map { .string($0.id) } ?? .null : .null,
                "synced_at": syncedAt.map { .string($0.description) } ?? .null,
            ]))
    }
}

extension Request {
    /// A template in the provider's own form, which only has to be an object here.
    fileprivate func definition(upTo limit: Int) async throws -> JSON {
        let (json, _) = try await json(upTo: limit)
        guard case .object = json else {
            throw Problem.invalid([
                RequestProblem(
                    pointer: "", code: "wrong_type", detail: "must be an object: a template in the provider's form")
            ])
        }
        return json
    }
}
