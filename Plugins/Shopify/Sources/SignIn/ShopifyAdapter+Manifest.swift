public import AdapterKit

extension ShopifyAdapter {
    /// `adapter: shopify` in tenants.yaml.
    public static let manifest = AdapterManifest(
        name: "shopify", kind: .identity, version: "1.0.0",
        summary: "Sign-in with Shopify: staff of the shops that the settings name.",
        settings: SettingsSchema(
            ShopifyApp.settings(.app) + [
                SettingsField(
                    "shops", .list, required: true,
                    summary: "The shops whose staff may sign in, such as acme-store.myshopify.com."),
                SettingsField(
                    "scopes", .list,
                    summary: "Access scopes that the app has to have. None are needed to sign in."),
            ]),
        capabilities: [.callbackProof, .events],
        identity: IdentityDeclaration(
            exceptions: ShopifyApp.exceptions + [
                ProviderException(.refresh, "An online token only names the user and is thrown away.")
            ],
            parameters: [
                StartParameter(
                    name: shopParameter, label: "Your shop", placeholder: "your-store.myshopify.com",
                    maximumLength: 80)
            ],
            eventTopics: [ShopifyWebhook.eventTopic],
            button: SignInButton(
                text: "Sign in with Shopify",
                // A shopping bag, drawn for this button.
                mark: """
                    <path fill="#ffffff" d="M5 8h14l1.2 13H3.8L5 8z"/>\
                    <path fill="none" stroke="#ffffff" stroke-width="1.8" d="M8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"/>
                    """,
                background: "#008060", foreground: "#ffffff", border: "#008060",
                privacyURL: "https://www.shopify.com/legal/privacy")),
        hosts: ["myshopify.com"],
        privacy: PrivacyDeclaration(
            touches: [.name, .email, .userID],
            recipients: ["Shopify"],
            retention: """
                The hub sends Shopify nothing of a person; Shopify learns that they signed in here, and keeps it as its \
                privacy policy says (shopify.com/legal/privacy).
                """,
            export:
                "What Shopify gave is in the export of the person; the rest is had from the shop's owner or Shopify.",
            erasure: """
                What Shopify gave goes with the person or the identity. The webhooks customers/redact and shop/redact are \
                acted on.
                """))
}
