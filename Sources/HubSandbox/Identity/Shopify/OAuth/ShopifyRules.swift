/// How the platform works, where it has changed or differs by app.
struct ShopifyRules: Hashable, Sendable {
    /// How long a refresh token that was used already is taken again, which gives the same answer as the first time.
    enum RefreshRetry: String, Sendable, CaseIterable {
        /// Until its replacement is used, at most 30 days: since August 2026.
        case untilReplaced = "until_replaced"
        /// For an hour: before that.
        case hour
        /// Never: stricter than Shopify ever was.
        case never
    }

    var refreshRetry = RefreshRetry.untilReplaced
    /// Where webhooks go that the app's own settings subscribe to: privacy topics and `app/uninstalled`.
    var webhookURL = "http://127.0.0.1:8080/auth/acme/shopify/events/webhooks"

    /// The rules with those of a control call in them.
    func changed(_ json: JSON) throws(ControlError) -> ShopifyRules {
        var rules = self
        for member in json.members ?? [] {
            switch member.name {
            case "refresh_retry": rules.refreshRetry = try FaultValue.choice(member.value, "refresh_retry")
            case "webhook_url":
                guard let url = member.value.text else { throw ControlError("webhook_url takes an address") }
                try OutgoingPost.check(url)
                rules.webhookURL = url
            default: throw ControlError("no rule '\(member.name.prefix(40))'; known are refresh_retry, webhook_url")
            }
        }
        return rules
    }

    var json: JSON { ["refresh_retry": JSON(refreshRetry.rawValue), "webhook_url": JSON(webhookURL)] }
}
