import HubSandbox

/// The made-up secrets of the demo, which the sample tenants.yaml refers to. They open nothing but the sandbox.
enum DemoSecrets {
    static let acmeKey = "demo-key-of-acme-for-the-sandbox-only"
    static let globexKey = "demo-key-of-globex-for-the-sandbox-only"
    static let acmeSigning = "whsec_ZGVtby1zaWduaW5nLXNlY3JldC1vZi1hY21lLTAwMDE="
    static let globexSigning = "whsec_ZGVtby1zaWduaW5nLXNlY3JldC1vZi1nbG9iZXgtMDE="

    /// Signs the client secret of Sign in with Apple; the sandbox knows the public half.
    static let appleKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYq+BGR1ArgbJ1vx3
        ZviKReu9W7NJFWd2qUs0XR4mX+yhRANCAARp4pQSGqIeup3s4S+xVbulbBETDydG
        VUoGDWhoZxYch7zNCQRpqzVWDmYCTLbwCu2C8mGw0NgmrhClnZNsinUs
        -----END PRIVATE KEY-----
        """

    static let environment = [
        "META_APP_SECRET": SandboxConfiguration.sample.appSecret,
        "META_VERIFY_TOKEN": SandboxConfiguration.sample.verifyToken,
        "ACME_API_KEY": acmeKey,
        "ACME_WHATSAPP_TOKEN": SandboxConfiguration.sample.numbers[0].accessToken,
        "ACME_CRM_SECRET": acmeSigning,
        "ACME_GOOGLE_SECRET": "sandbox-google-secret",
        "ACME_FACEBOOK_SECRET": "sandbox-facebook-secret",
        "ACME_SHOPIFY_SECRET": "sandbox-shopify-secret",
        "ACME_APPLE_KEY": appleKey,
        "GLOBEX_API_KEY": globexKey,
        "GLOBEX_WHATSAPP_TOKEN": SandboxConfiguration.sample.numbers[1].accessToken,
        "GLOBEX_CRM_SECRET": globexSigning,
    ]
}

/// A tenant of the sample tenants.yaml, as its own business system knows it.
struct DemoTenant: Sendable {
    /// As in tenants.yaml, and in the addresses of the demo.
    let name: String
    /// Of the hub's API.
    let key: String
    /// What the hub signs events with.
    let signing: String

    static let all = [
        DemoTenant(name: "acme", key: DemoSecrets.acmeKey, signing: DemoSecrets.acmeSigning),
        DemoTenant(name: "globex", key: DemoSecrets.globexKey, signing: DemoSecrets.globexSigning),
    ]
}
