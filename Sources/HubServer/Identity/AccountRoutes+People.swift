import AdapterKit
import HubCore
import HubStore
import Hummingbird

/// The tenant's people, and invitations.
extension AccountRoutes {
    func addPeople(to routes: inout RouteCollector) {
        get(AccountPlace.people.template, .managePeople, &routes) { try await peoplePage($0, InvitationForm()) }
        post("/account/{tenant}/invitations", .managePeople, &routes) { person, fields in
            let form = InvitationForm(fields)
            guard let role = form.role, form.problems.isEmpty else {
                var page = try await peoplePage(person, form)
                page.status = .unprocessableContent
                page.show(problems: form.problems)
                return edge.response(
                    page, person.desk, person.cookies, visitor: person.visitor, at: person.path(.people))
            }
            let made = try await person.visitor.invite(
                role: role, name: form.name.isEmpty ? nil : form.name, email: form.email.isEmpty ? nil : form.email)
            edge.shownOnce.keep(Secret(made.link), .invitation, for: person.place)
            return .seeOther(person.path(.people), .invited)
        }
        post("/account/{tenant}/invitations/{invitation}/revoke", .managePeople, &routes) { person, _ in
            guard try await person.visitor.revokeInvitation(try person.parameter("invitation")) else {
                throw PageRefusal.notFound
            }
            return .seeOther(person.path(.people), .invitationRevoked)
        }
    }

    private func peoplePage(_ person: Person, _ form: InvitationForm) async throws -> Page {
        let query = try person.request.pageQuery()
        guard let people = try await person.visitor.people(after: query["after"], limit: 100),
            let invitations = try await person.visitor.invitations(after: nil, limit: 100)
        else { throw PageRefusal.notFound }
        let open = invitations.elements.filter { $0.state == .open }
        let path = person.path(.people)
        let link = edge.shownOnce.take(.invitation, for: person.place)
        return Page(
            template: "people", title: AccountPlace.people.title,
            content: [
                "people": .list(people.elements.map { shown($0, path) }),
                "next": .text(people.next.map { "\(path)?after=\(FormText.escaped($0))" }),
                "roles": .list(
                    person.visitor.grantableRoles.map { $0.shown(isChosen: $0 == (form.role ?? .agent)) }),
                "values": .group([
                    "name": .text(form.name), "email": .text(form.email),
                    "isNameWrong": .flag(form.isWrong("invite-name")),
                    "isEmailWrong": .flag(form.isWrong("invite-email")),
                ]),
                "hasInvitations": .flag(!open.isEmpty),
                "invitations": .list(open.map { shown($0, person) }),
                // The newest is the one that was just made.
                "link": .group(
                    link.map { link in
                        [
                            "url": .text(link.reveal()), "role": .text(open.first?.role.withArticle),
                            "expiresAt": .group(open.first?.expiresAt.shown),
                        ]
                    }),
            ], notice: person.request.notice(query))
    }

    private func shown(_ person: PersonRecord, _ path: String) -> PageContent {
        [
            "name": .text(person.shownName), "email": .text(person.name == nil ? nil : person.email),
            "path": .text("\(path)/\(person.id)"), "role": .text(person.role.title),
            "isSuspended": .flag(person.state == .suspended),
            "lastSignedInAt": .group(person.lastSignedInAt?.shown),
        ]
    }

    private func shown(_ invitation: InvitationRecord, _ person: Person) -> PageContent {
        [
            "name": .text(invitation.name ?? invitation.email ?? "Somebody"),
            "role": .text(invitation.role.withArticle), "expiresAt": .group(invitation.expiresAt.shown),
            "action": .text("/account/\(person.desk.tenantID)/invitations/\(invitation.id)/revoke"),
        ]
    }
}

/// What somebody wrote to invite another.
private struct InvitationForm {
    private static let nameLength = 200
    // RFC 3696, erratum 1690.
    private static let emailLength = 254

    var name = ""
    var email = ""
    var role: PersonRole?
    var problems: [(field: String, text: String)] = []

    init() {}

    func isWrong(_ field: String) -> Bool { problems.contains { $0.field == field } }

    init(_ fields: FormFields) {
        name = fields.text("name", upTo: Self.nameLength) ?? ""
        email = fields.text("email", upTo: Self.emailLength) ?? ""
        role = fields["role"].flatMap(PersonRole.init)
        if name.isEmpty, fields["name"]?.isEmpty == false {
            problems.append(("invite-name", "Name: at most \(Self.nameLength) characters"))
        }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress = parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !email.contains(where: \.isWhitespace)
        if fields["email"]?.isEmpty == false, !isAddress {
            problems.append(("invite-email", "E-mail: an address such as ada@example.com"))
        }
        if role == nil { problems.append(("invite-role", "Role: choose one of the list")) }
    }
}

extension Visitor {
    /// The roles that this person may give: none above their own.
    var grantableRoles: [PersonRole] { PersonRole.allCases.filter { $0 <= person.role } }
}

extension PersonRole {
    func shown(isChosen: Bool) -> PageContent {
        ["value": .text(rawValue), "title": .text(title), "isChosen": .flag(isChosen)]
    }
}
