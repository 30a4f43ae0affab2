import AdapterKit
import HTTPTypes
import HubCore
import Hummingbird

/// What the routes of sign-in and of people share: who is there, which form is ours, and how a page is put together.
struct IdentityEdge: Sendable {
    /// Forms of our own pages are small.
    static let maximumForm = 64 * 1024

    let hub: Hub
    let shownOnce = ShownOnce()

    /// The sign-in of the tenant in the path.
    func desk(_ context: EdgeContext) throws -> SignInDesk {
        guard let desk = hub.signInDesk(tenant: try context.parameters.require("tenant")) else {
            throw PageRefusal.notFound
        }
        return desk
    }

    /// Whoever is signed in at the desk's tenant.
    func visitor(_ cookies: HubCookies, _ desk: SignInDesk) async throws -> Visitor? {
        guard let token = cookies[.session(tenant: desk.tenantID)] else { return nil }
        return try await hub.visitor(tenant: desk.tenantID, session: token)
    }

    /// The page in the frame of the tenant, with a token for its forms.
    func response(
        _ page: Page, _ desk: SignInDesk, _ cookies: HubCookies, visitor: Visitor? = nil, at path: String? = nil
    ) -> Response {
        let known = cookies[.form].flatMap { RandomText.isOne($0.reveal()) ? $0 : nil }
        let token = known ?? Secret(RandomText.make())
        let frame = PageFrame(
            origin: desk.origin, tenant: (desk.tenantID, desk.tenantName), formToken: token.reveal(),
            navigation: visitor.map { AccountPlace.navigation(for: $0, at: path) } ?? [],
            person: visitor.map { $0.person.shownName })
        var response = frame.response(page)
        if known == nil {
            response.headers.append(cookies.set(.form, token, lifetime: nil))
        }
        return response
    }

    /// A form of one of our own pages.
    /// - Throws: ``PageRefusal`` for what cannot be read, and for anybody else's form.
    func form(
        _ request: Request, _ cookies: HubCookies, _ desk: SignInDesk, lists: Set<String> = []
    ) async throws -> FormFields {
        let fields = try await Self.fields(request, lists: lists)
        try FormGuard.check(request, fields, cookies, origin: desk.origin)
        return fields
    }

    private static func fields(_ request: Request, lists: Set<String>) async throws -> FormFields {
        guard let fields = FormFields(try await request.formText(upTo: maximumForm), lists: lists) else {
            throw PageRefusal.unreadable("The form holds something twice, or something that is no text.")
        }
        return fields
    }
}

extension Request {
    /// The body of a form as it was sent.
    /// - Throws: ``PageRefusal`` for another kind of body.
    func formText(upTo limit: Int) async throws -> String {
        let types = headers[values: .contentType].map { $0.prefix { $0 != ";" }.lowercased() }
        guard types == ["application/x-www-form-urlencoded"] else {
            throw PageRefusal.unreadable("What was sent is not a form.")
        }
        guard let text = String(validating: try await bytes(upTo: limit), as: UTF8.self) else {
            throw PageRefusal.unreadable("The form holds something that is no text.")
        }
        return text
    }

    /// The query, read as strictly as a form.
    func pageQuery() throws -> FormFields {
        guard let fields = FormFields(uri.query ?? "") else {
            throw PageRefusal.unreadable("The address holds something twice, or something that is no text.")
        }
        return fields
    }

    /// The code of a notice in the query. A text of somebody's own finds none.
    func notice(_ query: FormFields) -> Notice? { query["notice"].flatMap(Notice.init) }
}

extension Response {
    /// On to a page of ours, to be got with GET (RFC 9110, 15.4.4).
    static func seeOther(_ address: String, _ fields: [HTTPField] = []) -> Response {
        var response = Response(status: .seeOther, headers: [.location: address])
        for field in fields { response.headers.append(field) }
        return response
    }

    static func seeOther(_ path: String, _ notice: Notice, _ fields: [HTTPField] = []) -> Response {
        seeOther("\(path)?notice=\(notice.rawValue)", fields)
    }
}
