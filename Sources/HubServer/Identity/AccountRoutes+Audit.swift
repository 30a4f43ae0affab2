import AdapterKit
import HubCore
import HubStore
import Hummingbird

/// Who did what, and what was refused.
extension AccountRoutes {
    func addAudit(to routes: inout RouteCollector) {
        get(AccountPlace.audit.template, .readAudit, &routes) { person in
            let after = try person.request.pageQuery()["after"]
            guard let entries = try await person.visitor.audit(after: after, limit: 100) else {
                throw PageRefusal.notFound
            }
            let names = try await names(in: entries.elements, for: person.visitor)
            let path = person.path(.audit)
            return Page(
                template: "audit", title: AccountPlace.audit.title,
                content: [
                    "entries": .list(entries.elements.map { shown($0.event, names) }),
                    "next": .text(entries.next.map { "\(path)?after=\(FormText.escaped($0))" }),
                ])
        }
    }

    /// The names behind the ids, of those who are still there and whom the visitor may see.
    private func names(in entries: [AuditEntry], for visitor: Visitor) async throws -> [String: String] {
        guard visitor.may(.managePeople) else { return [:] }
        var names: [String: String] = [:]
        for id in Set(entries.flatMap { [$0.event.personID, $0.event.actorID] }.compactMap(\.self)) {
            names[id] = try await visitor.person(id)?.shownName
        }
        return names
    }

    private func shown(_ event: AuditEvent, _ names: [String: String]) -> PageContent {
        func name(_ id: String?) -> String? { id.map { names[$0] ?? $0 } }
        let actor = name(event.actorID)
        let person = event.personID == event.actorID ? nil : name(event.personID)
        let who = [actor, person.map { actor == nil ? $0 : "about \($0)" }].compactMap(\.self)
        return [
            "occurredAt": .group(event.occurredAt.shown), "kind": .text(event.kind), "reason": .text(event.reason),
            "connection": .text(event.connection), "requestID": .text(event.requestID),
            "who": .text(who.isEmpty ? nil : who.joined(separator: ", ")),
        ]
    }
}
