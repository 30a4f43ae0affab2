import AdapterKit
import HTTPTypes
import HubCore
import Hummingbird

/// A browser that comes back from a provider.
struct Callback {
    let edge: IdentityEdge
    let desk: SignInDesk
    let request: Request
    let context: EdgeContext
    let method: IdentityProvider.ResponseMode
    /// The query, or the form that was posted.
    let raw: String
    /// The page that somebody who is signed in came from.
    var place = AccountPlace.account

    /// Ends the way to the provider and says where the browser goes now.
    func answer(_ finish: (CallbackRequest) async throws -> SignInResult) async throws -> Response {
        let cookies = HubCookies(request, origin: desk.origin)
        do {
            let result = try await finish(
                CallbackRequest(
                    method: method, raw: raw, browsers: cookies.transactions,
                    session: cookies[.session(tenant: desk.tenantID)],
                    device: DeviceName.of(request.headers[.userAgent]), requestID: context.id))
            return answer(result, cookies)
        } catch let refusal as SignInRefusal {
            let back = try await edge.visitor(cookies, desk).map { _ in
                (title: place.title, path: place.path(tenant: desk.tenantID))
            }
            guard refusal.reason == .cancelled else {
                throw PageRefusal(refusal, tenant: desk.tenantID, back: back)
            }
            return .seeOther(back?.path ?? "/auth/\(desk.tenantID)", .cancelled)
        }
    }

    private func answer(_ result: SignInResult, _ cookies: HubCookies) -> Response {
        switch result.outcome {
        case .signedIn(let session, let lifetime):
            .seeOther(
                result.returnPath,
                [
                    cookies.set(.session(tenant: desk.tenantID), session, lifetime: lifetime),
                    cookies.end(.invitation(tenant: desk.tenantID)),
                ])
        case .linked: .seeOther(result.returnPath, .linked)
        case .connected: .seeOther(result.returnPath, .connected)
        }
    }
}
