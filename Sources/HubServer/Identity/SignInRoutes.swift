import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

/// The sign-in page of a tenant, and the ways to its providers and back.
struct SignInRoutes: Sendable {
    let edge: IdentityEdge

    func add(to routes: inout RouteCollector) {
        routes.on(.get, "/auth/{tenant}", .visitor) { request, context in
            let desk = try edge.desk(context)
            let query = try request.pageQuery()
            return try await signInPage(
                request, desk, notice: request.notice(query), returnTo: query["return_to"].map(desk.returnPath))
        }
        routes.on(.get, "/auth/{tenant}/buttons.css", .visitor) { _, context in
            .bytes(Array(ButtonStyles.css(try edge.desk(context).connections).utf8), type: "text/css; charset=utf-8")
        }
        routes.on(.post, "/auth/{tenant}/{connection}/start", .visitor) { request, context in
            try await start(request, context)
        }
        routes.on(.get, "/auth/{tenant}/{connection}/callback", .visitor) { request, context in
            try await callback(request, context)
        }
        routes.on(.post, "/auth/{tenant}/{connection}/callback", .visitor) { request, context in
            try await relay(request, context)
        }
    }

    // MARK: The page

    /// - Parameter wrong: A connection whose start was refused, and what was given for it.
    func signInPage(
        _ request: Request, _ desk: SignInDesk, notice: Notice?, returnTo: String?,
        wrong: (connection: String, parameters: [String: String])? = nil
    ) async throws -> Response {
        let cookies = HubCookies(request, origin: desk.origin)
        var fields: [HTTPField] = []
        var invitation: InvitationRecord?
        if let token = cookies[.invitation(tenant: desk.tenantID)] {
            invitation = try await desk.invitation(token)
            if invitation == nil { fields.append(cookies.end(.invitation(tenant: desk.tenantID))) }
        }
        let visitor = try await edge.visitor(cookies, desk)
        let forms = ProviderForms(desk: desk, purpose: .signIn, returnTo: returnTo, wrong: wrong)
        var page = Page(
            template: "sign-in", title: "Sign in", status: wrong == nil ? .ok : .unprocessableContent,
            content: [
                "hasProviders": .flag(!forms.content.isEmpty), "providers": .list(forms.content),
                "signedInAs": .text(visitor?.person.shownName),
                "invitation": .group(try await invitation.shown(desk)),
            ], notice: notice, formTargets: await desk.formTargets(), hasButtons: true)
        page.show(problems: forms.problems)
        var response = edge.response(page, desk, cookies)
        for field in fields { response.headers.append(field) }
        return response
    }

    // MARK: There

    private func start(_ request: Request, _ context: EdgeContext) async throws -> Response {
        let desk = try edge.desk(context)
        let cookies = HubCookies(request, origin: desk.origin)
        let form = try await edge.form(request, cookies, desk)
        let connection = try context.parameters.require("connection")
        guard let known = desk.connections.first(where: { $0.name == connection }) else { throw PageRefusal.notFound }
        let purpose: SignInStart.Purpose
        switch form["purpose"].flatMap(ProviderForms.Purpose.init) {
        case .signIn: purpose = .signIn(invitation: cookies[.invitation(tenant: desk.tenantID)])
        case .link:
            guard let visitor = try await edge.visitor(cookies, desk) else {
                throw PageRefusal.notSignedIn(tenant: desk.tenantID)
            }
            purpose = .link(visitor)
        case nil: throw PageRefusal.unreadable("The form does not say what it is for.")
        }
        let parameters = form.fields(startingWith: ProviderForms.parameterPrefix)
        do {
            let redirect = try await desk.start(
                SignInStart(
                    purpose: purpose, connection: connection, parameters: parameters, returnTo: form["return_to"],
                    requestID: context.id))
            return .seeOther(
                redirect.url, cookies.begin(redirect.browser, lifetime: redirect.lifetime, at: edge.hub.clock.now))
        } catch let refusal as SignInRefusal {
            // What was written in a field is shown again, with what is wrong.
            guard !known.parameters.isEmpty, [.shopWrong, .malformedCallback].contains(refusal.reason),
                case .signIn = purpose
            else { throw PageRefusal(refusal, tenant: desk.tenantID) }
            return try await signInPage(
                request, desk, notice: nil, returnTo: form["return_to"].map(desk.returnPath),
                wrong: (connection, parameters))
        }
    }

    // MARK: Back

    private func callback(_ request: Request, _ context: EdgeContext) async throws -> Response {
        let desk = try edge.desk(context)
        let connection = try context.parameters.require("connection")
        var raw = request.uri.query ?? ""
        var method = IdentityProvider.ResponseMode.query
        if let token = FormFields(raw)?[Self.relayParameter] {
            // A relay that is used up, or another's: the desk says what a callback without a state is.
            raw = desk.relayed(connection: connection, token: Secret(token)) ?? ""
            method = .formPost
        }
        let callback = Callback(edge: edge, desk: desk, request: request, context: context, method: method, raw: raw)
        return try await callback.answer { try await desk.finish(connection: connection, $0) }
    }

    private static let relayParameter = "relay"

    /// What a provider's page may post: a megabyte of text as a form has it. Most of it would be too much to keep.
    private static let maximumCallback = 3 * 1024 * 1024 + 64 * 1024

    /// A form that the provider's page posted from its own site: no cookie of ours came with it, so the browser is sent to
    /// an address of ours where they do. Nothing is looked at before that.
    private func relay(_ request: Request, _ context: EdgeContext) async throws -> Response {
        let desk = try edge.desk(context)
        let connection = try context.parameters.require("connection")
        let text = try await request.formText(upTo: Self.maximumCallback)
        guard let token = desk.relay(connection: connection, form: text) else {
            throw PageRefusal(
                status: .tooManyRequests, title: "Too many at once",
                explanation: "Too many people are on their way back from the provider.",
                advice: "Start again in a minute.", link: ("Back to sign-in", "/auth/\(desk.tenantID)"))
        }
        return .seeOther("/auth/\(desk.tenantID)/\(connection)/callback?\(Self.relayParameter)=\(token.reveal())")
    }
}

extension InvitationRecord? {
    /// For a template: who invites to what, or lets whom back in.
    func shown(_ desk: SignInDesk) async throws -> PageContent? {
        guard let self else { return nil }
        return [
            "inviter": .text(try await desk.inviter(of: self)), "role": .text(self.role.withArticle),
            "expiresAt": .group(self.expiresAt.shown),
            "returning": .text(self.personID == nil ? nil : self.name ?? self.email ?? "yourself"),
        ]
    }
}
