import AdapterKit
import AdapterTesting
import Foundation
import Testing

@testable import Shopify

@Suite("Shopify's adapters keep the rules of the kit")
struct ConformanceTests {
    private static let settings: [String: AdapterSettings.Value] = [
        "client_id": .text(Sample.clientID),
        "client_secret": .secret([Secret(Sample.secret), Secret(Sample.oldSecret)]),
    ]

    private static func event(
        _ name: String, _ topic: String, _ body: JSON, subject: String?, _ kind: ProviderEvent.Kind
    )
        -> EventSample
    {
        EventSample(
            name, topic: "webhooks", Sample.webhook(topic, body),
            events: [
                ProviderEvent(
                    id: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", kind: kind,
                    issuer: "https://acme-store.myshopify.com/admin", subject: subject,
                    occurredAt: Timestamp(milliseconds: Sample.now.milliseconds - 1877))
            ], sign: { Sample.webhook(topic, bytes: $0) })
    }

    private static func events(_ subject: String?) -> [EventSample] {
        let customer = ProviderEvent.CustomerReference(
            id: "gid://shopify/Customer/207119551", phone: "+16135551111", email: "jon@doe.example")
        let named: JSON = ["shop_domain": .string(Sample.shop), "customer": WebhookTests.customer]
        return [
            event(
                "an uninstallation", "app/uninstalled", ["myshopify_domain": .string(Sample.shop)], subject: subject,
                .uninstalled),
            event(
                "a request for data", "customers/data_request", named, subject: subject,
                .customerDataRequested(customer)),
            event("an erasure", "customers/redact", named, subject: subject, .customerErasureRequested(customer)),
            event(
                "the end of a shop", "shop/redact", ["shop_domain": .string(Sample.shop)], subject: subject,
                .shopErasureRequested),
        ]
    }

    @Test("shopify")
    func signIn() async {
        let user: JSON = [
            "id": 902_541_635, "first_name": "Wilhelmina", "last_name": "Sample", "email": "wilhelmina@acme.example",
            "email_verified": true,
        ]
        let sample = SignInSample(
            callback: Sample.callback(Sample.parameters()),
            tokens: ProviderTokens(
                accessToken: Secret("sample-access-token"), accessExpiresAt: Sample.now + .seconds(86_399),
                reply: ["associated_user": user]),
            identity: ProviderIdentity(
                subject: "902541635", name: "Wilhelmina Sample",
                email: ProviderEmail("wilhelmina@acme.example", isVerified: true), label: Sample.shop))
        var offline = sample
        offline.tokens.reply = ["scope": ""]
        let report = await IdentityConformance(
            ShopifyAdapter.self,
            settings: AdapterSettings(Self.settings.merging(["shops": .list([Sample.shop])]) { $1 }), signIn: sample,
            refused: [RefusedSignIn("a token of the shop", offline, .modeMismatch)],
            capabilities: IdentityCapabilitySamples(events: Self.events(nil))
        ).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("shopify-admin")
    func admin() async {
        let sample = SignInSample(
            callback: Sample.callback(Sample.parameters()),
            tokens: ProviderTokens(
                accessToken: Secret("sample-access-token"), refreshToken: Secret("sample-refresh-token"),
                accessExpiresAt: Sample.now + .seconds(3600), scopes: ["read_customers", "read_orders"]),
            identity: ProviderIdentity(subject: Sample.shop, label: Sample.shop))
        var online = sample
        online.tokens.reply = ["associated_user": ["id": 1]]
        var narrow = sample
        narrow.tokens.scopes = ["read_orders"]
        let report = await IdentityConformance(
            ShopifyAdminAdapter.self,
            settings: AdapterSettings(Self.settings.merging(["shop": .text(Sample.shop)]) { $1 }), signIn: sample,
            refused: [
                RefusedSignIn("a token of a person", online, .modeMismatch),
                RefusedSignIn("fewer scopes", narrow, .scopesMissing),
            ],
            capabilities: IdentityCapabilitySamples(
                events: Self.events(Sample.shop), revoking: [HTTPAnswer(status: 200)],
                testing: [HTTPAnswer(status: 200, body: Array(#"{"data":{"shop":{"name":"Acme Store"}}}"#.utf8))])
        ).run()
        #expect(report.isClean, "\(report)")
    }

    @Test("The README has the settings of both")
    func readme() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../Plugins/Shopify/README.md").standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        let second = try #require(text.firstRange(of: "\n# shopify-admin\n"))
        let signIn = ReadmeConformance(ShopifyAdapter.manifest, readme: String(text[..<second.lowerBound])).run()
        #expect(signIn.isClean, "\(signIn)")
        let admin = ReadmeConformance(ShopifyAdminAdapter.manifest, readme: String(text[second.lowerBound...])).run()
        #expect(admin.isClean, "\(admin)")
    }
}
