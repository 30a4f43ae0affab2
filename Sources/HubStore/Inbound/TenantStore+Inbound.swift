public import AdapterKit

/// What became of the updates of one batch.
public struct IngestSummary: Sendable, Equatable {
    public var messages = 0
    public var statuses = 0
    public var notices = 0
    /// Updates that were in the store already.
    public var repeats = 0
}

extension TenantStore {
    /// Stores the updates of one channel in one transaction: all of them are on disk when this returns, or none.
    @discardableResult
    public func ingest(_ updates: [InboundUpdate], channel: StoreChannel, at now: Timestamp) async throws
        -> IngestSummary
    {
        try await write(weight: updates.count) { context in
            var summary = IngestSummary()
            for update in updates {
                let (isNew, kind) =
                    switch update {
                    case .message(let message):
                        (try context.ingest(message, channel: channel, now: now), \IngestSummary.messages)
                    case .status(let status):
                        (try context.ingest(status, channel: channel.name, now: now), \IngestSummary.statuses)
                    case .contact(let contact):
                        (try context.ingest(contact, channel: channel.name, now: now), \IngestSummary.notices)
                    case .consent(let consent):
                        (try context.ingest(consent, channel: channel.name, now: now), \IngestSummary.notices)
                    case .template(let template):
                        (try context.ingest(template, channel: channel, now: now), \IngestSummary.notices)
                    case .alert(let alert):
                        (try context.ingest(alert, channel: channel.name), \IngestSummary.notices)
                    case .limits(let limits):
                        (try context.ingest(limits, channel: channel.name), \IngestSummary.notices)
                    case .notice(let notice):
                        (try context.ingest(notice, channel: channel.name), \IngestSummary.notices)
                    }
                summary[keyPath: isNew ? kind : \.repeats] += 1
            }
            return summary
        }
    }
}
