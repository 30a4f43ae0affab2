import Foundation
import Synchronization

/// What the stores share: the threads that commit, and a bound on how many stores are open at once. When there are more,
/// those that were idle longest are closed.
public final class StorePool: Sendable {
    /// Commits that may wait for the disk at once. Few, because a store whose turn comes later commits more at once: on two
    /// cores and a hundred tenants, 4 took a fifth more webhooks than 8, and 8 more than 16.
    let commitThreads = CommitThreads(count: max(4, 2 * ProcessInfo.processInfo.activeProcessorCount))
    private let capacity: Int
    private let open = Mutex<[StoreAccess]>([])
    /// Counts up with each use, to tell which store was used last.
    private let uses = Atomic<UInt64>(0)
    private let openCount = Atomic<Int>(0)

    /// - Parameter capacity: stores that may stay open while nobody uses them.
    public init(capacity: Int) { self.capacity = capacity }

    fileprivate func nextUse() -> UInt64 { uses.add(1, ordering: .relaxed).newValue }

    fileprivate func opened(_ access: StoreAccess) {
        open.withLock { $0.append(access) }
        openCount.add(1, ordering: .relaxed)
    }

    fileprivate func closed(_ access: StoreAccess) {
        open.withLock { open in open.removeAll { $0 === access } }
        openCount.subtract(1, ordering: .relaxed)
    }

    /// Closes what is open beyond the capacity. Comes after each use, as a store in use cannot be closed.
    fileprivate func trim() {
        let surplus = openCount.load(ordering: .relaxed) - capacity
        guard surplus > 0 else { return }
        let oldest = open.withLock { $0 }.sorted { $0.lastUse < $1.lastUse }.prefix(surplus)
        for access in oldest { _ = access.closeIfIdle() }
    }
}

/// Opens one store when it is needed and knows whether it is in use.
final class StoreAccess: Sendable {
    private struct State {
        var store: OpenStore?
        var uses = 0
    }

    private let pool: StorePool
    private let make: @Sendable () throws -> OpenStore
    private let state = Mutex(State())
    private let useNumber = Atomic<UInt64>(0)

    init(pool: StorePool, make: @escaping @Sendable () throws -> OpenStore) {
        self.pool = pool
        self.make = make
    }

    fileprivate var lastUse: UInt64 { useNumber.load(ordering: .relaxed) }

    /// Blocks while the file is opened.
    func use<Value>(_ body: (OpenStore) throws -> Value) throws -> Value {
        let store = try state.withLock { state in
            state.uses += 1
            if let store = state.store { return store }
            do {
                let store = try make()
                state.store = store
                pool.opened(self)
                return store
            } catch {
                state.uses -= 1
                throw error
            }
        }
        useNumber.store(pool.nextUse(), ordering: .relaxed)
        defer {
            state.withLock { $0.uses -= 1 }
            pool.trim()
        }
        return try body(store)
    }

    /// Closes the store unless it is in use; says whether it is closed.
    func closeIfIdle() -> Bool {
        state.withLock { state in
            guard state.uses == 0 else { return false }
            guard let store = state.store else { return true }
            store.close()
            state.store = nil
            pool.closed(self)
            return true
        }
    }

    func close() {
        // Uses are short, and none starts once the hub has stopped its workers.
        while !closeIfIdle() { usleep(1000) }
    }
}

/// Where a tenant's files are.
public struct StoreFiles: Sendable {
    let data: String
    let tenant: String

    /// - Parameter data: the hub's data folder.
    public init(data: String, tenant: String) {
        self.data = data
        self.tenant = tenant
    }

    var folder: String { "\(data)/tenants/\(tenant)" }
    var storePath: String { "\(folder)/store.sqlite" }
    var mediaFolder: String { "\(folder)/media" }
    var keysPath: String { "\(data)/keys/\(tenant).sqlite" }

    /// Refuses to make one of the two files anew beside the other: an empty store would hide that the tenant's data is
    /// gone, and a new key would not open what the old one sealed. The folder `media` is made last, so without it the
    /// tenant was never there, or its making was interrupted.
    func refuseHalf() throws {
        let manager = FileManager.default
        let (hasStore, hasKeys) = (manager.fileExists(atPath: storePath), manager.fileExists(atPath: keysPath))
        guard hasStore != hasKeys, manager.fileExists(atPath: mediaFolder) else { return }
        throw StoreError(
            .unreadable, "\(hasStore ? keysPath : storePath): the file is missing; put it back from a backup")
    }

    func makeFolders() throws {
        try make(folder)
        try make("\(data)/keys")
    }

    func makeMediaFolder() throws { try make(mediaFolder) }

    private func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(.unreadable, "\(path): cannot be made; check that the hub may write to its data folder")
        }
    }
}
