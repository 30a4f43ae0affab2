import AdapterKit
import HubCore
import HubStore
import Hummingbird

extension APIRoutes {
    func addContacts(to routes: inout RouteCollector) {
        on(.get, "/api/v1/contacts", .contactsRead, &routes) { request, _, caller in
            let (after, limit) = try request.paging()
            guard let page = try await caller.tenant.store.contacts(after: after, limit: limit) else {
                throw Problem.cursor
            }
            return .list(page.elements.map(\.json), next: page.next)
        }
        on(.get, "/api/v1/contacts/{id}", .contactsRead, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let contact = try await contact(context, caller.tenant)
            let records = try await caller.tenant.store.records(of: contact.id)
            return .json(.object(contact.json.members + [JSON.Member("records", .array(records.map(\.json)))]))
        }
        on(.post, "/api/v1/contacts/{id}/block", .channelsManage, &routes) { request, context, caller in
            try await setBlocked(true, request, context, caller.tenant)
        }
        on(.post, "/api/v1/contacts/{id}/unblock", .channelsManage, &routes) { request, context, caller in
            try await setBlocked(false, request, context, caller.tenant)
        }
    }

    private func contact(_ context: EdgeContext, _ tenant: Tenant) async throws -> ContactRecord {
        guard let contact = try await tenant.store.contact(id: try context.parameters.require("id")) else {
            throw Problem.notFound
        }
        return contact
    }

    private func setBlocked(
        _ isBlocked: Bool, _ request: Request, _ context: EdgeContext, _ tenant: Tenant
    ) async throws -> Response {
        try request.refuseParameters(except: [])
        let desk = try await request.object(upTo: 4096) { reader -> ChannelDesk? in
            let name = reader.text("channel", 1...40)
            let desk = tenant.desk(name)
            if !name.isEmpty, desk == nil {
                reader.report("channel", "unknown_channel", "is no channel of this tenant")
            }
            return desk
        }
        let contact = try await contact(context, tenant)
        guard let desk else { throw Problem.notFound }
        try await desk.setBlocked(isBlocked, contact)
        return .json(
            .object([
                "contact_id": .string(contact.id), "channel": .string(desk.configuration.name),
                "blocked": .bool(isBlocked),
            ]))
    }
}
