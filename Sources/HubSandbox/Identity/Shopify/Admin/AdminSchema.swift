/// The part of the GraphQL Admin API that is played: what a support desk reads, and webhook subscriptions.
enum AdminSchema {
    static let schema = GraphQLSchema(types: [
        "QueryRoot": [
            "shop": .object("Shop"),
            "customers": .connection("Customer", scope: "read_customers"),
            "customer": .object("Customer", ["id"], scope: "read_customers"),
            "customerByIdentifier": .object("Customer", ["identifier"], scope: "read_customers"),
            "orders": .connection("Order", scope: "read_orders"),
            "order": .object("Order", ["id"], scope: "read_orders"),
            "webhookSubscriptions": .connection("WebhookSubscription", ["topics"]),
            "currentAppInstallation": .object("AppInstallation"),
        ],
        "Mutation": [
            "webhookSubscriptionCreate": .object(
                "WebhookSubscriptionCreatePayload", ["topic", "webhookSubscription"]),
            "webhookSubscriptionDelete": .object("WebhookSubscriptionDeletePayload", ["id"]),
        ],
        "Shop": [
            "id": .scalar("ID"), "name": .scalar(), "email": .scalar(), "contactEmail": .scalar(),
            "myshopifyDomain": .scalar(), "currencyCode": .scalar("CurrencyCode"), "ianaTimezone": .scalar(),
            "url": .scalar("URL"), "plan": .object("ShopPlan"),
        ],
        "ShopPlan": [
            "displayName": .scalar(), "partnerDevelopment": .scalar("Boolean"), "shopifyPlus": .scalar("Boolean"),
        ],
        "Customer": customer,
        "CustomerEmailAddress": ["emailAddress": .scalar()],
        "CustomerPhoneNumber": ["phoneNumber": .scalar()],
        "MoneyV2": ["amount": .scalar("Decimal"), "currencyCode": .scalar("CurrencyCode")],
        "MoneyBag": ["shopMoney": .object("MoneyV2"), "presentmentMoney": .object("MoneyV2")],
        "Order": order,
        "LineItem": ["id": .scalar("ID"), "title": .scalar(), "name": .scalar(), "quantity": .scalar("Int")],
        "Fulfillment": [
            "id": .scalar("ID"), "status": .scalar("FulfillmentStatus"),
            "trackingInfo": .object("FulfillmentTrackingInfo"),
        ],
        "FulfillmentTrackingInfo": ["company": .scalar(), "number": .scalar(), "url": .scalar("URL")],
        "WebhookSubscription": [
            "id": .scalar("ID"), "topic": .scalar("WebhookSubscriptionTopic"), "uri": .scalar(),
            "callbackUrl": .scalar("URL"), "format": .scalar("WebhookSubscriptionFormat"),
            "createdAt": .scalar("DateTime"), "updatedAt": .scalar("DateTime"),
            "endpoint": .object("WebhookHttpEndpoint"),
        ],
        "WebhookHttpEndpoint": ["callbackUrl": .scalar("URL")],
        "WebhookSubscriptionCreatePayload": [
            "webhookSubscription": .object("WebhookSubscription"), "userErrors": .object("UserError"),
        ],
        "WebhookSubscriptionDeletePayload": [
            "deletedWebhookSubscriptionId": .scalar("ID"), "userErrors": .object("UserError"),
        ],
        "UserError": ["field": .scalar(), "message": .scalar()],
        "AppInstallation": ["id": .scalar("ID"), "accessScopes": .object("AccessScope")],
        "AccessScope": ["handle": .scalar()],
    ])

    private static let customer: [String: GraphQLSchema.Field] = [
        "id": .scalar("ID"), "legacyResourceId": .scalar("UnsignedInt64"), "displayName": .scalar(),
        "firstName": .scalar(), "lastName": .scalar(), "email": .scalar(), "phone": .scalar(),
        "defaultEmailAddress": .object("CustomerEmailAddress"), "defaultPhoneNumber": .object("CustomerPhoneNumber"),
        "numberOfOrders": .scalar("UnsignedInt64"), "amountSpent": .object("MoneyV2"), "tags": .scalar(),
        "note": .scalar(), "locale": .scalar(), "state": .scalar("CustomerState"), "verifiedEmail": .scalar("Boolean"),
        "createdAt": .scalar("DateTime"), "updatedAt": .scalar("DateTime"),
        "orders": .connection("Order", scope: "read_orders"), "lastOrder": .object("Order", scope: "read_orders"),
    ]

    private static let order: [String: GraphQLSchema.Field] = [
        "id": .scalar("ID"), "legacyResourceId": .scalar("UnsignedInt64"), "name": .scalar(),
        "createdAt": .scalar("DateTime"), "processedAt": .scalar("DateTime"), "updatedAt": .scalar("DateTime"),
        "cancelledAt": .scalar("DateTime"), "closedAt": .scalar("DateTime"), "email": .scalar(), "phone": .scalar(),
        "note": .scalar(), "tags": .scalar(), "test": .scalar("Boolean"),
        "displayFinancialStatus": .scalar("OrderDisplayFinancialStatus"),
        "displayFulfillmentStatus": .scalar("OrderDisplayFulfillmentStatus"),
        "totalPriceSet": .object("MoneyBag"), "currentTotalPriceSet": .object("MoneyBag"),
        "statusPageUrl": .scalar("URL"), "customer": .object("Customer", scope: "read_customers"),
        "lineItems": .connection("LineItem"),
        "fulfillments": GraphQLSchema.Field(type: "Fulfillment", arguments: ["first"]),
    ]
}
