/// One SQL statement, in the dialect that SQLite and PostgreSQL share: numbered parameters in the order of their first
/// use, `ON CONFLICT`, `RETURNING`, no function that only one of them has.
struct SQL: ExpressibleByStringLiteral, Sendable {
    let text: StaticString

    init(stringLiteral text: StaticString) { self.text = text }
}

/// A value on its way into a statement.
enum SQLValue: Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    static func integer(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
    static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
    static func bytes(_ value: [UInt8]?) -> SQLValue { value.map { .bytes($0) } ?? .null }
}

/// One row of an answer, read by column index.
protocol SQLRow {
    func isNull(_ column: Int) -> Bool
    func integer(_ column: Int) -> Int64
    func text(_ column: Int) -> String
    func bytes(_ column: Int) -> [UInt8]
}

extension SQLRow {
    func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
    func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    func optionalBytes(_ column: Int) -> [UInt8]? { isNull(column) ? nil : bytes(column) }
}

/// What a query needs of a database, whichever it is.
protocol SQLConnection {
    /// Runs the statement and returns how many rows it changed.
    @discardableResult
    func run(_ sql: SQL, _ values: [SQLValue]) throws(StoreError) -> Int

    /// Runs the statement and reads every row of its answer.
    func rows<Value>(_ sql: SQL, _ values: [SQLValue], _ read: (any SQLRow) throws -> Value) throws -> [Value]
}

extension SQLConnection {
    func first<Value>(_ sql: SQL, _ values: [SQLValue], _ read: (any SQLRow) throws -> Value) throws -> Value? {
        try rows(sql, values, read).first
    }
}
