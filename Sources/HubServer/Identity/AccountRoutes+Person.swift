import AdapterKit
import HubCore
import HubStore
import Hummingbird

/// One of the tenant's people.
extension AccountRoutes {
    private static let template = "/account/{tenant}/people/{person}"

    func addPerson(to routes: inout RouteCollector) {
        get(Self.template, .managePeople, &routes) { try await personPage($0) }
        post("\(Self.template)/role", .managePeople, &routes) { person, form in
            guard let role = form["role"].flatMap(PersonRole.init) else {
                return .seeOther(try path(person), .nothingChosen)
            }
            return try answer(
                try await person.visitor.setRole(role, of: try person.parameter("person")), .roleChanged, person)
        }
        post("\(Self.template)/suspend", .managePeople, &routes) { person, _ in
            try answer(
                try await person.visitor.setSuspended(true, person: try person.parameter("person")), .suspended, person)
        }
        post("\(Self.template)/restore", .managePeople, &routes) { person, _ in
            try answer(
                try await person.visitor.setSuspended(false, person: try person.parameter("person")), .restored, person)
        }
        post("\(Self.template)/remove", .managePeople, &routes) { person, _ in
            switch try await person.visitor.remove(person: try person.parameter("person")) {
            case .removed: return .seeOther(person.path(.people), .removed)
            case .lastOwner: return .seeOther(try path(person), .lastOwner)
            case .unknown: throw PageRefusal.notFound
            }
        }
        post("\(Self.template)/invite", .managePeople, &routes) { person, _ in
            let id = try person.parameter("person")
            guard let made = try await person.visitor.invite(backIn: id) else { throw PageRefusal.notFound }
            edge.shownOnce.keep(Secret(made.link), .wayBackIn(id), for: person.place)
            return .seeOther(try path(person), .invited)
        }
        post("\(Self.template)/sessions/end", .managePeople, &routes) { person, _ in
            guard try await person.visitor.endSessions(of: try person.parameter("person")) else {
                throw PageRefusal.notFound
            }
            return .seeOther(try path(person), .personSignedOut)
        }
        post("\(Self.template)/sessions/{session}/end", .managePeople, &routes) { person, _ in
            let isEnded = try await person.visitor.endSession(
                try person.parameter("session"), of: try person.parameter("person"))
            guard isEnded else { throw PageRefusal.notFound }
            return .seeOther(try path(person), .sessionEnded)
        }
    }

    private func path(_ person: Person) throws -> String {
        "\(person.path(.people))/\(try person.parameter("person"))"
    }

    private func answer(_ outcome: PersonOutcome, _ notice: Notice, _ person: Person) throws -> Response {
        switch outcome {
        case .done: return .seeOther(try path(person), notice)
        case .lastOwner: return .seeOther(try path(person), .lastOwner)
        case .unknown: throw PageRefusal.notFound
        }
    }

    private func personPage(_ person: Person) async throws -> Page {
        let visitor = person.visitor
        guard let shown = try await visitor.person(try person.parameter("person")) else { throw PageRefusal.notFound }
        let path = try path(person)
        let sessions = try await visitor.sessions(of: shown.id)
        let link = edge.shownOnce.take(.wayBackIn(shown.id), for: person.place)
        return Page(
            template: "person", title: shown.shownName,
            content: [
                "path": .text(path), "link": .text(link?.reveal()), "email": .text(shown.email),
                "phone": .text(shown.phone),
                "role": .text(shown.role.title), "isSuspended": .flag(shown.state == .suspended),
                "createdAt": .group(shown.createdAt.shown),
                "isSelf": .flag(shown.id == visitor.person.id),
                // An owner is changed by owners alone.
                "canChange": .flag(shown.role <= visitor.person.role),
                "roles": .list(visitor.grantableRoles.map { $0.shown(isChosen: $0 == shown.role) }),
                "hasSessions": .flag(!sessions.isEmpty),
                "sessions": .list(
                    sessions.map { $0.shown(below: path, current: visitor.session.id, person.desk.providerNames) }),
            ], notice: person.request.notice(try person.request.pageQuery()))
    }
}
