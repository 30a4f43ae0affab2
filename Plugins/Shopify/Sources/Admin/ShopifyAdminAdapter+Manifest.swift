public import AdapterKit

extension ShopifyAdminAdapter {
    static let standardVersion = "2026-07"

    /// `adapter: shopify-admin` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "shopify-admin", kind: .system, version: "1.0.0",
        summary: "A Shopify shop: customers and orders beside the contacts that write, and news of orders.",
        settings: SettingsSchema(
            ShopifyApp.settings(.own) + [
                SettingsField(
                    "shop", .text, required: true, summary: "The shop, such as acme-store.myshopify.com."),
                SettingsField(
                    "api_version", .text, defaultValue: standardVersion,
                    summary: "Version of the Admin API; each lives for at least a year."),
                SettingsField(
                    "scopes", .list,
                    summary: "Access scopes that are asked for. Without it read_customers and read_orders."),
                SettingsField(
                    "orders", .integer(0...25), defaultValue: "5",
                    summary: "How many of a customer's last orders are shown with the contact."),
            ]),
        capabilities: [.connection, .sessionTokens, .callbackProof, .revocation, .events],
        identity: IdentityDeclaration(
            exceptions: ShopifyApp.exceptions + [
                ProviderException(
                    .refresh, "A renewal replaces the refresh token too, and one pair of tokens of a shop is alive.")
            ],
            eventTopics: [ShopifyWebhook.eventTopic]),
        hosts: ["myshopify.com"],
        privacy: PrivacyDeclaration(
            touches: [.name, .phone, .email, .userID],
            recipients: ["Shopify: phone numbers and e-mail addresses of contacts, which it is asked for customers by"],
            retention: """
                What the shop tells of a customer is sealed with the contact's key and goes with the contact. What the shop \
                itself keeps is its owner's to decide.
                """,
            export: "What is shown with a contact is in the contact's export; the rest is had from the shop's owner.",
            erasure: """
                With the contact. The webhooks customers/redact and shop/redact are acted on; in the shop itself the owner \
                erases.
                """))
}
