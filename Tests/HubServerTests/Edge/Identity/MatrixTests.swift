import HubCore
import NIOHTTP1
import Testing

@testable import HubServer

/// Every route × verb × principal × own and foreign ids. It is made from the route table, so a new route is in it by
/// itself; one that the matrix cannot tell the outcome of is a failure.
@Suite(.timeLimit(.minutes(5)))
struct MatrixTests {
    @Test func `no principal gets at what is another tenant's, on any route`() async throws {
        try await withPeople { hub in
            var matrix = try await Matrix(hub)
            let routes = HubServers.worldRoutes(hub.hub).table.routes
            #expect(routes.count > 70)
            for route in routes {
                guard let own = matrix.path(route.template, ids: .acme) else {
                    Issue.record("\(route.method) \(route.template): the matrix does not know what its path is made of")
                    continue
                }
                switch route.access {
                case .anyone: try await anyone(matrix, route, own)
                case .provider: try await provider(matrix, route, own)
                case .visitor: try await visitor(matrix, route, own)
                case .key(let scope): try await key(matrix, route, scope, own)
                case .person(let permission):
                    try await person(matrix, route, permission)
                    try await matrix.renew()
                case .operator: Issue.record("\(route.template): an operator's route on the world's address")
                }
            }
        }
    }

    @Test func `no principal but the operator gets at the operator's routes, and a page in a browser does not either`()
        async throws
    {
        try await withPeople { hub in
            let matrix = try await Matrix(hub)
            for route in HubServers.operatorRoutes(hub.hub, metrics: { "" }).table.routes {
                #expect(route.access == .operator, "\(route.template)")
                let path = try #require(matrix.path(route.template, ids: .acme), "\(route.template)")
                for principal in Matrix.Principal.allCases {
                    #expect(try await matrix.call(route, path, as: principal).status == 404, "\(route.template)")
                }
                guard route.method != "GET" else { continue }
                let answer = try await hub.call(
                    HTTPMethod(rawValue: route.method), path, headers: [("Origin", "https://evil.example")],
                    body: Array("{}".utf8), on: .operator)
                #expect(answer.status == 403, "\(route.template)")
            }
        }
    }

    /// The same for everyone.
    private func anyone(_ matrix: Matrix, _ route: RouteTable.Route, _ path: String) async throws {
        let reference = try await matrix.call(route, path, as: .none)
        #expect(reference.status == 200, "\(route.template)")
        for principal in Matrix.Principal.allCases {
            let answer = try await matrix.call(route, path, as: principal)
            #expect(answer.comparable == reference.comparable, "\(route.template) \(principal)")
        }
    }

    /// A request without the provider's proof is refused, whoever sends it: no key and no session stands in for it.
    private func provider(_ matrix: Matrix, _ route: RouteTable.Route, _ own: String) async throws {
        for ids in Matrix.Owner.allCases {
            let path = matrix.path(route.template, ids: ids) ?? own
            let reference = try await matrix.call(route, path, as: .none)
            #expect([401, 403, 404].contains(reference.status), "\(route.method) \(path)")
            for principal in Matrix.Principal.allCases {
                let answer = try await matrix.call(route, path, as: principal)
                #expect(answer.comparable == reference.comparable, "\(route.method) \(path) \(principal)")
            }
        }
    }

