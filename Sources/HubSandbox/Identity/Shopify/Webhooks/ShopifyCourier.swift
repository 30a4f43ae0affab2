/// Carries Shopify's webhooks, tries again until a receiver answers 2xx, and keeps what was posted.
actor ShopifyCourier {
    /// One post and what came of it.
    struct Post: Sendable {
        let topic: String
        let shop: String
        let url: String
        let webhookID: String
        /// 0 for the first post, counting up for retries.
        let retry: Int
        let outcome: OutgoingPost.Outcome

        var json: JSON {
            ([
                "topic": JSON(topic), "shop": JSON(shop), "url": JSON(url), "webhook_id": JSON(webhookID),
                "retry": JSON(retry),
            ] as JSON) + outcome.report
        }
    }

    /// Shopify gives a webhook up after so many retries.
    static let retryLimit = 8

    private let outgoing: OutgoingPost
    private let background: BackgroundWork
    private let clock: SandboxClock
    private let retries: SandboxConfiguration.RetrySchedule
    private var log = BoundedLog<Post>(limit: 200)
    /// Counts resets: what was planned before one is not posted after it.
    private var generation = 0

    init(
        outgoing: OutgoingPost, background: BackgroundWork, clock: SandboxClock,
        retries: SandboxConfiguration.RetrySchedule
    ) {
        self.outgoing = outgoing
        self.background = background
        self.clock = clock
        self.retries = retries
    }

    /// The newest posts, oldest first.
    var posts: [Post] { log.elements }

    func reset() {
        generation += 1
        log.removeAll()
    }

    /// Posts a webhook once.
    func post(
        _ webhook: ShopifyWebhook, to url: String, secret: String, flaw: ShopifyWebhook.Flaw? = nil, retry: Int = 0
    ) async -> OutgoingPost.Outcome {
        let outcome = await outgoing.send(
            webhook.body(flaw), to: url, headers: webhook.headers(secret: secret, flaw: flaw))
        log.append(
            Post(
                topic: webhook.topic, shop: webhook.shop, url: url, webhookID: webhook.webhookID, retry: retry,
                outcome: outcome))
        return outcome
    }

    /// Posts a webhook in the background, and again until it is taken or given up.
    func deliver(_ webhook: ShopifyWebhook, to url: String, secret: String) {
        let generation = generation
        background.start {
            var retry = 0
            while await !self.isDone(webhook, url, secret, retry: retry, generation) {
                retry += 1
                guard retry <= Self.retryLimit, let pause = self.retries.pause(beforeRetry: retry),
                    (try? await self.clock.sleep(for: pause)) != nil
                else { return }
            }
        }
    }

    /// Does something at a later time of the sandbox's clock, unless there was a reset before.
    func later(_ pause: Duration, _ work: @escaping @Sendable () async -> Void) {
        let generation = generation
        background.start {
            guard (try? await self.clock.sleep(for: pause)) != nil, await self.generation == generation else { return }
            await work()
        }
    }

    private func isDone(
        _ webhook: ShopifyWebhook, _ url: String, _ secret: String, retry: Int, _ generation: Int
    ) async -> Bool {
        guard generation == self.generation else { return true }
        return await post(webhook, to: url, secret: secret, retry: retry).isAcknowledged
    }
}
