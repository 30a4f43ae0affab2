import AdapterKit
import HubCore
import NIOHTTP1
import Testing

@testable import HubServer

@Suite(.timeLimit(.minutes(1)))
struct AuthenticationTests {
    @Test func `the table of these tests has every route of the API`() async throws {
        try await withHub { running in
            var routes = RouteCollector()
            APIRoutes(hub: running.hub).add(to: &routes)
            #expect(
                Set(routes.table.routes.map { "\($0.method) \($0.template)" })
                    == Set(APICall.all.map(\.testDescription)))
        }
    }

    @Test func `without a valid key every route answers 401 alike`() async throws {
        let wrong: [(String, [(String, String)])] = [
            ("no key", []),
            ("an unknown key", [("Authorization", "Bearer this-is-nobodys-key-at-all")]),
            ("another scheme", [("Authorization", "Basic \(Sample.key("acme"))")]),
            ("no scheme", [("Authorization", Sample.key("acme"))]),
            ("an empty key", [("Authorization", "Bearer ")]),
            ("a key with more behind it", [("Authorization", "Bearer \(Sample.key("acme")) x")]),
            ("a key in other letters", [("Authorization", "Bearer \(Sample.key("acme").uppercased())")]),
            (
                "two keys",
                [("Authorization", "Bearer \(Sample.key("acme"))"), ("Authorization", "Bearer \(Sample.key("acme"))")]
            ),
            ("a cookie", [("Cookie", "key=\(Sample.key("acme"))")]),
        ]
        try await withHub { hub in
            for call in APICall.all {
                for (what, headers) in wrong {
                    let answer = try await hub.call(
                        call.method, call.path("x"), headers: headers + call.headers, body: call.bytes())
                    #expect(answer.status == 401, "\(call.testDescription) with \(what)")
                    if call.method != .HEAD { #expect(answer.code == "unauthenticated") }
                    #expect(answer.headers["www-authenticate"] == ["Bearer"])
                    #expect(!answer.text.contains(Sample.key("acme")))
                }
            }
        }
    }

    @Test func `a key in the address is no key`() async throws {
        try await withHub { hub in
            for name in ["access_token", "key", "api_key", "token"] {
                let answer = try await hub.get("/api/v1/contacts?\(name)=\(Sample.key("acme"))", key: nil)
                #expect(answer.status == 401)
            }
        }
    }

    @Test(arguments: ["Bearer", "bearer", "BEARER"])
    func `the scheme is spelled in any case`(_ scheme: String) async throws {
        try await withHub { hub in
            let answer = try await hub.call(
                .GET, "/api/v1/contacts", headers: [("authorization", "\(scheme) \(Sample.key("acme"))")])
            #expect(answer.status == 200)
        }
    }

    @Test func `a key without a route's scope gets 403 there and nowhere else`() async throws {
        try await withHub { hub in
            for call in APICall.all {
                for scope in APIScope.allCases where scope == call.scope || call.template != "/api/v1/events/stream" {
                    let answer = try await hub.call(
                        call.method, call.path(APICall.unknownID(call.kind ?? "")), key: Sample.key(without: scope),
                        headers: call.headers, body: call.bytes())
                    #expect((answer.status == 403) == (scope == call.scope), "\(call.testDescription) without \(scope)")
                    guard answer.status == 403, call.method != .HEAD else { continue }
                    #expect(answer.code == "forbidden")
                    #expect(answer.json["detail"]?.string?.contains(scope.rawValue) == true)
                }
            }
        }
    }

    @Test func `a key that a reload takes away is no key any more`() async throws {
        try await withHub { hub in
            #expect(try await hub.get("/api/v1/contacts").status == 200)
            try await hub.hub.apply(hub.configurationWithoutKeys("acme"))
            #expect(try await hub.get("/api/v1/contacts").status == 401)
            #expect(try await hub.get("/api/v1/contacts", key: Sample.key("globex")).status == 200)
        }
    }
}

extension RunningHub {
    func configurationWithoutKeys(_ tenant: String) -> HubConfiguration {
        var changed = configuration
        for index in changed.tenants.indices where changed.tenants[index].id == tenant {
            changed.tenants[index].apiKeys = []
        }
        return changed
    }
}
