/// Answering GraphQL.
extension ShopifyPlatform {
    /// The points that one query may cost.
    static let costLimit = 1000

    /// - Parameter token: one that is alive.
    func answer(_ body: JSON, _ token: ShopifyToken) async -> JSON {
        let isDataProtected = await provider.take("protected_data") != nil
        let isThrottled = await provider.take("throttled") != nil
        guard let shop = shops[token.shop.text] else { return Self.failed([]) }
        do throws(GraphQLError) {
            let request = try GraphQLRequest(body)
            let mistakes = try request.mistakes(in: AdminSchema.schema)
            guard mistakes.isEmpty else { return Self.failed(mistakes) }
            let cost = try request.cost(in: AdminSchema.schema)
            guard cost <= Self.costLimit else {
                throw GraphQLError(
                    message: "Query cost is \(cost), which exceeds the single query max cost limit \(Self.costLimit).",
                    code: "MAX_COST_EXCEEDED",
                    extensions: [
                        .init(name: "cost", value: JSON(cost)), .init(name: "maxCost", value: JSON(Self.costLimit)),
                    ])
            }
            let time = provider.clock.milliseconds
            var bucket = shop.buckets[token.clientID] ?? GraphQLBucket(now: time)
            if isThrottled { bucket.drain(to: 0, now: time) }
            let isAdmitted = bucket.take(cost, now: time)
            shops[token.shop.text]?.buckets[token.clientID] = bucket
            guard isAdmitted else {
                return Self.failed([.throttled]).adding("extensions", ["cost": bucket.json(cost: cost, actual: nil)])
            }
            return run(request, token, shop, isDataProtected: isDataProtected, cost: cost)
        } catch {
            return Self.failed([error])
        }
    }

    private func run(
        _ request: GraphQLRequest, _ token: ShopifyToken, _ shop: ShopifyShop, isDataProtected: Bool, cost: Int
    ) -> JSON {
        let warnings = AdminRoot.Warnings()
        let changes = AdminRoot.Changes()
        let root = AdminRoot(
            shop: shop, clientID: token.clientID, scopes: token.scopes, warnings: warnings,
            isDataProtected: isDataProtected)
        let fields = request.operation.kind == .query ? root.query() : root.mutation(changes, now: now)
        let result = request.run(fields, schema: AdminSchema.schema) { token.scopes.contains($0) }
        if result.errors.isEmpty {
            shops[shop.domain.text]?.subscriptions.removeAll { changes.removed.contains($0.id) }
            shops[shop.domain.text]?.subscriptions += changes.added
        }
        let bucket = shops[shop.domain.text]?.buckets[token.clientID] ?? GraphQLBucket(now: provider.clock.milliseconds)
        return [
            "data": result.data,
            "errors": result.errors.isEmpty ? nil : .array(result.errors.map(\.json)),
            "extensions": [
                "cost": bucket.json(cost: cost, actual: cost),
                "search": warnings.list.isEmpty ? nil : .array(warnings.list),
            ],
        ]
    }

    private static func failed(_ errors: [GraphQLError]) -> JSON { ["errors": .array(errors.map(\.json))] }
}
