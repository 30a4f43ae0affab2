import FoundationEssentials

/// Telling apps what happened at a shop.
extension ShopifyPlatform {
    /// The version that webhooks are written in.
    static let webhookVersion = "2026-07"

    func webhook(
        _ topic: String, shop: String, payload: JSON, webhookID: String? = nil, eventID: String? = nil
    ) -> ShopifyWebhook {
        ShopifyWebhook(
            topic: topic, shop: shop, payload: payload, webhookID: webhookID ?? Self.uuid(),
            eventID: eventID ?? Self.uuid(), apiVersion: Self.webhookVersion,
            triggeredAt: provider.clock.milliseconds)
    }

    /// Tells all apps that subscribed to a topic.
    /// - Returns: how many posts are under way.
    func tell(_ topic: String, of shop: ShopifyShop, payload: JSON) async -> Int {
        let subscriptions = shop.subscriptions.filter { $0.topic == topic }
        let eventID = Self.uuid()
        for subscription in subscriptions {
            guard let client = await provider.client(subscription.clientID) else { continue }
            let secret = await signingSecret(client)
            let webhook = webhook(topic, shop: shop.domain.text, payload: payload, eventID: eventID)
            await courier.deliver(webhook, to: subscription.url, secret: secret)
        }
        return subscriptions.count
    }

    /// Takes an app from a shop: its tokens die, it is told, and told two days later to forget the shop.
    func remove(_ clientID: String, from domain: ShopDomain) async {
        guard let shop = shops[domain.text], let client = await provider.client(clientID) else { return }
        uninstall(clientID, domain)
        let subscribed = shop.subscriptions.filter { $0.clientID == clientID && $0.topic == "app/uninstalled" }
        let urls = [rules.webhookURL] + subscribed.map(\.url).filter { $0 != rules.webhookURL }
        let secret = await signingSecret(client)
        for url in urls {
            let webhook = webhook("app/uninstalled", shop: domain.text, payload: ShopifyPayloads.shop(shop))
            await courier.deliver(webhook, to: url, secret: secret)
        }
        let removedAt = uninstalls[Self.installation(clientID, domain)]
        await courier.later(.seconds(48 * 3600)) { await self.redact(clientID, domain, removedAt: removedAt) }
    }

    /// Asks an app to forget a shop, unless it was installed again meanwhile.
    private func redact(_ clientID: String, _ domain: ShopDomain, removedAt: Int?) async {
        guard uninstalls[Self.installation(clientID, domain)] == removedAt, let shop = shops[domain.text],
            let client = await provider.client(clientID),
            let payload = ShopifyPayloads.make("shop/redact", shop, customer: nil, order: nil)
        else { return }
        let webhook = webhook("shop/redact", shop: domain.text, payload: payload)
        await courier.deliver(webhook, to: rules.webhookURL, secret: await signingSecret(client))
    }

    private static func uuid() -> String { UUID().uuidString.lowercased() }
}
