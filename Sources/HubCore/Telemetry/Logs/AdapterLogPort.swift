public import AdapterKit
public import Logging

/// An adapter's log: the hub's, with the tenant and the channel or system on every line.
public struct AdapterLogPort: LogPort {
    private let logger: Logger

    /// - Parameters:
    ///   - logger: The hub's logger.
    ///   - tenant: The tenant's id; nil for an app that tenants share.
    ///   - channel: The name of the channel, system or app in tenants.yaml.
    public init(logger: Logger, tenant: String?, channel: String) {
        var logger = logger
        if let tenant { logger[metadataKey: "tenant"] = "\(tenant)" }
        logger[metadataKey: "channel"] = "\(channel)"
        self.logger = logger
    }

    /// Writes a line. The adapter's fields stand under `adapter.`, so that they can never pass for the host's.
    public func log(_ level: LogLevel, _ message: String, _ fields: [String: String]) {
        let level = Self.level(level)
        guard level >= logger.logLevel else { return }
        var metadata: Logger.Metadata = [:]
        for (name, value) in fields { metadata["adapter.\(name)"] = "\(value)" }
        logger.log(level: level, "\(message)", metadata: metadata)
    }

    private static func level(_ level: LogLevel) -> Logger.Level {
        switch level {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
