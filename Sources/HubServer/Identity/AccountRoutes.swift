import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

/// The pages of people who are signed in.
struct AccountRoutes: Sendable {
    let edge: IdentityEdge

    /// Somebody who is signed in, with what they asked for.
    struct Person {
        let visitor: Visitor
        let desk: SignInDesk
        let cookies: HubCookies
        let request: Request
        let context: EdgeContext

        /// For what is shown to them once.
        var place: (tenant: String, session: String) { (desk.tenantID, visitor.session.id) }

        /// A part of the path.
        func parameter(_ name: String) throws -> String {
            guard let value = context.parameters.get(name) else { throw PageRefusal.notFound }
            return value
        }

        func path(_ place: AccountPlace) -> String { place.path(tenant: desk.tenantID) }
    }

    func add(to routes: inout RouteCollector) {
        addOwn(to: &routes)
        addPeople(to: &routes)
        addPerson(to: &routes)
        addKeys(to: &routes)
        addServices(to: &routes)
        addAudit(to: &routes)
    }

    /// Adds a page. Who is not signed in is led to the sign-in page, and back here afterwards.
    func get(
        _ template: String, _ permission: Permission?, _ routes: inout RouteCollector,
        _ handler: @escaping @Sendable (Person) async throws -> Page
    ) {
        routes.on(.get, template, .person(permission)) { request, context in
            guard let person = try await person(request, context) else {
                let path = FormText.escaped(request.uri.path)
                return .seeOther("/auth/\(try context.parameters.require("tenant"))?return_to=\(path)")
            }
            return try await allowed(person, permission) {
                edge.response(
                    try await handler(person), person.desk, person.cookies, visitor: person.visitor,
                    at: request.uri.path)
            }
        }
    }

    /// Adds what a form of such a page does.
    /// - Parameter lists: fields that may stand in the form more than once.
    func post(
        _ template: String, _ permission: Permission?, _ routes: inout RouteCollector, lists: Set<String> = [],
        _ handler: @escaping @Sendable (Person, FormFields) async throws -> Response
    ) {
        routes.on(.post, template, .person(permission)) { request, context in
            guard let person = try await person(request, context) else {
                throw PageRefusal.notSignedIn(tenant: try context.parameters.require("tenant"))
            }
            let form = try await edge.form(request, person.cookies, person.desk, lists: lists)
            return try await allowed(person, permission) { try await handler(person, form) }
        }
    }

    private func person(_ request: Request, _ context: EdgeContext) async throws -> Person? {
        let desk = try edge.desk(context)
        let cookies = HubCookies(request, origin: desk.origin)
        guard let visitor = try await edge.visitor(cookies, desk) else { return nil }
        return Person(visitor: visitor, desk: desk, cookies: cookies, request: request, context: context)
    }

    private func allowed(
        _ person: Person, _ permission: Permission?, _ answer: () async throws -> Response
    ) async throws -> Response {
        let refusal = PageRefusal.forbidden(tenant: person.desk.tenantID)
        if let permission, !person.visitor.may(permission) { throw refusal }
        do {
            return try await answer()
        } catch is Forbidden {
            throw refusal
        }
    }
}
