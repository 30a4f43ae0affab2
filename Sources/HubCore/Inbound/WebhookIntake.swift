public import AdapterKit
import HubStore
import Logging
import Metrics

/// Why a webhook gets another answer than 200.
public enum WebhookRefusal: Error, Sendable, Equatable {
    /// There is no such endpoint.
    case unknownEndpoint
    /// It does not come from the provider.
    case rejected(WebhookRejection)
    /// It cannot be stored right now: the provider is to send it again.
    case unavailable
}

/// Takes webhooks in: proves them, finds whose each update is, and has all of them on disk before it returns.
struct WebhookIntake: Sendable {
    let receivers: [WebhookEndpoint: any ChannelAdapter]
    let tenants: [String: Tenant]
    let attribution: Attribution
    let quarantine: Quarantine
    let metrics: [ChannelPlace: InboundMetrics]
    let channels: [ChannelPlace: StoreChannel]
    let logger: Logger

    func handshake(_ endpoint: WebhookEndpoint, _ request: WebhookRequest) throws(WebhookRefusal) -> String {
        guard let receiver = receivers[endpoint] as? any WebhookHandshake else { throw .unknownEndpoint }
        do throws(WebhookRejection) {
            return try receiver.handshake(request)
        } catch {
            throw .rejected(error)
        }
    }

    /// Returns when everything that the webhook said is on disk.
    func receive(_ endpoint: WebhookEndpoint, _ request: WebhookRequest) async throws(WebhookRefusal) {
        guard let receiver = receivers[endpoint] else { throw .unknownEndpoint }
        let receipt: WebhookReceipt
        do throws(WebhookRejection) {
            receipt = try receiver.receive(request)
        } catch {
            Self.rejected.increment()
            throw .rejected(error)
        }
        try await store(receipt, from: endpoint, at: request.receivedAt)
    }

    /// Takes a batch out of the quarantine again: its signature held when it came. Returns nil when everything found its
    /// place, or why not.
    func replay(_ kept: QuarantinedBatch) async -> String? {
        guard let endpoint = WebhookEndpoint(kept.endpoint), let receiver = receivers[endpoint] else {
            return "there is no endpoint \(kept.endpoint) any more"
        }
        do throws(WebhookRejection) {
            let request = WebhookRequest(body: kept.body, receivedAt: kept.receivedAt, isProven: true)
            for batch in try receiver.receive(request).batches {
                if let reason = await unplaced(batch, at: endpoint, receivedAt: kept.receivedAt) { return reason }
            }
            return nil
        } catch {
            return "its adapter does not read it: \(error.rawValue)"
        }
    }

