import AdapterKit
import HubCore
import HubStore
import Hummingbird

extension APIRoutes {
    func addReading(to routes: inout RouteCollector) {
        on(.get, "/api/v1/conversations", .messagesRead, &routes) { request, _, caller in
            let (after, limit) = try request.paging()
            guard let page = try await caller.tenant.store.conversations(after: after, limit: limit) else {
                throw Problem.cursor
            }
            return .list(page.elements.map(\.json), next: page.next)
        }
        on(.get, "/api/v1/conversations/{id}/messages", .messagesRead, &routes) { request, context, caller in
            let (after, limit) = try request.paging()
            let id = try context.parameters.require("id")
            guard let page = try await caller.tenant.store.messages(conversation: id, after: after, limit: limit) else {
                throw Problem.notFound
            }
            return .list(page.elements.map(\.json), next: page.next)
        }
    }

    func addDeadLetters(to routes: inout RouteCollector) {
        on(.get, "/api/v1/dead-letters", .deliveriesManage, &routes) { request, _, caller in
            let (after, limit) = try request.paging()
            guard let page = try await caller.tenant.store.deadLetters(after: after, limit: limit) else {
                throw Problem.cursor
            }
            return .list(page.elements.map(\.json), next: page.next)
        }
        on(.post, "/api/v1/dead-letters/{id}/replay", .deliveriesManage, &routes) { request, context, caller in
            try request.refuseParameters(except: [])
            let id = try context.parameters.require("id")
            guard try await caller.tenant.replay(deadLetter: id) else { throw Problem.notFound }
            return .json(.object(["id": .string(id), "status": "queued"]), status: .accepted)
        }
    }
}

extension Problem {
    /// A cursor that is none of the tenant's.
    static let cursor = parameter("after", "must be the next of a page before")
}
