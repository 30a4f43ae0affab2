import Testing

@testable import HubSandbox

struct ShopDomainTests {
    @Test(arguments: ["acme-store.myshopify.com", "Acme-Store.MyShopify.com", "1.myshopify.com"])
    func `a shop's name is taken`(text: String) {
        #expect(ShopDomain(text)?.text == text.lowercased())
    }

    @Test(arguments: [
        "", "evil.com", "myshopify.com", ".myshopify.com", "a.myshopify.com.evil.com", "evil.com/a.myshopify.com",
        "a.myshopify.com@evil", "a.myshopify.com:8443", "a.myshopify.com\n", "\na.myshopify.com", "-a.myshopify.com",
        "a..myshopify.com", "a.b.myshopify.com", "evil-myshopify.com", "a_b.myshopify.com", "127.0.0.1",
        "bücher.myshopify.com", "a.myshopify.com/", "https://a.myshopify.com", "a myshopify.com", "axmyshopify.com",
    ])
    func `anything else is not`(text: String) {
        #expect(ShopDomain(text) == nil)
    }

    @Test func `the host is base64 that needs no escape in a query`() throws {
        let host = try #require(ShopDomain("acme-store.myshopify.com")).host
        #expect(host == "YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvYWNtZS1zdG9yZQ")
    }
}

struct QuerySignatureTests {
    private func fields(_ pairs: [(String, String)]) -> FormFields {
        FormFields(pairs.map { .init(name: $0.0, value: $0.1) })
    }

    @Test func `the sorted fields are signed, without hmac and signature`() {
        let query = fields([
            ("shop", "some-shop.myshopify.com"), ("code", "0907a61c0c8d55e99db179b68161bc00"), ("hmac", "x"),
            ("timestamp", "1337178173"), ("signature", "y"), ("state", "0.6784241404160823"),
        ])
        // The example of Shopify's documentation.
        #expect(
            QuerySignature.make(query, secret: "hush")
                == "700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf")
        #expect(QuerySignature.make(query, secret: "other") != QuerySignature.make(query, secret: "hush"))
    }

    @Test func `a value cannot pass for two fields`() {
        for form in QuerySignature.Form.allCases {
            let smuggled = fields([("shop", "a&state=b")])
            let plain = fields([("shop", "a"), ("state", "b")])
            #expect(
                QuerySignature.make(smuggled, secret: "s", form: form)
                    != QuerySignature.make(plain, secret: "s", form: form))
        }
    }

    @Test func `both forms agree on what a query does not escape`() {
        let query = fields([("code", "abc-1.2_3"), ("shop", "a.myshopify.com"), ("timestamp", "1")])
        #expect(
            QuerySignature.make(query, secret: "s") == QuerySignature.make(query, secret: "s", form: .encoded))
        let padded = fields([("host", "YQ==")])
        #expect(
            QuerySignature.make(padded, secret: "s") != QuerySignature.make(padded, secret: "s", form: .encoded))
    }
}

struct AccessScopesTests {
    @Test func `to write implies to read`() {
        let scopes = AccessScopes("read_orders, write_orders,read_customers read_customers")
        #expect(scopes.text == "write_orders,read_customers")
        #expect(scopes.contains("read_orders") && !scopes.contains("write_customers"))
        #expect(AccessScopes("read_minds").unknown == ["read_minds"])
    }
}

struct ShopifyFormatTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (1_785_579_630, "2026-08-01T10:20:30Z"), (4_102_444_799, "2099-12-31T23:59:59Z"),
    ])
    func `times are written as days of the calendar`(seconds: Int, text: String) {
        #expect(ShopifyFormat.time(seconds) == text)
    }

    @Test func `amounts have two digits behind the point`() {
        #expect([5, 50, 5990, 100].map(ShopifyFormat.amount) == ["0.05", "0.50", "59.90", "1.00"])
    }

    @Test func `JSON is written as UTF-8, with the escapes of its own`() {
        let value: JSON = ["a": "Ä/b <&> \"\n\u{1}", "n": [1, .null, true]]
        #expect(
            String(decoding: value.shopifyBytes, as: UTF8.self)
                == #"{"a":"Ä/b \u003c\u0026\u003e \"\n\u0001","n":[1,null,true]}"#)
    }
}
