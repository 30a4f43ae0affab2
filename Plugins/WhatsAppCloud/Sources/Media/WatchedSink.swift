import AdapterKit
import Synchronization

/// Passes bytes on and remembers whether it was the taker that stopped: to the HTTP port both ends look alike.
final class WatchedSink: ByteSink {
    private let sink: any ByteSink
    private let stopped = Mutex(false)

    init(_ sink: any ByteSink) { self.sink = sink }

    /// Whether the taker wanted no more.
    var hasStopped: Bool { stopped.withLock(\.self) }

    func write(_ bytes: [UInt8]) async throws {
        do {
            try await sink.write(bytes)
        } catch {
            stopped.withLock { $0 = true }
            throw error
        }
    }
}
