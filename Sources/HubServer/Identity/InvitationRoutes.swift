import AdapterKit
import HubCore
import HubStore
import Hummingbird

/// One-time links. Looking at one uses nothing up, so that a program which opens links beforehand spoils none; who accepts
/// takes it along in a cookie.
struct InvitationRoutes: Sendable {
    /// How long somebody may take to choose how to sign in.
    private static let lifetime: Duration = .seconds(3600)

    let edge: IdentityEdge

    func add(to routes: inout RouteCollector) {
        routes.on(.get, "/auth/{tenant}/invitations", .visitor) { request, context in
            let desk = try edge.desk(context)
            guard let token = try request.pageQuery()["token"], RandomText.isOne(token) else {
                throw Self.lapsed(desk)
            }
            let invitation = try await desk.invitation(Secret(token))
            guard var content = try await invitation.shown(desk) else { throw Self.lapsed(desk) }
            content.set("token", .text(token))
            let page = Page(
                template: "invitation", title: invitation?.personID == nil ? "An invitation" : "Your way back in",
                content: content)
            return edge.response(page, desk, HubCookies(request, origin: desk.origin))
        }
        routes.on(.post, "/auth/{tenant}/invitations", .visitor) { request, context in
            let desk = try edge.desk(context)
            let cookies = HubCookies(request, origin: desk.origin)
            let form = try await edge.form(request, cookies, desk)
            guard let token = form["token"], RandomText.isOne(token),
                try await desk.invitation(Secret(token)) != nil
            else { throw Self.lapsed(desk) }
            return .seeOther(
                "/auth/\(desk.tenantID)",
                [cookies.set(.invitation(tenant: desk.tenantID), Secret(token), lifetime: Self.lifetime)])
        }
    }

    private static func lapsed(_ desk: SignInDesk) -> PageRefusal {
        PageRefusal(
            status: .notFound, title: "The invitation no longer works",
            explanation: "It was used before, has lapsed, was withdrawn, or the link is not whole.",
            advice: "Ask for a new one.", link: ("To sign-in", "/auth/\(desk.tenantID)"))
    }
}
