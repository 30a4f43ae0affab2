import HubCore

/// Everything for people: how they sign in, and their pages.
struct IdentityRoutes: Sendable {
    let hub: Hub

    func add(to routes: inout RouteCollector) {
        let edge = IdentityEdge(hub: hub)
        let account = AccountRoutes(edge: edge)
        PageRoutes().add(to: &routes)
        // Fixed words before the names that might be the same.
        InvitationRoutes(edge: edge).add(to: &routes)
        ProviderEventRoutes(edge: edge).add(to: &routes)
        SignInRoutes(edge: edge).add(to: &routes)
        account.add(to: &routes)
        ConnectRoutes(account: account).add(to: &routes)
    }
}
