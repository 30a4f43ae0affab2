import AdapterKit
import AdapterTesting
import Foundation
import Testing

@testable import Shopify

@Suite("Webhooks of Shopify")
struct WebhookTests {
    static let customer: JSON = ["id": 207_119_551, "email": "jon@doe.example", "phone": "+16135551111"]
    private static let redact: JSON = [
        "shop_id": 954_889, "shop_domain": .string(Sample.shop), "customer": customer, "orders_to_redact": [299_938],
    ]

    private func events(_ request: WebhookRequest, secrets: [String] = [Sample.secret]) throws -> [ProviderEvent] {
        guard case .proven(let events) = try Sample.admin(secrets: secrets).receive(request, topic: "webhooks") else {
            Issue.record("not proven")
            return []
        }
        return events
    }

    @Test(
        "Row 93: the topics that every app has to take are taken, each for what it is",
        arguments: [
            ("app/uninstalled", ["id": 954_889, "myshopify_domain": .string(Sample.shop)], .uninstalled),
            (
                "customers/data_request",
                [
                    "shop_id": 954_889, "shop_domain": .string(Sample.shop), "orders_requested": [299_938],
                    "customer": customer, "data_request": ["id": 9999],
                ], .customerDataRequested(reference)
            ),
            ("customers/redact", redact, .customerErasureRequested(reference)),
            ("shop/redact", ["shop_id": 954_889, "shop_domain": .string(Sample.shop)], .shopErasureRequested),
            ("products/update", ["id": 1], .unknown("products/update")),
        ] as [(String, JSON, ProviderEvent.Kind)])
    func topics(topic: String, body: JSON, kind: ProviderEvent.Kind) throws {
        let request = Sample.webhook(topic, body)
        let expected = ProviderEvent(
            id: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", kind: kind, issuer: "https://acme-store.myshopify.com/admin",
            subject: Sample.shop, occurredAt: Timestamp(milliseconds: Sample.now.milliseconds - 1877))
        #expect(try events(request) == [expected])
        guard case .proven(let signIn) = try Sample.signIn().receive(request, topic: "webhooks") else {
            Issue.record("not proven")
            return
        }
        var ofConnection = expected
        ofConnection.subject = nil
        #expect(signIn == [ofConnection])
    }

    private static let reference = ProviderEvent.CustomerReference(
        id: "gid://shopify/Customer/207119551", phone: "+16135551111", email: "jon@doe.example",
        orders: ["gid://shopify/Order/299938"])

