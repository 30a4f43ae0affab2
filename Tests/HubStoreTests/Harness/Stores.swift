import AdapterKit
import Foundation
import GRDB
import Synchronization
import Testing

@testable import HubStore

struct NoActivity: StoreActivity {
    func busy() {}
    func idle() {}
}

/// Real stores in a temporary folder.
final class Stores: Sendable {
    static let now = Timestamp(seconds: 1_795_420_800)

    let folder: TemporaryFolder
    let masterKey: MasterKey
    let pool: StorePool
    /// What the stores said after each commit.
    let commits = Mutex<[CommitSummary]>([])

    init(capacity: Int = 8) throws {
        folder = try TemporaryFolder()
        masterKey = try #require(MasterKey(text: MasterKey.generate()))
        pool = StorePool(capacity: capacity)
    }

    func open(_ tenant: String = "acme", masterKey: MasterKey? = nil) -> TenantStore {
        TenantStore(
            tenant: tenant, files: StoreFiles(data: folder.path, tenant: tenant),
            masterKey: masterKey ?? self.masterKey,
            pool: pool, activity: NoActivity(), committed: { summary in self.commits.withLock { $0.append(summary) } })
    }

    func storePath(_ tenant: String = "acme") -> String { "\(folder.path)/tenants/\(tenant)/store.sqlite" }
    func keysPath(_ tenant: String = "acme") -> String { "\(folder.path)/keys/\(tenant).sqlite" }

    /// Changes a file behind the hub's back.
    func tamper(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    func integers(_ path: String, _ sql: String) throws -> [Int64] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Int64.fetchAll($0, sql: sql) }
    }
    func bytes(_ path: String, _ sql: String) throws -> [Data] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Data.fetchAll($0, sql: sql) }
    }
}
