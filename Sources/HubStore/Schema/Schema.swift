import GRDBSQLite

/// The versions of a database, each a list of statements that leads there from the one before.
struct Schema: Sendable {
    let versions: [[SQL]]

    /// Brings the database to the last version, in one transaction.
    func migrate(_ engine: SQLiteEngine) throws {
        try engine.transaction { connection in
            // A table, not PRAGMA user_version, as PostgreSQL has none.
            try connection.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", [])
            let current = Int(try connection.first("SELECT version FROM schema_version", []) { $0.integer(0) } ?? 0)
            guard current <= versions.count else {
                throw StoreError(
                    .newerSchema,
                    "\(engine.path): written by a newer version of the hub (schema \(current), this one knows \(versions.count))"
                )
            }
            guard current < versions.count else { return }
            for statement in versions[current...].joined() { try connection.run(statement, []) }
            try connection.run("DELETE FROM schema_version", [])
            try connection.run("INSERT INTO schema_version (version) VALUES ($1)", [.integer(Int64(versions.count))])
        }
    }
}