    @Test("A customer without phone and e-mail is one by the id")
    func nulls() throws {
        let body: JSON = [
            "shop_domain": .string(Sample.shop), "customer": ["id": 207_119_551, "email": .null, "phone": .null],
        ]
        #expect(
            try events(Sample.webhook("customers/redact", body)).first?.kind
                == .customerErasureRequested(.init(id: "gid://shopify/Customer/207119551")))
        let nobody: JSON = ["shop_domain": .string(Sample.shop), "customer": .null]
        #expect(try events(Sample.webhook("customers/redact", nobody)).first?.kind == .unknown("customers/redact"))
    }

    @Test(
        "Rows 92 and 93: without a good signature over the bytes as they came nothing is taken",
        arguments: ["app/uninstalled", "customers/data_request", "customers/redact", "shop/redact", "orders/create"])
    func signature(topic: String) throws {
        let good = Sample.webhook(topic, Self.redact)
        func rejection(_ change: (inout WebhookRequest) -> Void) -> WebhookRejection? {
            var request = good
            change(&request)
            let changed = request
            for adapter in [try? Sample.admin() as any ProviderEvents, try? Sample.signIn() as any ProviderEvents] {
                do throws(WebhookRejection) {
                    _ = try adapter?.receive(changed, topic: "webhooks")
                    return nil
                } catch {
                    return error
                }
            }
            return nil
        }
        #expect(rejection { _ in } == nil)
        #expect(rejection { $0.headers.all.removeAll { $0.name == "X-Shopify-Hmac-Sha256" } } == .signatureMissing)
        #expect(rejection { $0.headers.append("X-Shopify-Hmac-Sha256", "AAAA") } == .signatureMissing)
        #expect(rejection { $0.headers.append("shopify-hmac-sha256", "AAAA") } == .signatureMissing)
        // The same JSON in other bytes.
        #expect(
            rejection { $0.body = Array(String(decoding: $0.body, as: UTF8.self).replacing(":", with: ": ").utf8) }
                == .signatureWrong)
        #expect(rejection { $0.body = [] } == .signatureWrong)
        #expect(rejection { $0 = Sample.webhook(topic, Self.redact, secret: "another app's") } == .signatureWrong)
        let code = try #require(good.headers["x-shopify-hmac-sha256"])
        for wrong in [
            "", "AAAA", String(code.dropLast()), code + "\n", Sample.hex(Array(Data(base64Encoded: code) ?? Data())),
        ] {
            #expect(
                rejection {
                    $0.headers.all.removeAll { $0.name == "X-Shopify-Hmac-Sha256" }
                    $0.headers.append("X-Shopify-Hmac-Sha256", wrong)
                } == .signatureWrong)
        }
    }

    @Test("The headers without the prefix are taken too, alone and beside the others")
    func newHeaders() throws {
        let old = Sample.webhook("app/uninstalled", ["myshopify_domain": .string(Sample.shop)])
        var new = old
        new.headers = HTTPFields(
            old.headers.all.map { (name: $0.name.replacing("X-Shopify-", with: "shopify-"), value: $0.value) })
        #expect(try events(new) == events(old))
        var both = old
        both.headers = HTTPFields(old.headers.all + new.headers.all.dropFirst())
        #expect(try events(both) == events(old))
    }

    @Test("An older secret counts while it is named")
    func rotation() throws {
        let request = Sample.webhook("app/uninstalled", [:], secret: Sample.oldSecret)
        #expect(try events(request, secrets: [Sample.secret, Sample.oldSecret]).first?.kind == .uninstalled)
        #expect(throws: WebhookRejection.signatureWrong) { try events(request) }
    }

    @Test("Row 92: a webhook of another tenant's shop is proven and does nothing, whichever place names the shop")
    func otherShop() throws {
        for request in [
            Sample.webhook(
                "shop/redact", ["shop_domain": "other-store.myshopify.com"], shop: "other-store.myshopify.com"),
            Sample.webhook("shop/redact", ["shop_domain": "other-store.myshopify.com"]),
            Sample.webhook("shop/redact", ["shop_domain": .string(Sample.shop)], shop: "other-store.myshopify.com"),
            Sample.webhook("shop/redact", ["shop_domain": .string(Sample.shop)], shop: "evil.example"),
        ] {
            let event = try #require(try events(request).first)
            #expect(
                event.kind == .unknown("shop/redact of another shop") && event.issuer == nil && event.subject == nil)
        }
    }

    @Test("Row 92: a repeat has the same id, and a webhook without one gets it from what it says")
    func identifiers() throws {
        let body: JSON = ["myshopify_domain": .string(Sample.shop)]
        let first = try #require(try events(Sample.webhook("app/uninstalled", body)).first)
        var repeated = Sample.webhook("app/uninstalled", body)
        repeated.receivedAt = repeated.receivedAt + .seconds(3600)
        #expect(try events(repeated).first == first)
        for strange in ["", String(repeating: "x", count: 101), "a b"] {
            let event = try #require(try events(Sample.webhook("app/uninstalled", body, id: strange)).first)
            #expect(event.id.hasPrefix("sha256:") && event.id.count == 71)
        }
        let other = try events(Sample.webhook("app/uninstalled", body, id: "")).first
        #expect(try events(Sample.webhook("shop/redact", body, id: "")).first?.id != other?.id)
    }

    @Test("What is signed and not readable is refused as such", arguments: ["", "null", "[]", "{", "7"])
    func unreadable(text: String) throws {
        let request = Sample.webhook("app/uninstalled", bytes: Array(text.utf8))
        #expect(throws: WebhookRejection.malformed) { try events(request) }
    }

    @Test("Row 94: the time of an event is Shopify's, so that what came before a new start can be told")
    func time() throws {
        let event = try #require(try events(Sample.webhook("shop/redact", ["shop_domain": .string(Sample.shop)])).first)
        #expect(event.occurredAt.description == "2026-11-23T07:59:58.123Z")
        var timeless = Sample.webhook("shop/redact", [:])
        timeless.headers.all.removeAll { $0.name == "X-Shopify-Triggered-At" }
        #expect(try events(timeless).first?.occurredAt == Sample.now)
    }

    @Test("There is no other topic of the address")
    func address() throws {
        let request = Sample.webhook("app/uninstalled", [:])
        #expect(throws: WebhookRejection.handshakeWrong) { try Sample.admin().receive(request, topic: "other") }
        #expect(throws: WebhookRejection.handshakeWrong) { try Sample.signIn().receive(request, topic: "other") }
    }

    // MARK: Orders

    static let order: JSON = [
        "id": 820_982_911_946_154_508, "admin_graphql_api_id": "gid://shopify/Order/820982911946154508",
        "email": "jon@doe.example", "phone": .null, "name": "#9999", "created_at": "2026-11-22T19:00:00-05:00",
        "updated_at": "2026-11-23T02:30:00-05:00", "cancelled_at": .null, "currency": "USD", "total_price": "414.95",
        "financial_status": "paid", "fulfillment_status": "partial",
        "customer": ["id": 115_310_627_314_723_954, "email": "john@example.com", "phone": .null],
        "line_items": [["id": 1, "title": "Oak table", "quantity": 2, "price": "199.00"]],
    ]

    @Test(
        "An order comes in the form in which it is shown, with whose it is",
        arguments: ["orders/create", "orders/updated"])
    func orders(topic: String) throws {
        let event = try #require(try events(Sample.webhook(topic, Self.order)).first)
        let shown: JSON = [
            "id": "gid://shopify/Order/820982911946154508", "shop": .string(Sample.shop), "name": "#9999",
            "created_at": "2026-11-23T00:00:00.000Z", "updated_at": "2026-11-23T07:30:00.000Z",
            "payment_status": "paid", "fulfillment_status": "partially_fulfilled",
            "total": ["amount": "414.95", "currency": "USD"], "items": [["title": "Oak table", "quantity": 2]],
            "url": "https://acme-store.myshopify.com/admin/orders/820982911946154508",
        ]
        let customer = ProviderEvent.CustomerReference(
            id: "gid://shopify/Customer/115310627314723954", email: "john@example.com")
        #expect(event.kind == .order(.init(customer: customer, order: shown)))
    }

    @Test("An order of nobody is one without a customer, and sign-in has no use for orders")
    func orderOfNobody() throws {
        let order = JSON.object(Self.order.members.filter { $0.name != "customer" })
        guard case .order(let reference) = try events(Sample.webhook("orders/create", order)).first?.kind else {
            Issue.record("no order")
            return
        }
        #expect(reference.customer == nil)
        guard
            case .proven(let told) = try Sample.signIn().receive(
                Sample.webhook("orders/create", order), topic: "webhooks")
        else { return }
        #expect(told.first?.kind == .unknown("orders/create"))
    }

    @Test(
        "Times of Shopify are read with any fraction and offset, and what is none is none",
        arguments: [
            ("2026-11-23T08:00:00Z", 1_795_420_800_000), ("2026-11-23T03:00:00-05:00", 1_795_420_800_000),
            ("2026-11-23T13:30:00.5+05:30", 1_795_420_800_500), ("2024-02-29T00:00:00.123456789Z", 1_709_164_800_123),
            ("1970-01-01T00:00:00Z", 0), ("2026-11-23", nil), ("2026-11-23T08:00:00", nil),
            ("2026-13-23T08:00:00Z", nil),
            ("2026-11-23T08:00:00.Z", nil), ("2026-11-23T08:00:00Zx", nil), ("", nil), ("2026-11-23T24:00:00Z", nil),
        ] as [(String, Int64?)])
    func times(text: String, milliseconds: Int64?) {
        #expect(ShopifyTime.read(text)?.milliseconds == milliseconds)
    }
}
