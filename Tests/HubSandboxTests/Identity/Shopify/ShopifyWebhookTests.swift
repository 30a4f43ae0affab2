import Crypto
import FoundationEssentials
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct ShopifyWebhookTests {
    private func hmac(_ post: RecordingHub.Post, secret: String = ShopifyCase.secret) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: post.body, using: SymmetricKey(data: Data(secret.utf8)))
        return Data(code).base64EncodedString()
    }

    private func isSigned(_ post: RecordingHub.Post, secret: String = ShopifyCase.secret) -> Bool {
        hmac(post, secret: secret) == post.headers["x-shopify-hmac-sha256"]
    }

    private let subscribe = """
        mutation($topic: WebhookSubscriptionTopic!, $url: URL!) {
          webhookSubscriptionCreate(topic: $topic, webhookSubscription: {callbackUrl: $url, format: JSON}) {
            webhookSubscription { id topic callbackUrl } userErrors { field message }
          }
        }
        """

    @Test(arguments: ShopifyPayloads.topics)
    func `every topic is posted with all headers and its signature`(topic: String) async throws {
        try await withShopify { shopify in
            let url = try await shopify.sandbox.hubURL()
            let answer = try await shopify.control(.post, "webhooks", ["topic": JSON(topic), "url": JSON(url)])
            #expect(answer.json["posts"]?.elements?.first?["status"] == 200)
            let post = try #require(await shopify.sandbox.hub.posts(1).first)
            #expect(isSigned(post))
            #expect(post.headers["x-shopify-topic"] == topic)
            #expect(post.headers["x-shopify-shop-domain"] == ShopifyCase.shop)
            #expect(post.headers["x-shopify-webhook-id"] == answer.json["webhook_id"]?.text)
            #expect(post.headers["x-shopify-api-version"] == ShopifyPlatform.webhookVersion)
            #expect(post.headers["x-shopify-event-id"]?.isEmpty == false)
            #expect(post.headers["x-shopify-triggered-at"]?.wholeMatch(of: /20\S+T\S+\.\d{9}Z/) != nil)
            #expect(post.json == answer.json["payload"])
        }
    }

    @Test func `privacy topics name the customer and the orders`() async throws {
        try await withShopify { shopify in
            let url = try await shopify.receiveWebhooks()
            let request = try await shopify.control(
                .post, "webhooks", ["topic": "customers/data_request", "customer": "+16505551234"])
            #expect(request.json["url"]?.text == url)
            let payload = request.json["payload"]
            #expect(payload?["customer"]?["phone"] == "+16505551234")
            #expect(payload?["orders_requested"] == [5_410_000_000_001, 5_410_000_000_003])
            #expect(payload?["data_request"]?["id"] != nil)
            let redact = try await shopify.control(
                .post, "webhooks", ["topic": "customers/redact", "customer": "guest@example.net"])
            let members = redact.json["payload"]?["customer"]?.members ?? []
            #expect(members.first { $0.name == "phone" }?.value == .null)
        }
    }

    @Test(arguments: [
        ShopifyWebhook.Flaw.hmacMissing, .hmacWrong, .hmacHex, .otherSecret, .reserialized,
    ])
    func `a forged one does not hold`(flaw: ShopifyWebhook.Flaw) async throws {
        try await withShopify { shopify in
            let url = try await shopify.sandbox.hubURL()
            _ = try await shopify.control(
                .post, "webhooks", ["topic": "shop/redact", "url": JSON(url), "flaw": JSON(flaw.rawValue)])
            let post = try #require(await shopify.sandbox.hub.posts(1).first)
            #expect(!isSigned(post))
            #expect(post.json["shop_domain"]?.text == ShopifyCase.shop)
            if flaw == .reserialized {
                let again = HMAC<SHA256>.authenticationCode(
                    for: post.json.shopifyBytes, using: SymmetricKey(data: Data(ShopifyCase.secret.utf8)))
                #expect(Data(again).base64EncodedString() == post.headers["x-shopify-hmac-sha256"])
            }
        }
    }

    @Test func `other flaws are signed, and a repeat has the same id`() async throws {
        try await withShopify { shopify in
            let url = JSON(try await shopify.sandbox.hubURL())
            func post(_ members: JSON) async throws -> RecordingHub.Post? {
                let before = await shopify.sandbox.hub.posts.count
                _ = try await shopify.control(
                    .post, "webhooks", (["topic": "shop/redact", "url": url] as JSON) + members)
                return await shopify.sandbox.hub.posts(before + 1).last
            }
            #expect(try await post(["flaw": "empty_body"])?.body == [])
            #expect(try await post(["flaw": "no_shop"])?.headers["x-shopify-shop-domain"] == nil)
            #expect(try await post(["flaw": "no_topic"])?.headers["x-shopify-topic"] == nil)
            #expect(try await post(["flaw": "no_id"])?.headers["x-shopify-webhook-id"] == nil)
            let foreign = try await post(["shop": "someone-else.myshopify.com"])
            #expect(foreign?.headers["x-shopify-shop-domain"] == "someone-else.myshopify.com")
            #expect(foreign?.headers["x-shopify-name"] == nil)
            #expect(try await post(["name": "desk"])?.headers["x-shopify-name"] == "desk")
            let plain = try await post(["flaw": "unprefixed"])
            #expect(plain?.headers["shopify-topic"] == "shop/redact" && plain?.headers["x-shopify-topic"] == nil)
            let notJSON = try #require(try await post(["flaw": "not_json"]))
            #expect(notJSON.json == .null && isSigned(notJSON))
            _ = try await post(["copies": 2, "webhook_id": "w-1"])
            let posts = await shopify.sandbox.hub.posts.suffix(2)
            #expect(posts.map { $0.headers["x-shopify-webhook-id"] } == ["w-1", "w-1"])
            try await shopify.setFaults(["old_secret": ["next": 1]])
            let old = try #require(try await post(.object([])))
            #expect(!isSigned(old) && isSigned(old, secret: ShopifyFaults.oldSecret))
        }
    }

    @Test func `an app subscribes and is told of orders until it is answered`() async throws {
        try await withShopify { shopify in
            let url = JSON(try await shopify.sandbox.hubURL())
            let token = try await shopify.tokens()["access_token"]
            for topic in ["ORDERS_CREATE", "ORDERS_UPDATED"] {
                let made = try await shopify.graphQL(
                    subscribe, token: token, variables: ["topic": JSON(topic), "url": url])
                let payload = made.json["data"]?["webhookSubscriptionCreate"]
                #expect(payload?["webhookSubscription"]?["topic"]?.text == topic)
                #expect(payload?["userErrors"] == [])
            }
            let twice = try await shopify.graphQL(
                subscribe, token: token, variables: ["topic": "ORDERS_CREATE", "url": url])
            let errors = twice.json["data"]?["webhookSubscriptionCreate"]?["userErrors"]?.elements
            #expect(errors?.first?["message"]?.text?.contains("already been taken") == true)
            let listed = try await shopify.graphQL(
                "{ webhookSubscriptions(first: 5, topics: [ORDERS_CREATE]) { nodes { uri topic } } }", token: token)
            #expect(listed.json["data"]?["webhookSubscriptions"]?["nodes"]?.elements?.count == 1)

            await shopify.sandbox.hub.answerNext(503)
            let made = try await shopify.control(
                .post, "orders",
                ["customer": "+16505551234", "items": [["title": "Vase & <lamp>", "quantity": 2, "cents": 1250]]])
            #expect(made.json["webhooks"] == 1)
            let posts = await shopify.sandbox.hub.posts(2)
            #expect(posts[0].body == posts[1].body)
            #expect(posts[0].headers["x-shopify-webhook-id"] == posts[1].headers["x-shopify-webhook-id"])
            #expect(posts.allSatisfy { isSigned($0) && $0.headers["x-shopify-topic"] == "orders/create" })
            #expect(posts[0].json["total_price"] == "25.00")
            #expect(posts[0].json["customer"]?["phone"] == "+16505551234")
            #expect(String(decoding: posts[0].body, as: UTF8.self).contains(#"Vase \u0026 \u003clamp\u003e"#))

            _ = try await shopify.control(
                .post, "orders",
                ["name": "#1005", "fulfillment_status": "fulfilled", "tracking": ["company": "DHL", "number": "1"]])
            let updated = await shopify.sandbox.hub.posts(3)[2]
            #expect(updated.headers["x-shopify-topic"] == "orders/updated")
            #expect(updated.json["fulfillment_status"] == "fulfilled")
            let found = try await shopify.graphQL(
                "{ orders(first: 1, query: \"name:#1005\") { nodes { displayFulfillmentStatus } } }", token: token)
            let node = found.json["data"]?["orders"]?["nodes"]?.elements?.first
            #expect(node?["displayFulfillmentStatus"] == "FULFILLED")
            #expect(try await shopify.control(.get, "webhooks").json["webhooks"]?.elements?.count == 3)
        }
    }

    @Test(
        arguments: [
            ["topic": "moon/full"], ["topic": "shop/redact", "flaw": "ugly"],
            ["topic": "shop/redact", "url": "ftp://x"],
            ["topic": "customers/redact", "customer": "nobody"], [:],
        ] as [JSON])
    func `what cannot be posted is refused`(call: JSON) async throws {
        try await withShopify { shopify in
            let status = try await shopify.control(.post, "webhooks", call).status
            #expect([400, 404].contains(status))
        }
    }
}
