import AdapterKit
import AdapterTesting
import Testing

@testable import Shopify

@Suite("A shop's name")
struct ShopNameTests {
    private static let others = [
        "", " ", "evil.com", "a.myshopify.com.evil.com", "evil.com/a.myshopify.com", "a.myshopify.com@evil",
        "a.myshopify.com@evil.com", "a.myshopify.com:8443", "a.myshopify.com\n", "\na.myshopify.com",
        "-a.myshopify.com",
        "-a", "a..myshopify.com", "a.b.myshopify.com", ".myshopify.com", "myshopify.com", "127.0.0.1",
        "evil-myshopify.com", "b\u{FC}cher.myshopify.com", "\u{212A}elvin.myshopify.com", "\u{0430}cme.myshopify.com",
        "a.myshopify.com.", "a.myshopify.com/", "a.myshopify.com/admin", "https://a.myshopify.com",
        "a.myshopify.com?x=y",
        "a.myshopify.com#x", "a_b.myshopify.com", "a%2emyshopify.com", "a.myshopify.com\u{0}", "a.myshopify\u{FF0E}com",
        "a\\.myshopify.com", "[::1]", "localhost:8090", String(repeating: "a", count: 64) + ".myshopify.com",
    ]

    @Test("Row 79: what is no shop's name makes no address, and nobody is called", arguments: others)
    func strangers(text: String) throws {
        #expect(ShopName(input: text) == nil && ShopName(domain: text) == nil)
        let host = TestHost()
        let adapter = try Sample.signIn(host: host)
        let error = #expect(throws: SignInRefusal.self) { try adapter.provider(["shop": text]) }
        #expect(error?.reason == .shopWrong)
        #expect(host.recordingHTTP.calls.isEmpty)
    }

    @Test("Row 79: a start without a shop is refused")
    func missing() throws {
        let adapter = try Sample.signIn()
        #expect(throws: SignInRefusal(.shopWrong, "no shop's name")) { try adapter.provider([:]) }
    }

    @Test(
        "A name is taken in any case, and the store's name alone from a person",
        arguments: [
            ("acme-store.myshopify.com", "acme-store"), ("ACME-Store.MyShopify.COM", "acme-store"), ("0a", "0a"),
            ("acme-store", "acme-store"), ("a-.myshopify.com", "a-"),
        ])
    func good(text: String, store: String) throws {
        let shop = try #require(ShopName(input: text))
        #expect(shop.store == store && shop.domain == "\(store).myshopify.com")
        #expect(shop.issuer == "https://\(store).myshopify.com/admin")
    }

    @Test("Shopify itself always writes the whole domain")
    func domain() {
        #expect(ShopName(domain: "acme-store") == nil)
        #expect(ShopName(domain: "Acme-Store.myshopify.com")?.store == "acme-store")
    }

    @Test("A shop that the settings do not name cannot sign in, however good its name is")
    func allowList() throws {
        let adapter = try Sample.signIn()
        let error = #expect(throws: SignInRefusal.self) { try adapter.provider(["shop": "stranger.myshopify.com"]) }
        #expect(error?.reason == .shopWrong && error?.detail?.contains("stranger") == false)
        #expect(throws: Never.self) { try adapter.provider(["shop": "second-store"]) }
    }

    @Test(
        "Settings without a shop, or with what is none, are refused",
        arguments: [[], ["evil.com"], ["acme-store", "a b"]])
    func settings(shops: [String]) throws {
        let settings = Sample.settings(["shops": .list(shops)])
        let problem = #expect(throws: SettingsProblem.self) { try ShopifyAdapter(settings: settings, host: TestHost()) }
        #expect(problem?.key == "shops")
    }
}
