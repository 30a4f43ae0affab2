import AdapterKit
import HubCore
import HubStore
import Hummingbird

/// API keys that people issue.
extension AccountRoutes {
    func addKeys(to routes: inout RouteCollector) {
        get(AccountPlace.keys.template, .manageKeys, &routes) { try await keysPage($0, KeyForm()) }
        post(AccountPlace.keys.template, .manageKeys, &routes, lists: ["scope"]) { person, fields in
            let form = KeyForm(fields)
            guard form.problems.isEmpty else {
                var page = try await keysPage(person, form)
                page.status = .unprocessableContent
                page.show(problems: form.problems)
                return edge.response(
                    page, person.desk, person.cookies, visitor: person.visitor, at: person.path(.keys))
            }
            let issued = try await person.visitor.issueKey(name: form.name, scopes: form.scopes)
            edge.shownOnce.keep(issued.key, .key, for: person.place)
            return .seeOther(person.path(.keys), .keyIssued)
        }
        post("\(AccountPlace.keys.template)/{key}/revoke", .manageKeys, &routes) { person, _ in
            guard try await person.visitor.revokeKey(try person.parameter("key")) else { throw PageRefusal.notFound }
            return .seeOther(person.path(.keys), .keyRevoked)
        }
    }

    private func keysPage(_ person: Person, _ form: KeyForm) async throws -> Page {
        let keys = try await person.visitor.keys()
        let path = person.path(.keys)
        let issued = edge.shownOnce.take(.key, for: person.place)
        return Page(
            template: "keys", title: AccountPlace.keys.title,
            content: [
                "hasKeys": .flag(!keys.isEmpty), "keys": .list(keys.map { shown($0, path) }),
                "issued": .group(issued.map { ["key": .text($0.reveal())] }),
                "values": .group([
                    "name": .text(form.name),
                    "isNameWrong": .flag(form.problems.contains { $0.field == "key-name" }),
                ]),
                "scopes": .list(
                    APIScope.allCases.map { scope in
                        [
                            "value": .text(scope.rawValue), "summary": .text(scope.summary),
                            "isChosen": .flag(form.scopes.contains(scope)),
                        ]
                    }),
            ], notice: person.request.notice(try person.request.pageQuery()))
    }

    private func shown(_ key: APIKeyRecord, _ path: String) -> PageContent {
        let isRevoked = key.revokedAt != nil
        return [
            "name": .text(key.name), "isRevoked": .flag(isRevoked), "createdAt": .group(key.createdAt.shown),
            "scopes": .text(key.scopes.joined(separator: ", ")), "lastUsedAt": .group(key.lastUsedAt?.shown),
            "action": .text(isRevoked ? nil : "\(path)/\(key.id)/revoke"),
        ]
    }
}

/// What somebody wrote to issue a key.
private struct KeyForm {
    private static let nameLength = 100

    var name = ""
    var scopes: Set<APIScope> = []
    var problems: [(field: String, text: String)] = []

    init() {}

    init(_ fields: FormFields) {
        name = fields.text("name", upTo: Self.nameLength) ?? ""
        let named = fields.list("scope").map(APIScope.init)
        scopes = Set(named.compactMap(\.self))
        if name.isEmpty { problems.append(("key-name", "Name: 1 to \(Self.nameLength) characters")) }
        if scopes.isEmpty || named.contains(nil) {
            problems.append(("key-scopes", "What it allows: choose at least one of the list"))
        }
    }
}
