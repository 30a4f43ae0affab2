import Foundation
import HubCore
import HubServer
import Logging
import ServiceLifecycle
import UnixSignals

/// Takes a new configuration over on SIGHUP, and is the first to know of a shutdown.
struct ReloadService: Service {
    let load: @Sendable () async throws -> HubConfiguration
    let hub: Hub
    let outgoing: OutgoingHTTP
    let logger: Logger

    func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
                await reload()
            }
        } onGracefulShutdown: {
            hub.health.setStopping()
            limitShutdown()
        }
    }

    private func reload() async {
        do {
            let configuration = try await load()
            outgoing.allowPrivateHosts(configuration.allowPrivateHosts)
            let changes = try await hub.apply(configuration)
            logger.notice(
                "the new configuration is in force",
                metadata: [
                    "added": "\(changes.tenantsAdded.count)", "removed": "\(changes.tenantsRemoved.count)",
                    "changed": "\(changes.tenantsChanged.count)", "unchanged": "\(changes.tenantsUnchanged.count)",
                ])
            for key in changes.hubChanged where key != "allow_private_hosts" {
                logger.warning("a change of the configuration takes a restart", metadata: ["key": "hub.\(key)"])
            }
        } catch let errors as ConfigurationErrors {
            for problem in errors.problems {
                logger.error("the configuration stays as it was", metadata: ["problem": "\(problem)"])
            }
        } catch {
            logger.error("the configuration stays as it was", metadata: ["problem": "\(error)"])
        }
    }

    /// The process leaves when the limit is over, whatever is still under way.
    private func limitShutdown() {
        let limit = HubProcess.shutdownLimit
        Task.detached { [logger] in
            try? await Task.sleep(for: limit)
            logger.error(
                "the shutdown took longer than its limit and was cut off",
                metadata: ["seconds": "\(limit.components.seconds)"])
            exit(1)
        }
    }
}
