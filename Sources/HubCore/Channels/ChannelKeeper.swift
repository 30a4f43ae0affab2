import AdapterKit
import HubStore
import Logging

/// Keeps what is known of a channel fresh: asks its provider how it is, and takes its templates over.
struct ChannelKeeper: Sendable {
    /// Between two looks. What changes meanwhile comes by webhook.
    private static let interval: Duration = .seconds(6 * 3600)
    /// After a look that failed.
    private static let retryInterval: Duration = .seconds(15 * 60)

    private let desk: ChannelDesk
    private let clock: any ClockPort
    private let logger: Logger

    init(tenant: Tenant, desk: ChannelDesk, clock: any ClockPort, logger: Logger) {
        self.desk = desk
        self.clock = clock
        var logger = logger
        logger[metadataKey: "tenant"] = "\(tenant.id)"
        logger[metadataKey: "channel"] = "\(desk.configuration.name)"
        self.logger = logger
    }

    /// Whether there is anything to keep.
    static func isNeeded(for desk: ChannelDesk) -> Bool {
        desk.adapter is any HealthProbe || desk.adapter is any TemplateChannel
    }

    /// Works until it is cancelled.
    func run() async {
        // Tenants that start together do not ask together.
        try? await Task.sleep(for: .milliseconds(Int.random(in: 0...2000)))
        while !Task.isCancelled {
            let probed = await look("the channel could not be probed") { try await desk.probe() }
            let synced = await look("the templates could not be taken over") { try await desk.syncTemplates() }
            try? await Task.sleep(for: probed && synced ? Self.interval : Self.retryInterval)
        }
    }

    /// Says whether it worked, or need not work.
    private func look(_ complaint: String, _ work: () async throws -> Void) async -> Bool {
        do {
            try await work()
            return true
        } catch DeskRefusal.unsupported {
            return true
        } catch DeskRefusal.provider(let failure) {
            logger.warning(
                "\(complaint)", metadata: ["code": "\(failure.reason.code)", "title": "\(failure.reason.title)"])
            if failure.kind == .misconfigured { await tell(failure.reason) }
            return false
        } catch {
            logger.warning("\(complaint)", metadata: ["reason": "\(error)"])
            return false
        }
    }

    /// What only the channel's owner can mend is told once, until a probe works again.
    private func tell(_ reason: FailureReason) async {
        do {
            let known = try await desk.store.channel(desk.configuration.name).alerts
            guard !known.contains(where: { $0.code == reason.code }) else { return }
            try await desk.store.alert(channel: desk.configuration.name, reason, pauses: false, at: clock.now)
        } catch {
            logger.warning("an alert could not be stored", metadata: ["reason": "\(error)"])
        }
    }
}
