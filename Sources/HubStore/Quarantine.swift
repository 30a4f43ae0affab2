public import AdapterKit
import Crypto
import Dispatch

/// A signed batch of updates that could not be placed with a tenant or stored, kept for an operator.
public struct QuarantinedBatch: Sendable {
    public var id: Int64
    /// The webhook's route, such as `apps/meta-main`.
    public var endpoint: String
    public var reason: String
    /// A webhook body that holds the batch.
    public var body: [UInt8]
    public var receivedAt: Timestamp
}

/// What belongs to no tenant: batches of updates for unknown accounts, or that could not be read. Sealed under the master
/// key. Calls run on a thread of its own; what is added is on disk when the call returns.
public final class Quarantine: Sendable {
    /// No tenant can have this name.
    private static let owner = "#quarantine"

    private let engine: SQLiteEngine
    private let sealingKey: SymmetricKey
    private let sealer = Sealer(owner: owner)
    private let lookup: LookupKey
    private let numbers: RowNumbers
    private let queue = DispatchQueue(label: "comfile.quarantine")

    public init(data: String, masterKey: MasterKey) throws {
        engine = try SQLiteEngine(path: "\(data)/quarantine.sqlite", schema: .quarantine, secureDelete: true)
        sealingKey = masterKey.derived(for: "quarantine")
        lookup = LookupKey(masterKey.derived(for: "quarantine lookups"))
        numbers = RowNumbers(
            last: try engine.withoutTransaction { try $0.first(Queries.last, []) { $0.integer(0) } ?? 0 })
    }

    /// Keeps a batch, once however often it comes.
    public func add(endpoint: String, reason: String, body: [UInt8], at now: Timestamp) async throws {
        try await onQueue { [self] in
            let id = numbers.next(at: now)
            let sealed = try sealer.seal(body, .quarantineBody, row: id, with: sealingKey)
            let digest = lookup.lookup(.quarantine, endpoint, String(decoding: body, as: UTF8.self))
            try engine.transaction { connection in
                try connection.run(
                    Queries.insert,
                    [
                        .integer(id), .bytes(digest), .text(endpoint), .text(reason), .bytes(sealed),
                        .integer(now.milliseconds),
                    ])
            }
        }
    }

    /// The oldest batches first.
    public func batches(after id: Int64, limit: Int) async throws -> [QuarantinedBatch] {
        try await onQueue { [self] in
            try engine.read { connection in
                try connection.rows(Queries.list, [.integer(id), .integer(Int64(limit))]) { row in
                    QuarantinedBatch(
                        id: row.integer(0), endpoint: row.text(1), reason: row.text(2),
                        body: try sealer.open(row.bytes(3), .quarantineBody, row: row.integer(0), with: sealingKey),
                        receivedAt: Timestamp(milliseconds: row.integer(4)))
                }
            }
        }
    }

    /// How many batches there are.
    public func count() async throws -> Int {
        try await onQueue { [self] in try engine.read { Int(try $0.first(Queries.count, []) { $0.integer(0) } ?? 0) } }
    }

    /// Removes a batch that has found its place.
    public func remove(_ id: Int64) async throws {
        try await onQueue { [self] in try engine.transaction { try $0.run(Queries.delete, [.integer(id)]) } }
    }

    public func close() async {
        try? await onQueue { [self] in engine.close() }
    }

    @discardableResult
    private func onQueue<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }

    private enum Queries {
        static let last: SQL = "SELECT COALESCE(MAX(id), 0) FROM quarantine"
        static let insert: SQL = """
            INSERT INTO quarantine (id, lookup, endpoint, reason, body, received_at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (lookup) DO NOTHING
            """
        static let list: SQL = """
            SELECT id, endpoint, reason, body, received_at FROM quarantine WHERE id > $1 ORDER BY id LIMIT $2
            """
        static let count: SQL = "SELECT COUNT(*) FROM quarantine"
        static let delete: SQL = "DELETE FROM quarantine WHERE id = $1"
    }
}
