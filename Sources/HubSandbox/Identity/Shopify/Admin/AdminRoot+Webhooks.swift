/// Subscribing to webhooks.
extension AdminRoot {
    /// What a mutation changes; applied to the shop once the mutation has run.
    final class Changes {
        var added: [WebhookSubscription] = []
        var removed: Set<Int> = []
    }

    /// - Parameter now: Unix seconds.
    func mutation(_ changes: Changes, now: Int) -> [String: GraphQLValue.Resolver] {
        [
            "webhookSubscriptionCreate": { (arguments) throws(GraphQLError) in subscribe(arguments, changes, now: now)
            },
            "webhookSubscriptionDelete": { (arguments) throws(GraphQLError) in unsubscribe(arguments, changes) },
        ]
    }

    private func subscribe(_ arguments: GraphQLArguments, _ changes: Changes, now: Int) -> GraphQLValue {
        func payload(_ subscription: WebhookSubscription?, _ errors: [JSON] = []) -> GraphQLValue {
            .object(
                type: "WebhookSubscriptionCreatePayload",
                [
                    "webhookSubscription": GraphQLValue.just(subscription.map { Self.subscription($0) } ?? .null),
                    "userErrors": GraphQLValue.just(.list(errors.map { .object(type: "UserError", leaves: $0) })),
                ])
        }
        let topic = arguments["topic"]?.text ?? ""
        guard let known = WebhookSubscription.topics.first(where: { WebhookSubscription.enumName($0) == topic }) else {
            return payload(nil, [["field": ["topic"], "message": "Topic is not played here"]])
        }
        let input = arguments["webhookSubscription"]
        guard let url = input?["uri"]?.text ?? input?["callbackUrl"]?.text,
            url.hasPrefix("https://") || url.hasPrefix("http://127.0.0.1") || url.hasPrefix("http://localhost")
        else {
            return payload(
                nil, [["field": ["webhookSubscription", "callbackUrl"], "message": "Address is invalid"]])
        }
        let all = shop.subscriptions + changes.added
        guard !all.contains(where: { $0.clientID == clientID && $0.topic == known && $0.url == url }) else {
            return payload(
                nil,
                [
                    [
                        "field": ["webhookSubscription", "callbackUrl"],
                        "message": "Address for this topic has already been taken",
                    ]
                ])
        }
        let made = WebhookSubscription(
            id: (all.map(\.id).max() ?? 1_200_000_000_000) + 1, clientID: clientID, topic: known, url: url,
            createdAt: now)
        changes.added.append(made)
        return payload(made)
    }

    private func unsubscribe(_ arguments: GraphQLArguments, _ changes: Changes) -> GraphQLValue {
        let id = Self.id(arguments, "WebhookSubscription")
        let found = shop.subscriptions.first { $0.id == id && $0.clientID == clientID }
        if let found { changes.removed.insert(found.id) }
        let errors: [JSON] =
            found == nil ? [["field": ["id"], "message": "Webhook subscription does not exist"]] : []
        return .object(
            type: "WebhookSubscriptionDeletePayload",
            [
                "deletedWebhookSubscriptionId": GraphQLValue.just(.leaf(found.map { JSON($0.globalID) } ?? .null)),
                "userErrors": GraphQLValue.just(.list(errors.map { .object(type: "UserError", leaves: $0) })),
            ])
    }
}
