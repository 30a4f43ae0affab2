import Testing

@testable import WhatsAppCloud

@Suite("Web addresses")
struct WebAddressTests {
    @Test(
        "What is an address, and where it leads",
        arguments: [
            ("https://a.example", "a.example", "https://a.example/"),
            ("HTTPS://A.Example:443/P?q#f", "a.example", "https://a.example/P?q"),
            ("http://a.example:80", "a.example", "http://a.example/"),
            ("http://127.0.0.1:8090/x", "127.0.0.1", "http://127.0.0.1:8090/x"),
            ("https://[2001:DB8::1]:444/x", "[2001:db8::1]", "https://[2001:db8::1]:444/x"),
            ("https://a.example?q=http://b/", "a.example", "https://a.example/?q=http://b/"),
            ("https://a.example/@b", "a.example", "https://a.example/@b"),
        ])
    func good(text: String, host: String, canonical: String) throws {
        let address = try #require(WebAddress(text))
        #expect(address.host == host && address.text == canonical)
        #expect(WebAddress(canonical) == address)
    }

    @Test(
        "What is none",
        arguments: [
            "", "a.example", "https:a.example", "https:/a.example", "https://", "https:///p", "https://:443/",
            "ftp://a",
            "https://a b/", "https://a\\b/", "https://u@a/", "https://u:p@a/", "https://a:port/", "https://a:99999/",
            "https://a:/", "https://a:1:2/", "https://[::1/", "https://a]/", "https://a%20b/", "https://a/\nb",
            "javascript://a",
            " https://a/", "https://" + String(repeating: "a", count: 300) + "/",
        ])
    func bad(text: String) { #expect(WebAddress(text) == nil) }

    @Test("A place to go on to is whole, or a path of the same server")
    func following() throws {
        let address = try #require(WebAddress("https://a.example:444/p/q?r"))
        #expect(address.following("/x?y")?.text == "https://a.example:444/x?y")
        #expect(address.following("//b.example/x")?.text == "https://b.example/x")
        #expect(address.following("http://b.example/x")?.text == "http://b.example/x")
        #expect(address.following("x") == nil && address.following("") == nil)
    }
}
