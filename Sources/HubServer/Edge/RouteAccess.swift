import HubCore

/// Who may call a route. It stands in the route table, so that what is promised there can be tried on every route.
enum RouteAccess: Sendable, Equatable {
    /// Everyone: it tells everyone the same, or has a proof of its own in the request.
    case anyone
    /// A provider, which proves its requests by a signature or a token.
    case provider
    /// A tenant's key with the scope.
    case key(APIScope)
    /// A person on their way in, whom nobody knows yet: pages of the tenant in the path.
    case visitor
    /// Somebody who is signed in at the tenant in the path, and whose role allows it.
    case person(Permission?)
    /// The operator, on an address of their own.
    case `operator`

    /// Whether people see the answers in a browser: errors are pages then.
    var isForPeople: Bool {
        switch self {
        case .visitor, .person: true
        case .anyone, .provider, .key, .operator: false
        }
    }
}
