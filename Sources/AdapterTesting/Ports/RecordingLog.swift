public import AdapterKit
import Synchronization

/// A log port that keeps its lines.
public final class RecordingLog: LogPort {
    /// One line as it was logged.
    public struct Line: Sendable, Equatable {
        /// How much it matters.
        public var level: LogLevel
        /// What happened.
        public var message: String
        /// The values beside it.
        public var fields: [String: String]
    }

    private let state = Mutex<[Line]>([])

    /// An empty log.
    public init() {}

    /// What was logged so far.
    public var lines: [Line] { state.withLock { $0 } }

    /// Keeps the line.
    public func log(_ level: LogLevel, _ message: String, _ fields: [String: String]) {
        state.withLock { $0.append(Line(level: level, message: message, fields: fields)) }
    }
}
