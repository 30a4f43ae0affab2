import AdapterKit
import HubCore
import HubStore
import Hummingbird

/// One's own account: ways to sign in, and sessions.
extension AccountRoutes {
    func addOwn(to routes: inout RouteCollector) {
        get(AccountPlace.account.template, nil, &routes) { try await accountPage($0) }
        post("/account/{tenant}/sign-out", nil, &routes) { person, _ in
            try await person.visitor.signOut()
            return signedOut(person)
        }
        post("/account/{tenant}/sign-out-everywhere", nil, &routes) { person, _ in
            try await person.visitor.endOtherSessions()
            try await person.visitor.signOut()
            return signedOut(person)
        }
        post("/account/{tenant}/sessions/end-others", nil, &routes) { person, _ in
            try await person.visitor.endOtherSessions()
            return .seeOther(person.path(.account), .sessionsEnded)
        }
        post("/account/{tenant}/sessions/{session}/end", nil, &routes) { person, _ in
            guard try await person.visitor.endSession(try person.parameter("session")) else {
                throw PageRefusal.notFound
            }
            return .seeOther(person.path(.account), .sessionEnded)
        }
        post("/account/{tenant}/identities/{identity}/unlink", nil, &routes) { person, _ in
            switch try await person.visitor.unlink(try person.parameter("identity")) {
            case .unlinked: return .seeOther(person.path(.account), .unlinked)
            case .lastCredential: return .seeOther(person.path(.account), .lastCredential)
            case .unknown: throw PageRefusal.notFound
            }
        }
    }

    private func signedOut(_ person: Person) -> Response {
        .seeOther(
            "/auth/\(person.desk.tenantID)", .signedOut, [person.cookies.end(.session(tenant: person.desk.tenantID))])
    }

    private func accountPage(_ person: Person) async throws -> Page {
        let visitor = person.visitor
        let identities = try await visitor.identities()
        let sessions = try await visitor.sessions()
        let forms = ProviderForms(desk: person.desk, purpose: .link, returnTo: person.path(.account))
        let providers = forms.content
        let path = person.path(.account)
        let names = person.desk.providerNames
        return Page(
            template: "account", title: AccountPlace.account.title,
            content: [
                "name": .text(visitor.person.name), "email": .text(visitor.person.email),
                "phone": .text(visitor.person.phone), "role": .text(visitor.person.role.title),
                "identities": .list(identities.map { shown($0, path, names, canUnlink: identities.count > 1) }),
                "hasProviders": .flag(!providers.isEmpty), "providers": .list(providers),
                "hasOthers": .flag(sessions.count > 1),
                "sessions": .list(sessions.map { $0.shown(below: path, current: visitor.session.id, names) }),
            ], notice: person.request.notice(try person.request.pageQuery()),
            formTargets: await person.desk.formTargets(), hasButtons: true)
    }

    private func shown(
        _ identity: IdentityRecord, _ path: String, _ names: [String: String], canUnlink: Bool
    ) -> PageContent {
        [
            "provider": .text(names[identity.connection] ?? identity.connection), "label": .text(identity.label ?? ""),
            "isDisabled": .flag(identity.isDisabled), "createdAt": .group(identity.createdAt.shown),
            "canUnlink": .flag(canUnlink), "action": .text("\(path)/identities/\(identity.id)/unlink"),
        ]
    }
}
