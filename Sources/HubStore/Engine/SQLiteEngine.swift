import Foundation
import GRDB
import GRDBSQLite

/// One SQLite file in WAL mode: a writer that alone writes and checkpoints, and a reader that is opened when first used.
///
/// GRDB opens, serialises and closes the connections. All calls block, so they are made on threads of our own, never on
/// the cooperative pool.
///
/// Sendable although it holds connections: each is touched only inside its `DatabaseQueue`, and the reader is made under
/// the lock.
final class SQLiteEngine: @unchecked Sendable {
    /// Page cache that a writer may use: enough for the look-ups of a few hundred thousand messages. Pages are taken as
    /// they are needed, and all connections together stay below ``heapLimit``.
    private static let cacheKibibytes = 16 * 1024
    private static let readerCacheKibibytes = 1024
    /// Bytes that SQLite may hold in the whole process before it uses its own pages again instead of taking more.
    private static let heapLimit = 256 << 20
    /// Pages in the WAL after which a commit folds them into the file, 8 MiB. The pages of indexes change again and
    /// again: at SQLite's 1000 each of them would be written to the file several times a second under load.
    private static let checkpointPages = 2000

    let path: String
    private let writer: DatabaseQueue
    private let writerConnection: SQLiteConnection
    private let readerLock = NSLock()
    private var reader: (queue: DatabaseQueue, connection: SQLiteConnection)?

    /// Opens or makes the file and brings it to the newest of `schema`'s versions.
    /// - Throws: ``StoreError`` with `newerSchema` when the file is of a later version than this program knows.
    init(path: String, schema: Schema, secureDelete: Bool) throws {
        self.path = path
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -\(Self.cacheKibibytes);
                    PRAGMA secure_delete = \(secureDelete ? "ON" : "FAST");
                    PRAGMA wal_autocheckpoint = \(Self.checkpointPages);
                    PRAGMA soft_heap_limit = \(Self.heapLimit);
                    """)
        }
        do {
            writer = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw Self.readable(error, path: path)
        }
        writerConnection = try writer.inDatabase { database in
            // After opening, because GRDB sets NORMAL when it turns on WAL, behind prepareDatabase.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard let handle = database.sqliteConnection else { throw StoreError(.unreadable, "\(path): not open") }
            return SQLiteConnection(handle: handle)
        }
        do {
            try schema.migrate(self)
        } catch {
            close()
            throw error
        }
    }

    /// Runs `body` in one IMMEDIATE transaction that is on disk when this returns.
    @discardableResult
    func transaction<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        try withoutTransaction { connection in
            try connection.run("BEGIN IMMEDIATE", [])
            do {
                let value = try body(connection)
                try connection.run("COMMIT", [])
                return value
            } catch {
                // SQLite has rolled back by itself after some errors, such as a full disk; then this fails, rightly.
                _ = try? connection.run("ROLLBACK", [])
                throw error
            }
        }
    }

    /// Runs `body` on the writer outside of a transaction.
    func withoutTransaction<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        try writer.inDatabase { _ in try body(writerConnection) }
    }

    /// Runs `body` on the reader, which sees one committed state throughout.
    func read<Value>(_ body: (SQLiteConnection) throws -> Value) throws -> Value {
        let reader = try openReader()
        return try reader.queue.inDatabase { _ in
            try reader.connection.run("BEGIN", [])
            defer { _ = try? reader.connection.run("COMMIT", []) }
            return try body(reader.connection)
        }
    }

    /// The durability of the writer as SQLite reports it: 2 is FULL.
    func synchronousLevel() throws -> Int {
        try withoutTransaction { Int(try $0.first("PRAGMA synchronous", []) { $0.integer(0) } ?? 0) }
    }

    func close() {
        readerLock.withLock {
            if let reader {
                reader.queue.inDatabase { _ in reader.connection.finalizeStatements() }
                try? reader.queue.close()
            }
            reader = nil
        }
        // The writer goes last: the last connection folds the WAL into the file.
        writer.inDatabase { _ in writerConnection.finalizeStatements() }
        try? writer.close()
    }

    private func openReader() throws -> (queue: DatabaseQueue, connection: SQLiteConnection) {
        try readerLock.withLock {
            if let reader { return reader }
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            configuration.prepareDatabase {
                try $0.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -\(Self.readerCacheKibibytes)")
            }
            let queue: DatabaseQueue
            do {
                queue = try DatabaseQueue(path: path, configuration: configuration)
            } catch {
                throw Self.readable(error, path: path)
            }
            let connection = try queue.inDatabase { database in
                guard let handle = database.sqliteConnection else { throw StoreError(.unreadable, "\(path): not open") }
                return SQLiteConnection(handle: handle)
            }
            reader = (queue, connection)
            return (queue, connection)
        }
    }

    private static func readable(_ error: any Error, path: String) -> StoreError {
        guard let error = error as? DatabaseError else { return StoreError(.unreadable, "\(path): cannot be opened") }
        let text = sqlite3_errstr(error.resultCode.rawValue).map { String(cString: $0) } ?? "cannot be opened"
        return StoreError(error.resultCode == .SQLITE_FULL ? .diskFull : .unreadable, "\(path): \(text)")
    }
}
