import AsyncHTTPClient
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct ShopifyTokenTests {
    private func isTaken(_ shopify: ShopifyCase, _ token: JSON?) async throws -> Bool {
        try await shopify.graphQL("{shop{name}}", token: token).status == 200
    }

    @Test func `an expiring token is refreshed, and both halves are new`() async throws {
        try await withShopify { shopify in
            let first = try await shopify.tokens(["expiring": "1"])
            #expect(first["expires_in"] == 3600)
            #expect(first["refresh_token_expires_in"]?.integer == 90 * 86_400)
            try await shopify.sandbox.advance(milliseconds: 3_600_000)
            #expect(try await !isTaken(shopify, first["access_token"]))
            let second = try await shopify.refresh(first["refresh_token"]).json
            #expect(second["access_token"] != first["access_token"])
            #expect(second["refresh_token"] != first["refresh_token"])
            #expect(second["scope"] == "read_customers,read_orders")
            #expect(try await isTaken(shopify, second["access_token"]))
            // Once the replacement was used, the old refresh token is dead.
            #expect(try await shopify.refresh(second["refresh_token"]).status == 200)
            let old = try await shopify.refresh(first["refresh_token"])
            #expect(old.status == 400 && old.json["error"] == "invalid_grant")
            #expect(try await !isTaken(shopify, second["access_token"]))
        }
    }

    @Test func `a lost answer can be had again, or not, as the rule says`() async throws {
        try await withShopify { shopify in
            let first = try await shopify.tokens(["expiring": 1])
            try await shopify.setFaults(["refresh_lost": ["next": 1]])
            await #expect(throws: (any Error).self) { try await shopify.refresh(first["refresh_token"]) }
            #expect(try await !isTaken(shopify, first["access_token"]))
            let again = try await shopify.refresh(first["refresh_token"]).json
            #expect(try await isTaken(shopify, again["access_token"]))
            #expect(try await shopify.refresh(first["refresh_token"]).json["access_token"] == again["access_token"])
            _ = try await shopify.control(.put, "rules", ["refresh_retry": "never"])
            #expect(try await shopify.refresh(first["refresh_token"]).status == 400)
            _ = try await shopify.control(.put, "rules", ["refresh_retry": "hour"])
            #expect(try await shopify.refresh(first["refresh_token"]).status == 200)
            try await shopify.sandbox.advance(milliseconds: 3_600_000)
            #expect(try await shopify.refresh(first["refresh_token"]).status == 400)
            #expect(try await shopify.control(.put, "rules", ["refresh_retry": "often"]).status == 400)
        }
    }

    @Test func `a refresh token dies after ninety days, and on request`() async throws {
        try await withShopify { shopify in
            let first = try await shopify.tokens(["expiring": "1"])
            try await shopify.setFaults(["refresh_refused": ["next": 1]])
            #expect(try await shopify.refresh(first["refresh_token"]).json["error"] == "invalid_grant")
            let second = try await shopify.refresh(first["refresh_token"]).json
            try await shopify.sandbox.advance(milliseconds: 90 * 86_400_000)
            #expect(try await shopify.refresh(second["refresh_token"]).json["error"] == "invalid_grant")
        }
    }

    @Test func `one expiring token counts for an app and a shop`() async throws {
        try await withShopify { shopify in
            let first = try await shopify.tokens(["expiring": "1"])
            let second = try await shopify.tokens(["expiring": "1"])
            #expect(try await !isTaken(shopify, first["access_token"]))
            #expect(try await shopify.refresh(first["refresh_token"]).status == 400)
            #expect(try await isTaken(shopify, second["access_token"]))
        }
    }

    @Test func `an offline token without an end is migrated, and the answer can be had again`() async throws {
        try await withShopify { shopify in
            let type: JSON = "urn:shopify:params:oauth:token-type:offline-access-token"
            let old = try await shopify.tokens()
            func migrate(_ expiring: JSON?) async throws -> PageAnswer {
                try await shopify.token([
                    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_token": old["access_token"], "subject_token_type": type, "requested_token_type": type,
                    "expiring": expiring,
                ])
            }
            #expect(try await migrate(nil).status == 400)
            let new = try await migrate("1").json
            #expect(new["refresh_token"] != nil)
            #expect(try await !isTaken(shopify, old["access_token"]))
            #expect(try await migrate("1").json["refresh_token"] == new["refresh_token"])
            #expect(try await shopify.refresh(new["refresh_token"]).status == 200)
            #expect(try await migrate("1").json["error"] == "invalid_subject_token")
        }
    }

    private func exchange(_ token: JSON?, _ kind: String, _ more: JSON = .object([])) -> JSON {
        ([
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": token,
            "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
            "requested_token_type": JSON("urn:shopify:params:oauth:token-type:\(kind)-access-token"),
        ] as JSON) + more
    }

    @Test func `a session token is exchanged for tokens of both kinds`() async throws {
        try await withShopify { shopify in
            let made = try await shopify.control(.post, "session-tokens", ["person": "grace"]).json
            let online = try await shopify.token(exchange(made["session_token"], "online")).json
            #expect(online["associated_user"]?["email"] == "grace.hopper@gmail.com")
            #expect(online["associated_user"]?["id"]?.integer.map(String.init) == made["user_id"]?.text)
            let offline = try await shopify.token(exchange(made["session_token"], "offline", ["expiring": "1"])).json
            #expect(offline["refresh_token"] != nil)
            let elsewhere = try await shopify.token(
                exchange(made["session_token"], "online"), shop: "globex-store.myshopify.com")
            #expect(elsewhere.json["error"] == "invalid_subject_token")
            try await shopify.setFaults(["exchange_refused": true])
            #expect(try await shopify.token(exchange(made["session_token"], "online")).status == 400)
        }
    }

    @Test(arguments: SessionToken.Flaw.allCases.filter { $0 != .noSubject })
    func `a session token with a flaw is not exchanged`(flaw: SessionToken.Flaw) async throws {
        try await withShopify { shopify in
            let made = try await shopify.control(
                .post, "session-tokens", ["person": "ada", "flaw": JSON(flaw.rawValue)])
            #expect(made.json["session_token"]?.text?.split(separator: ".").count ?? 0 >= 2)
            let answer = try await shopify.token(exchange(made.json["session_token"], "online"))
            #expect(answer.status == 400 && answer.json["error"] == "invalid_subject_token")
        }
    }

    @Test func `a removed app has no tokens, and is told now and after two days`() async throws {
        try await withShopify { shopify in
            _ = try await shopify.receiveWebhooks()
            let token = try await shopify.tokens(["expiring": "1"])
            #expect(try await shopify.uninstall(token: token["access_token"]) == 200)
            #expect(try await !isTaken(shopify, token["access_token"]))
            #expect(try await shopify.refresh(token["refresh_token"]).status == 400)
            let told = try #require(await shopify.sandbox.hub.posts(1).first)
            #expect(told.headers["x-shopify-topic"] == "app/uninstalled")
            try await shopify.sandbox.advance(milliseconds: 48 * 3_600_000)
            let redact = await shopify.sandbox.hub.posts(2)[1]
            #expect(redact.headers["x-shopify-topic"] == "shop/redact")
            #expect(redact.json["shop_domain"]?.text == ShopifyCase.shop)
        }
    }

    @Test func `an app that is back within two days is not asked to forget`() async throws {
        try await withShopify { shopify in
            _ = try await shopify.receiveWebhooks()
            let token = try await shopify.tokens()
            #expect(try await shopify.uninstall(token: token["access_token"]) == 200)
            _ = await shopify.sandbox.hub.posts(1)
            let back = try await shopify.tokens()
            #expect(back["access_token"] != token["access_token"])
            try await shopify.sandbox.advance(milliseconds: 48 * 3_600_000)
            // A second removal is told by its own webhook: none of the first comes before it.
            #expect(try await shopify.uninstall(token: back["access_token"]) == 200)
            #expect(await shopify.sandbox.hub.posts(2)[1].headers["x-shopify-topic"] == "app/uninstalled")
        }
    }
}
