import AdapterKit
import Synchronization

@testable import HubCore

/// A channel with media, templates and operations whose provider is a script.
struct ScriptedMedia: MediaChannel {
    static let manifest = ScriptedChannel.manifest

    /// What a fetch writes and then does; called with which time it is, from 1.
    typealias Fetch = @Sendable (MediaReference, any ByteSink, Int) async throws(ProviderFailure) -> FetchedMedia

    final class Calls: Sendable {
        let fetches = Mutex(0)
        let uploads = Mutex<[(MediaUpload, [UInt8])]>([])
        let sent = Mutex<[OutboundMessage]>([])
    }

    let calls = Calls()
    var onFetch: Fetch = { _, _, _ async throws(ProviderFailure) in FetchedMedia() }

    init(settings: AdapterSettings, host: any AdapterHost) throws {}

    init(_ onFetch: @escaping Fetch) { self.onFetch = onFetch }

    init() {}

    func receive(_ request: WebhookRequest) throws(WebhookRejection) -> WebhookReceipt { WebhookReceipt(batches: []) }

    func send(_ message: OutboundMessage) async -> SendOutcome {
        calls.sent.withLock { $0.append(message) }
        return .accepted(providerID: "wamid.\(message.id)")
    }

    func fetch(_ media: MediaReference, into sink: any ByteSink) async throws(ProviderFailure) -> FetchedMedia {
        let time = calls.fetches.withLock { count in
            count += 1
            return count
        }
        return try await onFetch(media, sink, time)
    }

    func upload(_ media: MediaUpload, from source: any ByteSource) async throws(ProviderFailure) -> UploadedMedia {
        var bytes: [UInt8] = []
        do {
            while let piece = try await source.next() { bytes += piece }
        } catch {
            throw ProviderFailure(.unavailable, FailureReason(code: "unread", title: "Unread"))
        }
        let count = calls.uploads.withLock { uploads in
            uploads.append((media, bytes))
            return uploads.count
        }
        return UploadedMedia(providerID: "provider-\(count)", expiresAt: ManualClock.start + .seconds(86_400))
    }
}
