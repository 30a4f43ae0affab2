import Foundation
import Synchronization

/// Bounds how many stores are open at once: when one more opens, the one that was idle longest is closed.
public final class StorePool: Sendable {
    private let capacity: Int
    /// Open stores, the longest unused first.
    private let open = Mutex<[StoreAccess]>([])

    /// - Parameter capacity: stores that may stay open while nobody uses them.
    public init(capacity: Int) { self.capacity = capacity }

    /// Notes that a store is open and in use.
    func used(_ access: StoreAccess) {
        open.withLock { open in
            // The one used last is the usual one: nothing to move then.
            guard open.last !== access else { return }
            open.removeAll { $0 === access }
            open.append(access)
        }
    }

    /// Closes what is open beyond the capacity. Comes after each use, as a store in use cannot be closed.
    func trim() {
        let surplus = open.withLock { open in
            open.count > capacity ? Array(open.prefix(open.count - capacity)) : []
        }
        for access in surplus { _ = access.closeIfIdle() }
    }

    func closed(_ access: StoreAccess) { open.withLock { open in open.removeAll { $0 === access } } }
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

    init(pool: StorePool, make: @escaping @Sendable () throws -> OpenStore) {
        self.pool = pool
        self.make = make
    }

    /// Blocks while the file is opened.
    func use<Value>(_ body: (OpenStore) throws -> Value) throws -> Value {
        let store = try state.withLock { state in
            let store = try state.store ?? make()
            state.store = store
            state.uses += 1
            return store
        }
        defer {
            state.withLock { $0.uses -= 1 }
            pool.trim()
        }
        pool.used(self)
        return try body(store)
    }

    /// Closes the store unless it is in use; says whether it is closed.
    func closeIfIdle() -> Bool {
        state.withLock { state in
            guard state.uses == 0 else { return false }
            state.store?.close()
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