    /// Pages on the way in tell a stranger of another tenant what they tell a stranger, and know no foreign id.
    private func visitor(_ matrix: Matrix, _ route: RouteTable.Route, _ own: String) async throws {
        let name = "\(route.method) \(route.template)"
        let isPost = route.method == "POST"
        let reference = try await matrix.call(route, own, as: .none)
        #expect((200..<500).contains(reference.status) && ![401, 403].contains(reference.status), "\(name)")
        for principal in [Matrix.Principal.key, .foreignKey, .foreignOwner, .plantedSession] {
            let answer = try await matrix.call(route, own, as: principal)
            #expect(answer.status == reference.status, "\(name) \(principal)")
            // A redirect to the provider, or a kept form, is another each time.
            if !isPost { #expect(answer.comparable == reference.comparable, "\(name) \(principal)") }
        }
        if isPost, !route.template.hasSuffix("/callback") {
            let other = try await matrix.call(route, own, as: .owner, isOwnForm: false)
            #expect(other.status == 403, "\(name): a form from another site")
        }
        let unknown = try #require(matrix.path(route.template, ids: .acme, tenant: "nobody"))
        #expect(try await matrix.call(route, unknown, as: .owner).status == 404, "\(name): an unknown tenant")
        guard Matrix.hasIDs(route.template), !isPost || route.template.hasSuffix("/start") else { return }
        // A callback of a connection that is not there is a callback without a start.
        let refused = route.template.hasSuffix("/callback") ? 400 : 404
        let nobodys = try await matrix.call(
            route, try #require(matrix.path(route.template, ids: .nobody)), as: .owner)
        let foreign = try await matrix.call(
            route, try #require(matrix.path(route.template, ids: .globex)), as: .owner)
        #expect(nobodys.status == refused, "\(name)")
        #expect(foreign.comparable == nobodys.comparable, "\(name)")
    }

    /// The API knows keys and nothing else, and a foreign id is an unknown one.
    private func key(
        _ matrix: Matrix, _ route: RouteTable.Route, _ scope: APIScope, _ own: String
    ) async throws {
        let name = "\(route.method) \(route.template)"
        for principal in [Matrix.Principal.none, .owner, .viewer, .foreignOwner, .plantedSession] {
            #expect(try await matrix.call(route, own, as: principal).status == 401, "\(name) \(principal)")
        }
        let lacking = try await matrix.hub.call(
            HTTPMethod(rawValue: route.method), own, key: Sample.key(without: scope))
        #expect(lacking.status == 403, "\(name)")
        if Matrix.hasIDs(route.template) {
            let nobodys = try await matrix.call(
                route, try #require(matrix.path(route.template, ids: .nobody)), as: .key)
            let foreign = try await matrix.call(
                route, try #require(matrix.path(route.template, ids: .globex)), as: .key)
            let stranger = try await matrix.call(route, own, as: .foreignKey)
            #expect(nobodys.status == 404, "\(name)")
            #expect(foreign.comparable == nobodys.comparable, "\(name): a foreign id")
            #expect(stranger.comparable == nobodys.comparable, "\(name): a foreign key")
        }
        let mine = try await matrix.call(route, own, as: .key)
        #expect(![401, 403, 404, 405].contains(mine.status) && mine.status < 500, "\(name) \(mine.status)")
    }

    /// A page of somebody who is signed in: nobody else's session and no key opens it, and a foreign id is an unknown one.
    private func person(
        _ matrix: Matrix, _ route: RouteTable.Route, _ permission: Permission?
    ) async throws {
        let name = "\(route.method) \(route.template)"
        let isPost = route.method == "POST"
        let own = try #require(matrix.path(route.template, ids: .acme))
        for principal in [Matrix.Principal.none, .key, .foreignKey, .foreignOwner, .plantedSession] {
            let answer = try await matrix.call(route, own, as: principal)
            #expect(answer.status == (isPost ? 401 : 303), "\(name) \(principal)")
            if !isPost { #expect(answer.headers["location"].first?.hasPrefix("/auth/acme?return_to=") == true) }
        }
        // Somebody of acme at globex, with acme's ids and with globex's.
        for ids in [Matrix.Owner.acme, .globex] {
            let there = try #require(matrix.path(route.template, ids: ids, tenant: "globex"))
            #expect(try await matrix.call(route, there, as: .owner).status == (isPost ? 401 : 303), "\(name) \(ids)")
        }
        let unknown = try #require(matrix.path(route.template, ids: .acme, tenant: "nobody"))
        #expect(try await matrix.call(route, unknown, as: .owner).status == 404, "\(name): an unknown tenant")
        if permission != nil {
            #expect(try await matrix.call(route, own, as: .viewer).status == 403, "\(name): a viewer")
        }
        if isPost {
            let other = try await matrix.call(route, own, as: .owner, isOwnForm: false)
            #expect(other.status == 403, "\(name): a form from another site")
        }
        if Matrix.hasIDs(route.template) {
            let nobodys = try await matrix.call(
                route, try #require(matrix.path(route.template, ids: .nobody)), as: .owner)
            let foreign = try await matrix.call(
                route, try #require(matrix.path(route.template, ids: .globex)), as: .owner)
            #expect(nobodys.status == 404, "\(name)")
            #expect(foreign.comparable == nobodys.comparable, "\(name): a foreign id")
        }
        let mine = try await matrix.call(route, own, as: .owner)
        // An empty form of a page that asks for more is shown again with what is missing.
        #expect((isPost ? [303, 422] : [200]).contains(mine.status), "\(name) \(mine.status)")
    }
}
