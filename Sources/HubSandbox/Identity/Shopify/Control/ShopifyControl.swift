import Hummingbird

/// The control calls that only Shopify has: `/_sandbox/shopify/…`.
struct ShopifyControl: Sendable {
    static let defaultShop = "acme-store.myshopify.com"

    let platform: ShopifyPlatform
    var provider: IdentityProvider { platform.provider }

    func add(to router: Router<SandboxContext>) {
        let group = router.group("_sandbox/shopify")
        group.get("rules") { _, _ in Response.json(await platform.rules.json) }
        group.put("rules") { request, _ in
            try await platform.changeRules(try await request.json())
            return Response.json(await platform.rules.json)
        }
        group.post("session-tokens") { request, _ in
            Response.json(try await sessionToken(try await request.json()))
        }
        group.get("webhooks") { _, _ in
            Response.json(["webhooks": .array(await platform.courier.posts.map(\.json))])
        }
        group.post("webhooks") { request, _ in Response.json(try await webhook(try await request.json())) }
        group.post("uninstall") { request, _ in
            let json = try await request.json()
            let shop = try await shop(json)
            await platform.remove(try await client(json).id, from: shop.domain)
            return Response.json(["success": true])
        }
        group.post("bucket") { request, _ in Response.json(try await drain(try await request.json())) }
        addStore(to: group)
    }

    /// The shop that a call names, or the sample.
    func shop(_ json: JSON) async throws(ControlError) -> ShopifyShop {
        let text = json["shop"]?.text ?? Self.defaultShop
        guard let domain = ShopDomain(text), let shop = await platform.shop(domain) else {
            let known = await platform.shops.keys.sorted().joined(separator: ", ")
            throw ControlError("no shop '\(text.prefix(64))' here; known are \(known)", http: 404)
        }
        return shop
    }

    /// The app of `client_id`, or the first.
    func client(_ json: JSON) async throws(ControlError) -> SandboxConfiguration.IdentityClient {
        let clients = await provider.clients
        let id = json["client_id"]?.text
        guard let client = clients.first(where: { $0.id == id ?? $0.id }) else {
            throw ControlError("there is no such app", http: 404)
        }
        return client
    }

    private func sessionToken(_ json: JSON) async throws(ControlError) -> JSON {
        let person = try provider.people.person(in: json)
        let client = try await client(json)
        guard let domain = ShopDomain(json["shop"]?.text ?? Self.defaultShop) else {
            throw ControlError("'shop' takes the name of a shop")
        }
        let flaw: SessionToken.Flaw? = try json["flaw"].map { (value) throws(ControlError) in
            try FaultValue.choice(value, "'flaw'")
        }
        let token = SessionToken(
            shop: domain, clientID: client.id, userID: person.subject(at: "shopify", realm: domain.text),
            secret: await platform.signingSecret(client))
        return ["session_token": JSON(token.text(now: platform.now, flaw: flaw)), "user_id": JSON(token.userID)]
    }

    /// Posts a webhook, with or without a subscription, and tells what came of it.
    private func webhook(_ json: JSON) async throws -> JSON {
        guard let topic = json["topic"]?.text else { throw ControlError("'topic' is missing") }
        let client = try await client(json)
        let name = json["shop"]?.text ?? Self.defaultShop
        let shop = ShopDomain(name)
        var known: ShopifyShop?
        if let shop { known = await platform.shop(shop) }
        // A shop that nobody knows has a payload as well.
        let fallback = try await self.shop([:])
        let payload = try json["payload"] ?? Self.payload(topic, known ?? fallback, json)
        let usual = await platform.rules.webhookURL
        let url = json["url"]?.text ?? usual
        try OutgoingPost.check(url)
        let flaw: ShopifyWebhook.Flaw? = try json["flaw"].map { (value) throws(ControlError) in
            try FaultValue.choice(value, "'flaw'")
        }
        let copies = try json["copies"].map { (value) throws(ControlError) in
            try FaultValue.whole(value, "'copies'", 1...100)
        }
        var webhook = await platform.webhook(
            topic, shop: name, payload: payload, webhookID: json["webhook_id"]?.text,
            eventID: json["event_id"]?.text)
        webhook.name = json["name"]?.text
        let secret = await platform.signingSecret(client)
        var posts: [JSON] = []
        for copy in 0..<(copies ?? 1) {
            let outcome = await platform.courier.post(webhook, to: url, secret: secret, flaw: flaw, retry: copy)
            posts.append(outcome.report)
        }
        return ["url": JSON(url), "webhook_id": JSON(webhook.webhookID), "payload": payload, "posts": .array(posts)]
    }

    private static func payload(_ topic: String, _ shop: ShopifyShop, _ json: JSON) throws(ControlError) -> JSON {
        guard ShopifyPayloads.topics.contains(topic) else {
            throw ControlError(
                "'topic' takes one of \(ShopifyPayloads.topics.joined(separator: ", ")), or give a 'payload'")
        }
        let customer = try json["customer"].map { (value) throws(ControlError) in try Self.customer(value, in: shop) }
        let order = json["order"]?.integer.flatMap { id in shop.orders.first { $0.id == id } } ?? shop.orders.last
        guard let payload = ShopifyPayloads.make(topic, shop, customer: customer ?? shop.customers.first, order: order)
        else { throw ControlError("the shop has no order or customer to tell of") }
        return payload
    }

    /// A customer by id, phone number or address.
    static func customer(_ value: JSON, in shop: ShopifyShop) throws(ControlError) -> ShopifyCustomer {
        let found = shop.customers.first { customer in
            customer.id == value.integer ?? -1 || (value.text != nil && value.text == customer.phone)
                || (value.text != nil && value.text == customer.email)
        }
        guard let found else {
            throw ControlError("'customer' takes the id, phone or e-mail address of one that exists", http: 404)
        }
        return found
    }

    private func drain(_ json: JSON) async throws(ControlError) -> JSON {
        guard let level = json["level"] else { throw ControlError("'level' is missing") }
        let points = try FaultValue.whole(level, "'level'", 0...2000)
        await platform.drain(to: points, clientID: try await client(json).id, shop: try await shop(json).domain)
        return ["level": JSON(points)]
    }
}

extension ShopifyPlatform {
    fileprivate func drain(to level: Int, clientID: String, shop: ShopDomain) {
        let time = provider.clock.milliseconds
        var bucket = shops[shop.text]?.buckets[clientID] ?? GraphQLBucket(now: time)
        bucket.drain(to: level, now: time)
        shops[shop.text]?.buckets[clientID] = bucket
    }
}
