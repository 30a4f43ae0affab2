import Dispatch
import Synchronization

/// One tenant's store. Everything of the tenant is in here, and nothing of anyone else.
///
/// The file opens when it is first needed and may be closed while nobody uses it. Calls run on the store's own threads
/// and may be made from anywhere; each write is on disk when its call returns.
public final class TenantStore: Sendable {
    /// Writes that may wait, by weight: beyond that a caller is told to come back.
    static let queueLimit = 8192

    public let tenant: String
    private let access: StoreAccess
    private let writer: GroupCommit
    private let readers: DispatchQueue
    /// The thread for the files of the tenant's media, so that one tenant's films hold up no other's, and no read.
    private let mediaQueue: DispatchQueue

    /// - Parameters:
    ///   - committed: Called after each commit, on the writer's thread; has to return at once.
    public init(
        tenant: String, files: StoreFiles, masterKey: MasterKey, pool: StorePool, activity: any StoreActivity,
        committed: @escaping @Sendable (CommitSummary) -> Void
    ) {
        self.tenant = tenant
        let access = StoreAccess(pool: pool) {
            try OpenStore(tenant: tenant, files: files, masterKey: masterKey)
        }
        self.access = access
        readers = DispatchQueue(label: "comfile.store.\(tenant).reader")
        mediaQueue = DispatchQueue(label: "comfile.store.\(tenant).media")
        writer = GroupCommit(
            threads: pool.commitThreads, queueLimit: Self.queueLimit, activity: activity,
            withStore: { body in try access.use { try body($0) } }, committed: committed)
    }

    /// Waits for what is running and closes the file.
    public func close() async {
        await withCheckedContinuation { continuation in
            readers.async {
                self.access.close()
                continuation.resume()
            }
        }
    }

    @discardableResult
    func write<Value: Sendable>(
        weight: Int = 1, _ body: @escaping @Sendable (WriteContext) throws -> Value
    ) async throws -> Value {
        try await writer.write(weight: weight, body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (ReadContext) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            readers.async {
                continuation.resume(
                    with: Result {
                        try self.access.use { store in
                            try store.engine.read { try body(ReadContext(store: store, connection: $0)) }
                        }
                    })
            }
        }
    }

    /// Runs `body` on the thread for media files.
    func withMedia<Value: Sendable>(
        _ body: @escaping @Sendable (OpenStore, DispatchQueue) throws -> Value
    ) async throws -> Value {
        try await mediaQueue.run { [access, mediaQueue] in try access.use { try body($0, mediaQueue) } }
    }

    /// The durability of the writer as SQLite reports it: 2 is FULL.
    func synchronousLevel() throws -> Int { try access.use { try $0.engine.synchronousLevel() } }
}
