extension ShopifyShop {
    /// The made-up shops of the start.
    /// - Parameter now: Unix seconds; the newest orders are hours old.
    static func samples(now: Int) -> [ShopifyShop] {
        ["acme-store.myshopify.com": "Acme Store", "globex-store.myshopify.com": "Globex Store"]
            .sorted { $0.key < $1.key }.enumerated().compactMap { index, entry in
                ShopDomain(entry.key).map { domain in
                    var shop = ShopifyShop(
                        domain: domain, id: 61_000_000_001 + index, name: entry.value,
                        email: "owner@\(domain.handle).example")
                    if domain.handle == "acme-store" { shop.fill(now: now) }
                    return shop
                }
            }
    }

    /// Customers whose phone numbers are those of people who write to the sample numbers, with a few orders.
    private mutating func fill(now: Int) {
        let hour = 3600
        let day = 24 * hour
        customers = [
            ShopifyCustomer(
                id: 7_210_000_000_001, firstName: "Sheena", lastName: "Nelson", email: "sheena.nelson@example.com",
                phone: "+16505551234", tags: ["VIP", "newsletter"], note: "Prefers WhatsApp.",
                createdAt: now - 400 * day),
            ShopifyCustomer(
                id: 7_210_000_000_002, firstName: "Grace", lastName: "Hopper", email: "grace.hopper@gmail.com",
                phone: "+16505555678", createdAt: now - 90 * day),
            ShopifyCustomer(
                id: 7_210_000_000_003, firstName: nil, lastName: nil, email: "guest@example.net", phone: nil,
                tags: ["guest"], createdAt: now - 30 * day),
        ]
        orders = [
            ShopifyOrder(
                id: 5_410_000_000_001, number: 1001, customerID: 7_210_000_000_001,
                email: "sheena.nelson@example.com", phone: "+16505551234", createdAt: now - 200 * day,
                updatedAt: now - 195 * day, financial: .paid, fulfillment: .fulfilled,
                items: [.init(title: "Reading lamp", quantity: 1, cents: 5990)],
                tracking: .init(
                    company: "UPS", number: "1Z999AA10123456784",
                    url: "https://www.ups.com/track?tracknum=1Z999AA10123456784")),
            ShopifyOrder(
                id: 5_410_000_000_002, number: 1002, customerID: 7_210_000_000_002, email: "grace.hopper@gmail.com",
                phone: "+16505555678", createdAt: now - 40 * day, updatedAt: now - 35 * day,
                financial: .partiallyRefunded, fulfillment: .fulfilled,
                items: [
                    .init(title: "Wool blanket", quantity: 2, cents: 4500),
                    .init(title: "Candle", quantity: 3, cents: 850),
                ]),
            ShopifyOrder(
                id: 5_410_000_000_003, number: 1003, customerID: 7_210_000_000_001,
                email: "sheena.nelson@example.com", phone: "+16505551234", createdAt: now - 3 * day,
                updatedAt: now - 2 * day, financial: .paid, fulfillment: .partiallyFulfilled,
                items: [
                    .init(title: "Oak side table", quantity: 1, cents: 18_900),
                    .init(title: "Ceramic vase", quantity: 2, cents: 3400),
                ], tags: ["gift"], note: "Please ring twice."),
            ShopifyOrder(
                id: 5_410_000_000_004, number: 1004, customerID: 7_210_000_000_003, email: "guest@example.net",
                createdAt: now - 5 * hour, updatedAt: now - 5 * hour, financial: .pending, fulfillment: .unfulfilled,
                items: [.init(title: "Ceramic vase", quantity: 1, cents: 3400)]),
        ]
    }
}
