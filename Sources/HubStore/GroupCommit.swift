import Synchronization

/// Collects a store's writes and commits them together: what waits when a commit ends makes up the next.
///
/// A batch runs as one transaction. When one of its writes fails, the batch is rolled back and run again with a savepoint
/// around each write, so that only the failing one is refused; the usual batch pays for no savepoints. Every caller hears
/// its result after the commit is on disk.
final class GroupCommit: Sendable {
    /// Writes of a batch, by weight.
    static let batchLimit = 256

    private struct Job: Sendable {
        let weight: Int
        /// Runs the write and returns how to tell its caller. Runs anew when its batch is run anew.
        let run: @Sendable (WriteContext) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var weight = 0
        var isDraining = false
    }

    private let threads: CommitThreads
    private let queueLimit: Int
    private let withStore: @Sendable ((OpenStore) throws -> Void) throws -> Void
    private let committed: @Sendable (CommitSummary) -> Void
    private let activity: any StoreActivity
    private let state = Mutex(State())

    init(
        threads: CommitThreads, queueLimit: Int, activity: any StoreActivity,
        withStore: @escaping @Sendable ((OpenStore) throws -> Void) throws -> Void,
        committed: @escaping @Sendable (CommitSummary) -> Void
    ) {
        self.threads = threads
        self.queueLimit = queueLimit
        self.activity = activity
        self.withStore = withStore
        self.committed = committed
    }

    /// Runs `body` in the next batch. It goes on when the caller is cancelled, so that a commit is never in doubt.
    /// - Throws: ``StoreError`` with `busy` when the queue is full, or what `body` throws.
    func write<Value: Sendable>(
        weight: Int, _ body: @escaping @Sendable (WriteContext) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(
                weight: weight,
                run: { context in
                    let value = try body(context)
                    return { continuation.resume(returning: value) }
                },
                fail: { continuation.resume(throwing: $0) })
            enqueue(job)
        }
    }

    private func enqueue(_ job: Job) {
        enum Next { case refused, waits, drains }
        let next: Next = state.withLock { state in
            guard state.weight == 0 || state.weight + job.weight <= queueLimit else { return .refused }
            state.waiting.append(job)
            state.weight += job.weight
            if state.isDraining { return .waits }
            state.isDraining = true
            return .drains
        }
        switch next {
        case .refused: job.fail(StoreError(.busy, "the tenant's queue of writes is full"))
        case .waits: break
        case .drains: threads.run { self.turn() }
        }
    }

    /// Commits one batch, then goes to the end of the line when there is more: other stores wait there, too.
    private func turn() {
        let batch = takeBatch()
        activity.busy()
        commit(batch)
        activity.idle()
        let hasMore = state.withLock { state in
            state.isDraining = !state.waiting.isEmpty
            return state.isDraining
        }
        if hasMore { threads.run { self.turn() } }
    }

    private func takeBatch() -> [Job] {
        state.withLock { state in
            var weight = 0
            var count = 0
            while count < state.waiting.count, count == 0 || weight + state.waiting[count].weight <= Self.batchLimit {
                weight += state.waiting[count].weight
                count += 1
            }
            let batch = Array(state.waiting[..<count])
            state.waiting.removeFirst(count)
            state.weight -= weight
            return batch
        }
    }

    private func commit(_ batch: [Job]) {
        var results: [Result<@Sendable () -> Void, any Error>] = []
        var summary = CommitSummary()
        do {
            try withStore { store in
                do {
                    (results, summary) = try together(batch, store)
                } catch let error where batch.count > 1 && (error as? StoreError)?.isOfWholeStore != true {
                    (results, summary) = try apart(batch, store)
                }
            }
        } catch {
            for job in batch { job.fail(error) }
            return
        }
        // First who waits for news, so that a caller whose write returned can count on its being told.
        committed(summary)
        for (job, result) in zip(batch, results) {
            switch result {
            case .success(let succeed): succeed()
            case .failure(let error): job.fail(error)
            }
        }
    }

    private typealias Outcome = (results: [Result<@Sendable () -> Void, any Error>], summary: CommitSummary)

    private func together(_ batch: [Job], _ store: OpenStore) throws -> Outcome {
        try transaction(store) { context in try batch.map { .success(try $0.run(context)) } }
    }

    private func apart(_ batch: [Job], _ store: OpenStore) throws -> Outcome {
        try transaction(store) { context in
            try batch.map { job in
                try context.connection.run("SAVEPOINT item", [])
                do {
                    let succeed = try job.run(context)
                    try context.connection.run("RELEASE item", [])
                    return .success(succeed)
                } catch {
                    try context.connection.run("ROLLBACK TO item", [])
                    try context.connection.run("RELEASE item", [])
                    context.forgetSequence()
                    return .failure(error)
                }
            }
        }
    }

    private func transaction(
        _ store: OpenStore, _ body: (WriteContext) throws -> [Result<@Sendable () -> Void, any Error>]
    ) throws -> Outcome {
        do {
            return try store.engine.transaction { connection in
                let context = WriteContext(store: store, connection: connection)
                let results = try body(context)
                // The keys first: what they sealed must never be on disk without them.
                try store.keys.save()
                return (results, context.summary)
            }
        } catch {
            store.keys.discardUnsaved()
            throw error
        }
    }
}

/// Hears when a store's writer starts and ends a batch, so that one that has stopped moving can be seen.
public protocol StoreActivity: Sendable {
    func busy()
    func idle()
}