    private func store(
        _ receipt: WebhookReceipt, from endpoint: WebhookEndpoint, at now: Timestamp
    ) async throws(WebhookRefusal) {
        // The usual webhook is one batch of one channel: nothing to gather.
        if receipt.batches.count == 1, let batch = receipt.batches.first, batch.problem == nil,
            let place = batch.account.flatMap({ attribution.place($0, at: endpoint) })
        {
            return try await ingest([batch], at: place, endpoint, now)
        }
        var placed: [ChannelPlace: [InboundBatch]] = [:]
        var order: [ChannelPlace] = []
        for batch in receipt.batches {
            guard let place = batch.account.flatMap({ attribution.place($0, at: endpoint) }) else {
                try await keep(batch, endpoint, batch.problem ?? Self.unknown(batch.account), now)
                continue
            }
            if let problem = batch.problem { try await keep(batch, endpoint, problem, now) }
            if placed.updateValue((placed[place] ?? []) + [batch], forKey: place) == nil { order.append(place) }
        }
        let failures = await withTaskGroup(of: WebhookRefusal?.self) { group in
            for place in order {
                let batches = placed[place] ?? []
                group.addTask {
                    do throws(WebhookRefusal) {
                        try await ingest(batches, at: place, endpoint, now)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
        }
        if let failure = failures.first { throw failure }
    }

    private func ingest(
        _ batches: [InboundBatch], at place: ChannelPlace, _ endpoint: WebhookEndpoint, _ now: Timestamp
    ) async throws(WebhookRefusal) {
        guard let tenant = tenants[place.tenant] else { throw .unknownEndpoint }
        let updates = batches.count == 1 ? batches[0].updates : batches.flatMap(\.updates)
        try await tellSiblings(batches, of: place, tenant, now)
        if try await ingest(updates, at: place, of: tenant, now) { return }
        // Each on its own: one that cannot be stored takes no other with it.
        for batch in batches {
            var isWhole = true
            for update in batch.updates {
                let isStored = try await ingest([update], at: place, of: tenant, now)
                isWhole = isWhole && isStored
            }
            if !isWhole { try await keep(batch, endpoint, "it could not be stored", now) }
        }
    }

    /// News of an account are news of all its channels: what stops or limits one does so for the others.
    private func tellSiblings(
        _ batches: [InboundBatch], of place: ChannelPlace, _ tenant: Tenant, _ now: Timestamp
    ) async throws(WebhookRefusal) {
        var news: [InboundUpdate] = []
        for batch in batches {
            guard case .parent? = batch.account else { continue }
            news += batch.updates.compactMap(\.forSiblings)
        }
        guard !news.isEmpty, let account = channels[place]?.account else { return }
        let siblings = channels.filter {
            $0.key.tenant == place.tenant && $0.key.channel != place.channel && $0.value.account == account
        }
        for sibling in siblings.keys { _ = try await ingest(news, at: sibling, of: tenant, now) }
    }

    /// Stores updates of a channel. Says false when it is the updates that cannot be stored, and not the store that cannot
    /// take them now.
    private func ingest(
        _ updates: [InboundUpdate], at place: ChannelPlace, of tenant: Tenant, _ now: Timestamp
    ) async throws(WebhookRefusal) -> Bool {
        do {
            let summary = try await tenant.store.ingest(updates, channel: channel(place, of: tenant), at: now)
            metrics[place]?.count(summary)
            tenant.signals.count(inbound: summary.messages, on: place.channel)
            return true
        } catch let error as StoreError where error.code != .failed && error.code != .unsealable {
            // A full queue or disk passes: the provider keeps the webhook and sends it again.
            logger.warning(
                "a webhook could not be stored",
                metadata: ["tenant": "\(place.tenant)", "channel": "\(place.channel)", "reason": "\(error)"])
            throw .unavailable
        } catch {
            logger.error(
                "updates of a signed webhook could not be stored",
                metadata: ["tenant": "\(place.tenant)", "channel": "\(place.channel)", "reason": "\(error)"])
            return false
        }
    }

    /// Stores a batch of the quarantine; says why not.
    private func unplaced(_ batch: InboundBatch, at endpoint: WebhookEndpoint, receivedAt: Timestamp) async -> String? {
        guard let place = batch.account.flatMap({ attribution.place($0, at: endpoint) }),
            let tenant = tenants[place.tenant]
        else { return batch.problem ?? Self.unknown(batch.account) }
        do {
            let summary = try await tenant.store.ingest(
                batch.updates, channel: channel(place, of: tenant), at: receivedAt)
            metrics[place]?.count(summary)
            return batch.problem
        } catch {
            return "\(error)"
        }
    }

    private func channel(_ place: ChannelPlace, of tenant: Tenant) -> StoreChannel {
        channels[place] ?? StoreChannel(place.channel, account: place.channel)
    }

    private func keep(
        _ batch: InboundBatch, _ endpoint: WebhookEndpoint, _ reason: String, _ now: Timestamp
    ) async throws(WebhookRefusal) {
        do {
            let body = batch.replayBody.string.map { Array($0.utf8) } ?? batch.replayBody.encoded
            try await quarantine.add(endpoint: endpoint.description, reason: reason, body: body, at: now)
        } catch {
            logger.error("the quarantine cannot be written", metadata: ["reason": "\(error)"])
            throw .unavailable
        }
        Self.quarantined.increment()
        logger.warning(
            "signed updates went to the quarantine", metadata: ["endpoint": "\(endpoint)", "reason": "\(reason)"])
    }

    /// The account is the business's, not a person's, and an operator needs it to add the channel.
    private static func unknown(_ account: ProviderAccount?) -> String {
        switch account {
        case .channel(let id): "no channel of this endpoint has the account \(id.prefix(64))"
        case .parent(let id): "no tenant of this endpoint, or more than one, has the parent account \(id.prefix(64))"
        case nil: "it names no account"
        }
    }

    private static let rejected = Counter(label: "comfile_webhooks_rejected_total")
    private static let quarantined = Counter(label: "comfile_quarantined_total")
}

extension InboundUpdate {
    /// What the other channels of an account have to know; nil where it is the first channel's business alone.
    fileprivate var forSiblings: InboundUpdate? {
        switch self {
        case .alert(let alert) where alert.effect != .none: .alert(alert)
        case .limits(let limits) where limits.newContactsPerDay != nil:
            .limits(ChannelLimits(newContactsPerDay: limits.newContactsPerDay))
        default: nil
        }
    }
}
