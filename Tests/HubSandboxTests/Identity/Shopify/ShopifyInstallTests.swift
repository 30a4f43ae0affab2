import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct ShopifyInstallTests {
    @Test func `staff install an app, which gets a signed callback and an offline token`() async throws {
        try await withShopify { shopify in
            let page = try await shopify.open()
            #expect(page.status == 200 && page.text.contains("read_orders"))
            let back = try await shopify.sandbox.answer(page, at: "/shopify/consent", person: "ada")
            #expect(back.status == 302)
            let fields = back.callback
            #expect(fields.fields.map(\.name) == ["code", "hmac", "host", "shop", "state", "timestamp"])
            #expect(fields["shop"] == ShopifyCase.shop && fields["state"] == "s1")
            #expect(shopify.isSigned(fields))
            let token = try await shopify.token(["code": fields["code"].map { JSON($0) }])
            #expect(token.status == 200)
            #expect(token.json["access_token"]?.text?.hasPrefix("shpat_") == true)
            #expect(token.json["scope"] == "read_customers,read_orders")
            #expect(token.json["expires_in"] == nil && token.json["refresh_token"] == nil)
        }
    }

    @Test func `a token of a staff member names the staff member`() async throws {
        try await withShopify { shopify in
            let token = try await shopify.tokens(.object([]), [("grant_options[]", "per-user")])
            #expect(token["access_token"]?.text?.hasPrefix("shpua_") == true)
            #expect(token["expires_in"] == 86_399)
            #expect(token["associated_user_scope"] == "read_customers,read_orders")
            let user = try #require(token["associated_user"])
            #expect(user["email"] == "ada@acme.example" && user["email_verified"] == true)
            #expect(user["first_name"] == "Ada" && user["account_owner"] == true && user["collaborator"] == false)
            #expect(user["id"]?.integer ?? 0 > 0)
        }
    }

    @Test func `who cancels is not sent to the app`() async throws {
        try await withShopify { shopify in
            let page = try await shopify.open()
            let back = try await shopify.sandbox.answer(
                page, at: "/shopify/consent", person: "ada", decision: "deny")
            #expect(back.status == 200 && back.location == nil)
        }
    }

    @Test func `requests that are wrong are told to nobody else`() async throws {
        try await withShopify { shopify in
            for (page, word) in [
                (try await shopify.open(shop: "nobody.myshopify.com"), "no shop"),
                (try await shopify.open(shop: "evil.example"), "no shop"),
                (try await shopify.open(redirect: ShopifyCase.redirect + "/"), "whitelisted"),
                (try await shopify.open(scope: "read_minds"), "read_minds"),
                (try await shopify.open([("grant_options[]", "everything")]), "grant option"),
            ] {
                #expect([400, 404].contains(page.status))
                #expect(page.location == nil && page.text.contains(word))
            }
        }
    }

    @Test func `a code counts once, for its app and its shop, for a minute`() async throws {
        try await withShopify { shopify in
            let code = JSON(try await shopify.install()["code"] ?? "")
            #expect(try await shopify.token(["code": code, "client_secret": "guess"]).status == 401)
            #expect(try await shopify.token(["code": code, "client_id": "nobody"]).status == 400)
            #expect(try await shopify.token(["code": code], shop: "globex-store.myshopify.com").status == 400)
            let form = try await shopify.sandbox.submit(
                "/shopify/\(ShopifyCase.shop)/admin/oauth/access_token",
                [
                    ("client_id", ShopifyCase.clientID), ("client_secret", ShopifyCase.secret),
                    ("code", code.text ?? ""),
                ])
            #expect(form.status == 200)
            let again = try await shopify.token(["code": code])
            #expect(again.status == 400 && again.json["error"] == "invalid_request")
            #expect(try await shopify.graphQL("{shop{name}}", token: form.json["access_token"]).status == 200)
            let late = JSON(try await shopify.install()["code"] ?? "")
            try await shopify.sandbox.advance(milliseconds: 60_000)
            #expect(try await shopify.token(["code": late]).status == 400)
        }
    }

    @Test func `an offline token without an end is the same at the next installation`() async throws {
        try await withShopify { shopify in
            let first = try await shopify.tokens()
            let second = try await shopify.tokens()
            #expect(first["access_token"] != nil && first["access_token"] == second["access_token"])
        }
    }

    @Test(arguments: [
        "hmac_missing", "hmac_wrong", "hmac_upper", "hmac_truncated", "hmac_array", "extra_unsigned", "old_secret",
    ])
    func `a callback that does not hold`(fault: String) async throws {
        try await withShopify { shopify in
            try await shopify.setFaults(.object([.init(name: fault, value: ["next": 1])]))
            let spoilt = try await shopify.install()
            #expect(!shopify.isSigned(spoilt))
            if fault == "old_secret" { #expect(shopify.isSigned(spoilt, secret: ShopifyFaults.oldSecret)) }
            if fault == "hmac_array" { #expect(spoilt["hmac[]"] != nil) }
            #expect(shopify.isSigned(try await shopify.install()))
        }
    }

    @Test func `a callback that is signed and wrong all the same`() async throws {
        try await withShopify { shopify in
            func spoilt(_ fault: String, _ value: JSON = true) async throws -> FormFields {
                try await shopify.setFaults(.object([.init(name: fault, value: ["value": value, "next": 1])]))
                let fields = try await shopify.install()
                #expect(shopify.isSigned(fields), "\(fault)")
                return fields
            }
            let now = try await shopify.sandbox.call(.get, "/_sandbox/whatsapp/clock").json["now"]?.integer ?? 0
            let old = Int(try await spoilt("timestamp_old", 91)["timestamp"] ?? "") ?? 0
            #expect((now - 92...now - 85).contains(old))
            #expect(Int(try await spoilt("timestamp_future", 91)["timestamp"] ?? "") ?? 0 > now + 85)
            #expect(try await spoilt("timestamp_missing")["timestamp"] == nil)
            #expect(try await spoilt("timestamp_text")["timestamp"] == "soon")
            #expect(try await spoilt("timestamp_array")["timestamp[]"] != nil)
            #expect(try await spoilt("extra_signed")["extra"] == "1")
            #expect(try await spoilt("shop_other")["shop"] == "globex-store.myshopify.com")
            #expect(try await spoilt("shop_evil", "a&state=b")["shop"] == "a&state=b")
            #expect(try await spoilt("shop_missing")["shop"] == nil)
            #expect(try await spoilt("shop_doubled").all("shop").count == 2)
            #expect(try await spoilt("shuffled").fields.first?.name == "timestamp")
            #expect(try await spoilt("host_padded")["host"]?.hasSuffix("=") == true)
            #expect(try await spoilt("state_wrong")["state"] != "s1")
            #expect(try await spoilt("hmac_doubled").all("hmac").count == 2)
        }
    }

    @Test func `the wrong kind of token, and fewer scopes`() async throws {
        try await withShopify { shopify in
            try await shopify.setFaults(["mode_swapped": ["next": 1]])
            let online = try await shopify.tokens()
            #expect(online["associated_user"] != nil)
            try await shopify.setFaults(["mode_swapped": ["next": 1]])
            let offline = try await shopify.tokens(.object([]), [("grant_options[]", "per-user")])
            #expect(offline["associated_user"] == nil)
            try await shopify.setFaults(["fewer_scopes": true])
            #expect(try await shopify.tokens()["scope"] == "read_customers")
        }
    }
}
