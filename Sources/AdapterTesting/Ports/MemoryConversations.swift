public import AdapterKit
import Synchronization

/// Conversations that a test wrote down, and what a system added to them.
public final class MemoryConversations: ConversationPort {
    /// What a system told of.
    public struct Report: Sendable, Equatable {
        public let type: ReportedEvent
        public let id: String
        public let contact: String?
        public let data: JSON
    }

    private struct State {
        var records: [String: [SystemRecord]] = [:]
        var reports: [Report] = []
    }

    private let lines: [String: [TranscriptLine]]
    private let files: [String: (type: String, name: String?, bytes: [UInt8])]
    private let contacts: [String: String]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - lines: By conversation.
    ///   - files: By media id.
    ///   - contacts: By phone number, with its `+`.
    public init(
        lines: [String: [TranscriptLine]] = [:],
        files: [String: (type: String, name: String?, bytes: [UInt8])] = [:], contacts: [String: String] = [:]
    ) {
        self.lines = lines
        self.files = files
        self.contacts = contacts
    }

    /// By contact.
    public var records: [String: [SystemRecord]] { state.withLock { $0.records } }

    public var reports: [Report] { state.withLock { $0.reports } }

    public func transcript(_ conversation: String, after message: String?, limit: Int) async throws -> [TranscriptLine]
    {
        let all = lines[conversation] ?? []
        let start = message.flatMap { id in all.firstIndex { $0.message == id }.map { $0 + 1 } } ?? 0
        return Array(all[start...].prefix(limit))
    }

    public func media(_ id: String) async throws -> ConversationMedia? {
        files[id].map {
            ConversationMedia(mimeType: $0.type, filename: $0.name, bytes: MemorySource($0.bytes, piece: 64 * 1024))
        }
    }

    public func contact(phone: String) async throws -> String? {
        contacts[phone.hasPrefix("+") ? phone : "+" + phone]
    }

    public func attach(_ record: SystemRecord, to contact: String) async throws {
        state.withLock { state in
            state.records[contact, default: []].removeAll { $0.id == record.id }
            state.records[contact, default: []].append(record)
        }
    }

    public func detach(record id: String) async throws {
        state.withLock { state in
            for contact in state.records.keys { state.records[contact]?.removeAll { $0.id == id } }
        }
    }

    public func report(_ type: ReportedEvent, id: String, contact: String?, data: JSON) async throws {
        state.withLock { state in
            guard !state.reports.contains(where: { $0.id == id }) else { return }
            state.reports.append(Report(type: type, id: id, contact: contact, data: data))
        }
    }
}
