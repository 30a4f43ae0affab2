import AdapterKit
import AdapterTesting
import Testing

@testable import Shopify

@Suite("The address of a shop's administration")
struct AdminAddressTests {
    @Test(
        "The shop takes the place of its mark",
        arguments: [
            ("https://{shop}", "https://acme-store.myshopify.com"),
            ("https://{shop}/", "https://acme-store.myshopify.com"),
            ("http://127.0.0.1:8090/shopify/{shop}", "http://127.0.0.1:8090/shopify/acme-store.myshopify.com"),
            ("https://proxy.example/{shop}/x", "https://proxy.example/acme-store.myshopify.com/x"),
        ])
    func good(text: String, address: String) throws {
        let shop = try #require(ShopName(input: "acme-store"))
        #expect(try AdminAddress(text).of(shop) == address)
    }

    @Test(
        "An address that would lead a secret elsewhere is refused without being repeated",
        arguments: [
            "", "{shop}", "https://", "https://example.com", "ftp://{shop}", "http://{shop}",
            "https://{shop}.evil.example",
            "https://x{shop}", "https://{shop}:8443", "https://{shop}@evil.example", "https://a@b/{shop}",
            "https://evil.example/?x={shop}", "https://evil.example/#{shop}", "https://{shop}/{shop}",
            "https://evil.example/a{shop}", "https:///{shop}", "https://evil.example/{shop}/{other}",
            "https://evil.example/{shop}\n", "https://evil.example\\{shop}", "javascript:{shop}",
        ])
    func bad(text: String) throws {
        let problem = try #require(throws: SettingsProblem.self) { try AdminAddress(text) }
        #expect(problem.key == "admin_url" && !problem.description.contains("evil"))
    }

    @Test("All addresses of a provider are below it")
    func provider() throws {
        let provider = try Sample.signIn(["admin_url": .text("http://127.0.0.1:8090/shopify/{shop}")])
            .provider(["shop": "acme-store"])
        let base = "http://127.0.0.1:8090/shopify/acme-store.myshopify.com/admin/oauth"
        #expect(
            provider.endpoints
                == .fixed(.init(authorization: "\(base)/authorize", token: "\(base)/access_token")))
        #expect(provider.issuer == "https://acme-store.myshopify.com/admin")
    }
}
