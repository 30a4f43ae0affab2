import AdapterKit
import HubStore
import Logging
import Metrics

/// Fetches the media that a channel's messages named, while the provider has them: a few at once, each again with longer
/// and longer pauses until it is there or lost.
actor MediaFetcher {
    /// Fetches under way at once.
    private static let limit = 4
    private static let storePause: Duration = .seconds(1)
    private static let firstPause: Duration = .seconds(2)
    private static let longestPause: Duration = .seconds(3600)
    /// A kind without a rule may be so large.
    private static let defaultLimit = 100 * 1024 * 1024

    private let tenant: Tenant
    private let desk: ChannelDesk
    private let adapter: any MediaChannel
    private let clock: any ClockPort
    private let logger: Logger
    private let wakeup: Wakeup
    private let fetched: Counter
    private let failed: Counter
    private var underWay = 0

    init(tenant: Tenant, desk: ChannelDesk, adapter: any MediaChannel, clock: any ClockPort, logger: Logger) {
        self.tenant = tenant
        self.desk = desk
        self.adapter = adapter
        self.clock = clock
        wakeup = tenant.signals.media(desk.configuration.name)
        var logger = logger
        logger[metadataKey: "tenant"] = "\(tenant.id)"
        logger[metadataKey: "channel"] = "\(desk.configuration.name)"
        self.logger = logger
        let dimensions = [("tenant", tenant.id), ("channel", desk.configuration.name)]
        fetched = Counter(label: "comfile_media_fetched_total", dimensions: dimensions)
        failed = Counter(label: "comfile_media_failed_total", dimensions: dimensions)
    }

    /// Works until it is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do {
                    let now = clock.now
                    let leased = try await tenant.store.leaseMedia(
                        channel: desk.configuration.name, limit: Self.limit - underWay, at: now)
                    underWay += leased.count
                    for media in leased { group.addTask { await self.fetch(media) } }
                    guard leased.isEmpty || underWay >= Self.limit else { continue }
                    let due =
                        underWay >= Self.limit
                        ? nil : try await tenant.store.nextMediaDue(channel: desk.configuration.name)
                    await wakeup.sleep(for: due.map { max($0 - clock.now, .milliseconds(100)) })
                } catch {
                    guard !Task.isCancelled else { return }
                    logger.error("media to fetch cannot be read", metadata: ["reason": "\(error)"])
                    await wakeup.sleep(for: Self.storePause)
                }
            }
        }
    }

    private func fetch(_ media: LeasedMedia) async {
        let result = await outcome(of: media)
        // A hub that stops fetches it again when it starts.
        guard !Task.isCancelled else { return }
        switch result {
        case .stored: fetched.increment()
        case .failed: failed.increment()
        case .again: break
        }
        do {
            try await tenant.store.settle(media, result, at: clock.now)
        } catch {
            logger.error("what became of media could not be stored", metadata: ["reason": "\(error)"])
        }
        underWay -= 1
        wakeup.wake()
    }

    private func outcome(of media: LeasedMedia) async -> MediaResult {
        let maximum = desk.manifest.media.first { $0.kind == media.kind }?.maximumBytes ?? Self.defaultLimit
        let writer: MediaWriter
        do {
            writer = try await tenant.store.mediaWriter(for: media, limit: maximum)
        } catch {
            return retry(media, FailureReason(code: "not_stored", title: "The media could not be stored"))
        }
        let news: FetchedMedia
        do throws(ProviderFailure) {
            news = try await adapter.fetch(media.reference, into: writer)
        } catch {
            await writer.abort()
            if writer.isTooLarge {
                return .failed(FailureReason(code: "too_large", title: "The media are larger than \(maximum) bytes"))
            }
            return switch error.kind {
            case .refused, .notFound: .failed(error.reason)
            case .throttled, .unavailable, .misconfigured: retry(media, error.reason, after: error.retryAfter)
            }
        }
        do {
            let written = try await writer.finish()
            if let expected = news.sha256 ?? media.reference.sha256, expected != written.sha256 {
                return retry(
                    media, FailureReason(code: "hash_mismatch", title: "What came is not what the provider announced"))
            }
            return .stored(written, mimeType: news.mimeType)
        } catch {
            return retry(media, FailureReason(code: "not_stored", title: "The media could not be stored"))
        }
    }

    /// Again with a longer pause, unless the provider has it no more by then.
    private func retry(_ media: LeasedMedia, _ reason: FailureReason, after pause: Duration? = nil) -> MediaResult {
        let backoff = min(Self.firstPause * (1 << min(media.attempt - 1, 12)), Self.longestPause)
        let next = clock.now + max(pause ?? backoff, backoff)
        return next < media.expiresAt ? .again(at: next, reason, counts: true) : .failed(reason)
    }
}
