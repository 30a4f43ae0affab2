import AdapterKit
import HubStore

/// Hands the media of a message to the provider before the message itself, once per channel while the provider keeps them.
struct MediaHandover: Sendable {
    let desk: ChannelDesk
    let clock: any ClockPort

    /// Why a message cannot be sent now, as a send of it would say.
    struct Failure: Error {
        let outcome: SendOutcome
    }

    /// The message with the provider's ids of all its media.
    func complete(_ leased: LeasedMessage) async -> Result<OutboundMessage, Failure> {
        var message = leased.message
        for id in leased.missingMedia {
            do {
                message.providerIDs[id] = try await handOver(id)
            } catch let failure as Failure {
                return .failure(failure)
            } catch {
                let reason = FailureReason(code: "media_unreadable", title: "The media cannot be read at the moment")
                return .failure(Failure(outcome: .unavailable(reason: reason)))
            }
        }
        return .success(message)
    }

    private func handOver(_ id: String) async throws -> String {
        guard let adapter = desk.adapter as? any MediaChannel,
            let reader = try await desk.store.openMedia(id: id)
        else {
            let reason = FailureReason(code: "media_missing", title: "The media are not there, or not for this channel")
            throw Failure(outcome: .rejected(reason))
        }
        let media = reader.record
        let upload = MediaUpload(
            kind: media.kind, mimeType: media.mimeType ?? "application/octet-stream", filename: media.filename,
            size: reader.count)
        do throws(ProviderFailure) {
            let uploaded = try await adapter.upload(upload, from: reader)
            try? await desk.store.keepProviderMedia(
                id, channel: desk.configuration.name, providerID: uploaded.providerID, expiresAt: uploaded.expiresAt)
            return uploaded.providerID
        } catch {
            throw Failure(outcome: Self.outcome(of: error))
        }
    }

    /// Media that were handed over twice harm nobody, so nothing is uncertain here.
    private static func outcome(of failure: ProviderFailure) -> SendOutcome {
        switch failure.kind {
        case .refused, .notFound: .rejected(failure.reason)
        case .throttled: .throttled(scope: .channel, retryAfter: failure.retryAfter)
        case .unavailable: .unavailable(reason: failure.reason)
        case .misconfigured: .misconfigured(failure.reason)
        }
    }
}
