import AdapterKit

/// An event of the log.
public struct EventRecord: Sendable {
    public var id: String
    /// Counts up by one from 1 in each tenant.
    public var sequence: Int64
    public var type: EventType
    public var channel: String?
    /// Events of one conversation reach a system in order.
    public var conversation: Int64?
    /// The whole event as JSON, the same bytes whenever it is read.
    public var body: [UInt8]

    init(sequence: Int64, type: EventType, row: EventRow, data: [UInt8]?, tenant: String, ids: IDCoder) {
        id = ids.text(.event, sequence)
        self.sequence = sequence
        self.type = type
        channel = row.channel
        conversation = row.conversation
        let head = JSON.object([
            "id": .string(id), "sequence": .integer(sequence), "type": .string(type.rawValue),
            "tenant": .string(tenant),
            "occurred_at": .string(Timestamp(milliseconds: row.occurredAt).description),
        ])
        body = head.encoded.dropLast() + Array(#","data":"#.utf8) + (data ?? Array("null".utf8)) + [UInt8(ascii: "}")]
    }
}

/// An event as its row holds it.
struct EventRow {
    var sequence: Int64
    var type: String
    var channel: String?
    var conversation: Int64?
    var contact: Int64?
    var data: [UInt8]
    var occurredAt: Int64

    static func read(_ row: any SQLRow) -> EventRow {
        EventRow(
            sequence: row.integer(0), type: row.text(1), channel: row.optionalText(2),
            conversation: row.optionalInteger(3),
            contact: row.optionalInteger(4), data: row.bytes(5), occurredAt: row.integer(6))
    }
}

extension ReadContext {
    func event(_ row: EventRow) throws -> EventRecord {
        guard let type = EventType(rawValue: row.type) else {
            throw StoreError(.failed, "an event has an unknown type")
        }
        let data: [UInt8]?
        do {
            data = try open(row.data, .eventData, row: row.sequence, contact: row.contact)
        } catch let error as StoreError where error.code == .unsealable {
            // The person was erased: that something happened stays in the log, what it said does not.
            data = nil
        }
        return EventRecord(sequence: row.sequence, type: type, row: row, data: data, tenant: store.tenant, ids: ids)
    }
}
