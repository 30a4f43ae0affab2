import AdapterKit
import Apple
import Facebook
import Google
import HubCore
import OpenIDConnect
import Shopify
import Webhook
import WhatsAppCloud

/// The adapters that this build of the hub has: the only place that names them all.
enum BuiltinAdapters {
    static func catalogue() throws -> AdapterCatalogue {
        try AdapterCatalogue([
            WhatsAppCloudAdapter.self, WebhookAdapter.self,
            OpenIDConnectAdapter.self, GoogleAdapter.self, AppleAdapter.self, FacebookAdapter.self, ShopifyAdapter.self,
            ShopifyAdminAdapter.self, GoogleDriveAdapter.self,
        ])
    }
}
