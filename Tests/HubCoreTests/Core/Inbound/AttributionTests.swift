import AdapterKit
import Testing

@testable import HubCore

struct AttributionTests {
    private func tenant(_ id: String, _ channels: ChannelConfiguration...) -> TenantConfiguration {
        TenantConfiguration(id: id, name: id, channels: channels)
    }

    @Test func anAccountBelongsToTheEndpointThatProvedIt() {
        let attribution = Attribution([
            tenant("acme", .scripted("support", app: "meta", account: "1")),
            tenant("globex", .scripted("care", account: "2")),
        ])
        let acme = ChannelPlace(tenant: "acme", channel: "support")
        let globex = ChannelPlace(tenant: "globex", channel: "care")
        #expect(attribution.place(.channel("1"), at: .app("meta")) == acme)
        #expect(attribution.place(.channel("2"), at: .channel(tenant: "globex", channel: "care")) == globex)
        #expect(attribution.place(.channel("2"), at: .app("meta")) == nil)
        #expect(attribution.place(.channel("1"), at: .channel(tenant: "globex", channel: "care")) == nil)
        #expect(attribution.place(.channel("1"), at: .app("other")) == nil)
        #expect(attribution.place(.parent("1"), at: .app("meta")) == nil)
    }

    @Test func aParentOfOneTenantIsItsFirstChannels() {
        let attribution = Attribution([
            tenant(
                "acme", .scripted("sales", app: "meta", account: "1", parent: "9"),
                .scripted("support", app: "meta", account: "2", parent: "9"))
        ])
        #expect(attribution.place(.parent("9"), at: .app("meta")) == ChannelPlace(tenant: "acme", channel: "sales"))
    }

    @Test func aParentOfTwoTenantsIsNobodys() {
        // The third comes after it is known to be ambiguous.
        let attribution = Attribution(
            ["acme", "globex", "initech"].enumerated().map { index, id in
                tenant(id, .scripted("support", app: "meta", account: "\(index)", parent: "9"))
            })
        #expect(attribution.place(.parent("9"), at: .app("meta")) == nil)
        #expect(attribution.place(.channel("2"), at: .app("meta"))?.tenant == "initech")
    }

    @Test(arguments: [WebhookEndpoint.app("meta-main"), .channel(tenant: "acme", channel: "support")])
    func anEndpointIsReadAsItWasWritten(endpoint: WebhookEndpoint) {
        #expect(WebhookEndpoint(endpoint.description) == endpoint)
    }

    @Test(arguments: ["", "apps", "a/b/c"])
    func otherTextsAreNoEndpoint(text: String) { #expect(WebhookEndpoint(text) == nil) }
}
