import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct ShopifyAdminTests {
    private func withToken(
        scope: String = "read_customers,read_orders",
        _ test: @Sendable @escaping (ShopifyCase, JSON?) async throws -> Void
    ) async throws {
        try await withShopify { shopify in
            let code = try await shopify.install(scope: scope)["code"] ?? ""
            try await test(shopify, try await shopify.token(["code": JSON(code)]).json["access_token"])
        }
    }

    @Test func `a support desk finds a customer by phone, and the orders`() async throws {
        try await withToken { shopify, token in
            let query = """
                query Find($q: String!) {
                  customers(first: 2, query: $q) {
                    nodes {
                      id displayName email phone numberOfOrders tags
                      amountSpent { amount currencyCode }
                    }
                  }
                }
                """
            let answer = try await shopify.graphQL(query, token: token, variables: ["q": "phone:+16505551234"])
            #expect(answer.headers["x-shopify-api-version"] == "2026-07")
            let customers = answer.json["data"]?["customers"]?["nodes"]?.elements ?? []
            #expect(customers.count == 1)
            let expected: JSON = [
                "id": "gid://shopify/Customer/7210000000001", "displayName": "Sheena Nelson",
                "email": "sheena.nelson@example.com", "phone": "+16505551234", "numberOfOrders": "2",
                "tags": ["VIP", "newsletter"], "amountSpent": ["amount": "316.90", "currencyCode": "USD"],
            ]
            #expect(customers.first == expected)
            let orders = try await shopify.graphQL(
                """
                { orders(first: 5, query: "customer_id:7210000000001", sortKey: CREATED_AT, reverse: true) {
                  edges { cursor node {
                    name displayFinancialStatus displayFulfillmentStatus createdAt
                    totalPriceSet { shopMoney { amount } } customer { phone }
                    lineItems(first: 5) { nodes { title quantity } }
                    fulfillments { trackingInfo { company number } }
                  } }
                  pageInfo { hasNextPage endCursor }
                } }
                """, token: token
            ).json
            let nodes = orders["data"]?["orders"]?["edges"]?.elements?.compactMap { $0["node"] } ?? []
            #expect(nodes.map { $0["name"] } == ["#1003", "#1001"])
            #expect(nodes.first?["displayFulfillmentStatus"] == "PARTIALLY_FULFILLED")
            #expect(nodes.first?["totalPriceSet"]?["shopMoney"]?["amount"] == "257.00")
            #expect(nodes.first?["customer"]?["phone"] == "+16505551234")
            #expect(nodes.last?["fulfillments"]?.elements?.first?["trackingInfo"]?.elements?.first?["company"] == "UPS")
            #expect(orders["data"]?["orders"]?["pageInfo"]?["hasNextPage"] == false)
            let status = orders["extensions"]?["cost"]?["throttleStatus"]
            #expect(status?["maximumAvailable"] == .number("2000.0"))
            #expect(status?["currentlyAvailable"]?.integer ?? 2000 < 2000)
        }
    }

    @Test(
        arguments: [
            ("phoneNumber", "+16505551234", "Sheena Nelson"),
            ("emailAddress", "Guest@example.net", "guest@example.net"),
            ("id", "gid://shopify/Customer/7210000000002", "Grace Hopper"), ("phoneNumber", "+1", nil),
        ] as [(String, String, String?)])
    func `a customer is found by one identifier`(kind: String, value: String, name: String?) async throws {
        try await withToken { shopify, token in
            let answer = try await shopify.graphQL(
                """
                query Find($identifier: CustomerIdentifierInput!, $orders: Int!) {
                  customerByIdentifier(identifier: $identifier) {
                    displayName orders(first: $orders) { nodes { lineItems(first: 10) { nodes { title } } } }
                  }
                }
                """, token: token,
                variables: ["identifier": .object([.init(name: kind, value: JSON(value))]), "orders": 20]
            ).json
            #expect(answer["errors"] == nil)
            #expect(answer["data"]?["customerByIdentifier"]?["displayName"]?.text == name)
            let two = try await shopify.graphQL(
                "{ customerByIdentifier(identifier: {phoneNumber: \"+1\", emailAddress: \"a@b.c\"}) { id } }",
                token: token)
            #expect(two.json["errors"] != nil)
        }
    }

    @Test func `pages follow each other by cursor`() async throws {
        try await withToken { shopify, token in
            var names: [JSON?] = []
            var after: JSON = .null
            for _ in 0..<3 {
                let page = try await shopify.graphQL(
                    "query($a: String) { orders(first: 2, after: $a) { nodes { name } pageInfo { hasNextPage endCursor } } }",
                    token: token, variables: ["a": after]
                ).json["data"]?["orders"]
                names += (page?["nodes"]?.elements ?? []).map { $0["name"] }
                guard page?["pageInfo"]?["hasNextPage"] == true else { break }
                after = page?["pageInfo"]?["endCursor"] ?? .null
            }
            #expect(names == ["#1001", "#1002", "#1003", "#1004"])
        }
    }

    @Test func `a filter that does not exist lists everything, with a warning`() async throws {
        try await withToken { shopify, token in
            let answer = try await shopify.graphQL(
                "{ customers(first: 10, query: \"fone:+1\") { nodes { id } } }", token: token
            ).json
            #expect(answer["data"]?["customers"]?["nodes"]?.elements?.count == 3)
            let search = answer["extensions"]?["search"]?.elements?.first
            #expect(search?["warnings"]?.elements?.first?["code"] == "invalid_field")
        }
    }

    @Test(arguments: [
        ("{ customers(first: 1) { nodes { shoeSize } } }", "undefinedField"),
        ("{ shop }", "selectionMismatch"), ("{ shop { name { first } } }", "selectionMismatch"),
        ("{ customers(limit: 1) { nodes { id } } }", "argumentNotAccepted"),
        ("{ customer { id } }", "missingRequiredArguments"),
        ("{ customers(first: $n) { nodes { id } } }", "variableNotDefined"),
        ("query($q: String!) { shop { name } }", "INVALID_VARIABLE"),
        ("{ customers { nodes { id } } }", "BAD_REQUEST"),
        ("{ customers(first: 251) { nodes { id } } }", "BAD_REQUEST"),
        ("{ shop { ...Nowhere } }", "useAndDefineFragment"),
        ("{ customers(first: 250) { nodes { orders(first: 250) { nodes { id } } } } }", "MAX_COST_EXCEEDED"),
    ])
    func `a query that is wrong says so with HTTP 200`(query: String, code: String) async throws {
        try await withToken { shopify, token in
            let answer = try await shopify.graphQL(query, token: token)
            #expect(answer.status == 200)
            #expect(answer.json["errors"]?.elements?.first?["extensions"]?["code"]?.text == code, "\(answer.text)")
            #expect(answer.json["data"] == nil)
        }
    }

    @Test func `fragments, aliases and a syntax error`() async throws {
        try await withToken { shopify, token in
            let answer = try await shopify.graphQL(
                "query Q { s: shop { ...F ... on Shop { currencyCode } __typename } } fragment F on Shop { name }",
                token: token)
            let expected: JSON = [
                "s": ["name": "Acme Store", "currencyCode": "USD", "__typename": "Shop"]
            ]
            #expect(answer.json["data"] == expected)
            let broken = try await shopify.graphQL("{ shop { name ", token: token)
            #expect(broken.json["errors"]?.elements?.first?["message"]?.text?.contains("end of file") == true)
        }
    }

    @Test func `scopes and protected data keep an app out`() async throws {
        try await withToken(scope: "read_customers") { shopify, token in
            let query = "{ orders(first: 1) { nodes { id } } }"
            let denied = try await shopify.graphQL(query, token: token).json["errors"]?.elements?.first
            #expect(denied?["extensions"]?["code"] == "ACCESS_DENIED")
            #expect(denied?["message"]?.text?.contains("`read_orders` access scope") == true)
            try await shopify.setFaults(["protected_data": true])
            let kept = try await shopify.graphQL("{ customers(first: 1) { nodes { id } } }", token: token)
            #expect(kept.json["errors"]?.elements?.first?["message"]?.text?.contains("not approved") == true)
            #expect(try await shopify.graphQL("{ shop { name } }", token: token).json["errors"] == nil)
        }
    }

    @Test func `tokens open their own shop, and die with a day`() async throws {
        try await withToken { shopify, token in
            let elsewhere = try await shopify.graphQL(
                "{shop{name}}", token: token, shop: "globex-store.myshopify.com")
            #expect(elsewhere.status == 401)
            #expect(elsewhere.json["errors"]?.text?.contains("Invalid API key or access token") == true)
            #expect(try await shopify.graphQL("{shop{name}}", token: "made-up").status == 401)
            #expect(try await shopify.graphQL("{shop{name}}", token: token, shop: "x.myshopify.com").status == 404)
            let online = try await shopify.tokens(.object([]), [("grant_options[]", "per-user")])["access_token"]
            #expect(try await shopify.graphQL("{shop{name}}", token: online).status == 200)
            try await shopify.sandbox.advance(milliseconds: 86_400_000)
            #expect(try await shopify.graphQL("{shop{name}}", token: online).status == 401)
            #expect(try await shopify.graphQL("{shop{name}}", token: token).status == 200)
        }
    }

    @Test(arguments: [(401, nil), (402, nil), (403, nil), (423, nil), (429, "2.0"), (500, nil)] as [(Int, String?)])
    func `the API fails as it is told`(status: Int, retryAfter: String?) async throws {
        try await withToken { shopify, token in
            try await shopify.setFaults(["api_error": ["status": JSON(status), "next": 1]])
            let failed = try await shopify.graphQL("{shop{name}}", token: token)
            #expect(failed.status == status && failed.headers["retry-after"] == retryAfter)
            #expect(failed.json["errors"]?.text?.isEmpty == false)
            #expect(try await shopify.graphQL("{shop{name}}", token: token).status == 200)
        }
    }

    @Test func `an empty bucket is told with HTTP 200, and fills again`() async throws {
        try await withToken { shopify, token in
            let query = "{ orders(first: 50) { nodes { id } } }"
            try await shopify.setFaults(["throttled": ["next": 1]])
            let empty = try await shopify.graphQL(query, token: token)
            #expect(empty.status == 200 && empty.json["data"] == nil)
            #expect(empty.json["errors"]?.elements?.first?["extensions"]?["code"] == "THROTTLED")
            #expect(empty.json["extensions"]?["cost"]?["requestedQueryCost"] == 52)
            try await shopify.sandbox.advance(milliseconds: 20_000)
            let full = try await shopify.graphQL(query, token: token).json
            #expect(full["data"] != nil)
            #expect(full["extensions"]?["cost"]?["throttleStatus"]?["currentlyAvailable"] == 1948)
            #expect(try await shopify.control(.post, "bucket", ["level": 10]).status == 200)
            #expect(try await shopify.control(.post, "bucket", ["level": 2001]).status == 400)
        }
    }

    @Test func `versions fall forward, and the answer says which one it is`() async throws {
        try await withToken { shopify, token in
            for (asked, served) in [("2020-10", "2025-10"), ("2026-04", "2026-04"), ("unstable", "unstable")] {
                let answer = try await shopify.graphQL("{shop{name}}", token: token, version: asked)
                #expect(answer.headers["x-shopify-api-version"] == served)
            }
            #expect(try await shopify.graphQL("{shop{name}}", token: token, version: "2026-05").status == 404)
            #expect(try await shopify.graphQL("{shop{name}}", token: token, version: "2031-01").status == 404)
            try await shopify.setFaults(["api_version": true])
            let told = try await shopify.graphQL("{shop{name}}", token: token)
            #expect(told.headers["x-shopify-api-version"] == "2025-10")
        }
    }
}

