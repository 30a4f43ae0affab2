import Synchronization

/// Work that outlives the request that asked for it, run as children of the service so that nothing is left behind at its end.
final class BackgroundWork: Sendable {
    private let stream: AsyncStream<@Sendable () async -> Void>
    private let continuation: AsyncStream<@Sendable () async -> Void>.Continuation
    private let running = Mutex(0)
    private let limit: Int

    /// - Parameter limit: pieces of work at once; more are refused.
    init(limit: Int = 50_000) {
        self.limit = limit
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Starts the work, or returns false when the limit is reached or the service has ended.
    @discardableResult
    func start(_ work: @escaping @Sendable () async -> Void) -> Bool {
        let admitted = running.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard admitted else { return false }
        if case .enqueued = continuation.yield(work) { return true }
        finished()
        return false
    }

    /// Runs what is started until the task is cancelled; cancels what still runs then.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await work in stream {
                group.addTask {
                    await work()
                    self.finished()
                }
            }
            continuation.finish()
            group.cancelAll()
        }
    }

    private func finished() { running.withLock { $0 -= 1 } }
}
