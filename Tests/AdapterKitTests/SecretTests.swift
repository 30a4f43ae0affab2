import AdapterKit
import Testing

@Suite("Secrets and settings")
struct SecretTests {
    private struct Holder {
        let token = Secret("s3cr3t-token")
        let list = [Secret("s3cr3t-token")]
        let settings = AdapterSettings(["access_token": .secret([Secret("s3cr3t-token")])])
    }

    private func dumped(_ value: Any) -> String {
        var text = ""
        dump(value, to: &text)
        return text
    }

    @Test("No way of printing a secret prints its text")
    func printing() {
        let secret = Secret("s3cr3t-token")
        let holder = Holder()
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), secret.description,
            secret.debugDescription, dumped(secret), "\(holder)", String(reflecting: holder), dumped(holder),
            "\(holder.settings)", dumped(holder.settings), "\([secret])", "\(["k": secret])",
            "\(Optional(secret) as Any)",
            "\(Mirror(reflecting: secret).children.map { "\($0)" })",
        ]
        for text in texts { #expect(!text.contains("s3cr3t"), "printed by \(text.count) characters") }
        #expect("\(secret)" == "(secret)")
    }

    @Test("The text is there for who asks, and two secrets compare by it")
    func reveal() {
        #expect(Secret("a").reveal() == "a")
        #expect(Secret("a") == Secret("a") && Secret("a") != Secret("b"))
    }

    @Test("A setting is read as its kind and as no other")
    func kinds() {
        let settings = AdapterSettings([
            "url": .text("x"), "rate": .integer(80), "on": .boolean(true), "list": .list(["a"]),
            "keys": .secret([Secret("1"), Secret("2")]),
        ])
        #expect(settings.text("url") == "x" && settings.integer("rate") == 80 && settings.boolean("on") == true)
        #expect(settings.list("list") == ["a"] && settings.secrets("keys").count == 2)
        #expect(settings.secret("keys")?.reveal() == "1")
        #expect(settings.text("keys") == nil && settings.text("rate") == nil && settings.integer("url") == nil)
        #expect(settings.secret("url") == nil && settings.list("url").isEmpty && settings["none"] == nil)
    }

    @Test("Own settings come before those of the app")
    func merging() {
        let own = AdapterSettings(["a": .text("own")])
        let merged = own.merging(AdapterSettings(["a": .text("app"), "b": .text("app")]))
        #expect(merged.text("a") == "own" && merged.text("b") == "app")
    }

    @Test(
        "A format says which characters and how many",
        arguments: [
            ("123", true), ("", false), ("12a", false), ("１２３", false), (String(repeating: "1", count: 41), false),
        ])
    func format(text: String, matches: Bool) {
        #expect(TextFormat.digits.matches(text) == matches)
    }
}