struct GraphQLBucketTests {
    @Test func `points come back with time, up to what the bucket holds`() {
        var bucket = GraphQLBucket(now: 0)
        let calls = [
            (1990, 0), (11, 0), (10, 0), (101, 1000), (100, 1000), (2001, 1_000_000), (2000, 1_000_000),
        ]
        let taken = calls.map { cost, now in bucket.take(cost, now: now) }
        #expect(taken == [true, false, true, false, true, false, true])
        bucket.drain(to: 7, now: 1_000_000)
        let rest = [8, 7].map { bucket.take($0, now: 1_000_000) }
        #expect(rest == [false, true])
    }
}

struct CatalogueQueryTests {
    private let known: Set<String> = ["phone", "tag", "created_at", "name"]

    private func matches(_ text: String) -> Bool {
        CatalogueQuery(text).matches(known) { field in
            switch field {
            case "phone": ["+16505551234"]
            case "tag": ["VIP", "big spender"]
            case "created_at": ["2026-08-01T10:20:30Z"]
            case "name": ["1003"]
            case nil: ["Sheena Nelson"]
            default: []
            }
        }
    }

    @Test(arguments: [
        "", "phone:+16505551234", "phone:\"+16505551234\"", "tag:vip", "tag:'big spender'", "tag:big*", "sheena",
        "sheena AND tag:vip", "tag:none OR phone:+1650*", "-tag:none", "NOT tag:none", "created_at:>2026-01-01",
        "created_at:<='2026-09-01'", "name:>=1003", "colour:red", "tag:*",
    ])
    func `what fits is listed`(text: String) { #expect(matches(text)) }

    @Test(arguments: [
        "phone:+1650", "tag:none", "sheena tag:none", "-tag:vip", "NOT sheena", "created_at:>2026-09-01",
        "name:<1003", "grace", "tag:none OR phone:1",
    ])
    func `what does not fit is not`(text: String) { #expect(!matches(text)) }
}
