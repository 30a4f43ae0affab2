import AdapterKit
import HubStore

/// A tenant's conversations, as one of its business systems sees them.
struct StoredConversations: ConversationPort {
    let store: TenantStore
    let system: String
    let clock: any ClockPort

    /// There is no such contact any more.
    struct ContactUnknown: Error {}

    func transcript(_ conversation: String, after message: String?, limit: Int) async throws -> [TranscriptLine] {
        let entries = try await store.transcript(conversation: conversation, after: message, limit: limit) ?? []
        return entries.map { entry in
            TranscriptLine(
                message: entry.messageID, isOutbound: entry.direction == .outbound, author: entry.author, at: entry.at,
                type: entry.type, text: entry.text ?? "", media: entry.mediaIDs)
        }
    }

    func media(_ id: String) async throws -> ConversationMedia? {
        guard let reader = try await store.openMedia(id: id) else { return nil }
        return ConversationMedia(
            mimeType: reader.record.mimeType ?? "application/octet-stream", filename: reader.record.filename,
            bytes: reader)
    }

    func contact(phone: String) async throws -> String? { try await store.contact(byPhone: phone.withPlus)?.id }

    func attach(_ record: SystemRecord, to contact: String) async throws {
        let isKept = try await store.attach(
            NewContactRecord(
                contact: contact, system: system, externalID: record.id, email: record.data["email"]?.string,
                data: .object(["type": .string(record.type), "data": record.data])), at: clock.now)
        guard isKept else { throw ContactUnknown() }
    }

    func detach(record id: String) async throws { _ = try await store.detach(system: system, externalID: id) }

    func report(_ type: ReportedEvent, id: String, contact: String?, data: JSON) async throws {
        guard let contact else { return }
        switch type {
        case .orderUpdated:
            _ = try await store.apply(
                [.tell(OrderUpdate(contact: contact, system: system, order: data, occurredAt: clock.now))],
                connection: "systems/\(system)", key: id, at: clock.now)
        }
    }
}
