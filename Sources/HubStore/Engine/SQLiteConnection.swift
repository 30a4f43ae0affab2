import GRDBSQLite

/// Statements over one SQLite connection, prepared once and kept.
///
/// Values are bound straight from Swift's own memory: the path of every message runs through here. The connection belongs
/// to the thread that its `DatabaseQueue` runs on.
final class SQLiteConnection: SQLConnection {
    private let handle: OpaquePointer
    private var statements: [UnsafePointer<UInt8>: OpaquePointer] = [:]

    init(handle: OpaquePointer) { self.handle = handle }

    /// Has to be called before the connection is closed.
    func finalizeStatements() {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
    }

    @discardableResult
    func run(_ sql: SQL, _ values: [SQLValue]) throws(StoreError) -> Int {
        let statement = try prepare(sql)
        try bind(values, to: statement)
        defer { sqlite3_reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return Int(sqlite3_changes(handle))
            default: throw failure()
            }
        }
    }

    func rows<Value>(_ sql: SQL, _ values: [SQLValue], _ read: (any SQLRow) throws -> Value) throws -> [Value] {
        let statement = try prepare(sql)
        try bind(values, to: statement)
        defer { sqlite3_reset(statement) }
        var result: [Value] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: result.append(try read(SQLiteRow(statement: statement)))
            case SQLITE_DONE: return result
            default: throw failure()
            }
        }
    }

    private func prepare(_ sql: SQL) throws(StoreError) -> OpaquePointer {
        // A literal has one address for the life of the program, which is cheaper to look up than its text.
        if let statement = statements[sql.text.utf8Start] { return statement }
        var statement: OpaquePointer?
        let text = UnsafeRawPointer(sql.text.utf8Start).assumingMemoryBound(to: CChar.self)
        let code = sqlite3_prepare_v3(
            handle, text, Int32(sql.text.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure() }
        statements[sql.text.utf8Start] = statement
        return statement
    }

    private func bind(_ values: [SQLValue], to statement: OpaquePointer) throws(StoreError) {
        // SQLite copies what is bound with this destructor, so no pointer of ours outlives its call.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, value) in values.enumerated() {
            let parameter = Int32(index + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(statement, parameter)
                case .integer(let value): sqlite3_bind_int64(statement, parameter, value)
                case .text(var value):
                    value.withUTF8 { utf8 in
                        utf8.withMemoryRebound(to: CChar.self) {
                            // An empty text has no address, and a null pointer would bind NULL.
                            $0.baseAddress.map {
                                sqlite3_bind_text(statement, parameter, $0, Int32(utf8.count), transient)
                            } ?? sqlite3_bind_text(statement, parameter, "", 0, transient)
                        }
                    }
                case .bytes(let value):
                    value.withUnsafeBytes {
                        $0.baseAddress.map {
                            sqlite3_bind_blob(statement, parameter, $0, Int32(value.count), transient)
                        }
                            ?? sqlite3_bind_zeroblob(statement, parameter, 0)
                    }
                }
            guard code == SQLITE_OK else { throw failure() }
        }
    }

    /// SQLite's own sentence for a code holds no values; the message of a connection may, so it is not used.
    private func failure() -> StoreError {
        let code = sqlite3_errcode(handle)
        let text = sqlite3_errstr(code).map { String(cString: $0) } ?? "unknown"
        return StoreError(StoreError.Code(sqlite: code), "SQLite: \(text) (\(code))")
    }
}

extension StoreError.Code {
    /// - Parameter code: SQLite's result code, extended or not.
    init(sqlite code: CInt) {
        self =
            switch code & 0xFF {
            case SQLITE_FULL: .diskFull
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_NOMEM: .busy
            case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_PERM: .unreadable
            default: .failed
            }
    }
}

/// The row that a statement stands on.
private struct SQLiteRow: SQLRow {
    let statement: OpaquePointer

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(statement, Int32(column)) }

    func text(_ column: Int) -> String {
        let start = sqlite3_column_text(statement, Int32(column))
        return String(decoding: UnsafeRawBufferPointer(start: start, count: size(column)), as: UTF8.self)
    }

    func bytes(_ column: Int) -> [UInt8] {
        [UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, Int32(column)), count: size(column)))
    }

    private func size(_ column: Int) -> Int { Int(sqlite3_column_bytes(statement, Int32(column))) }
}
