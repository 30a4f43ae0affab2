import AdapterKit
import AdapterTesting
import Synchronization

@testable import Google

/// A Drive, a conversation and an adapter between them, which can be made anew as after a crash.
struct DriveDesk {
    /// A clock that a test sets.
    final class Clock: ClockPort {
        private let state: Mutex<Timestamp>

        init(_ now: Timestamp = FixedClock().now) { state = Mutex(now) }

        var now: Timestamp {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
    }

    /// Conversations that grow while a test runs.
    final class Conversations: ConversationPort {
        private struct State {
            var lines: [String: [TranscriptLine]] = [:]
            var files: [String: (type: String, name: String?, bytes: [UInt8])] = [:]
        }

        private let state = Mutex(State())

        func write(_ line: TranscriptLine, in conversation: String = "cnv_1") {
            state.withLock { $0.lines[conversation, default: []].append(line) }
        }

        func store(_ id: String, _ type: String, _ name: String?, _ bytes: [UInt8]) {
            state.withLock { $0.files[id] = (type, name, bytes) }
        }

        func transcript(_ conversation: String, after message: String?, limit: Int) async throws -> [TranscriptLine] {
            state.withLock { state in
                let all = state.lines[conversation] ?? []
                let start = message.flatMap { id in all.firstIndex { $0.message == id }.map { $0 + 1 } } ?? 0
                return Array(all[start...].prefix(limit))
            }
        }

        func media(_ id: String) async throws -> ConversationMedia? {
            state.withLock { state in
                state.files[id].map {
                    ConversationMedia(
                        mimeType: $0.type, filename: $0.name, bytes: MemorySource($0.bytes, piece: 100_000))
                }
            }
        }

        func contact(phone: String) async throws -> String? { nil }
        func attach(_ record: SystemRecord, to contact: String) async throws {}
        func detach(record id: String) async throws {}
        func report(_ type: ReportedEvent, id: String, contact: String?, data: JSON) async throws {}
    }

    /// Keeps values, and fails at one of its writes.
    final class Credentials: CredentialPort {
        struct Full: Error {}

        private struct State {
            var kept: [String: Secret] = [:]
            var writes = 0
            var failing: Int?
        }

        private let state = Mutex(State())

        var kept: [String: Secret] { state.withLock { $0.kept } }
        var writes: Int { state.withLock { $0.writes } }

        /// - Parameter number: Of the write that fails, from now on.
        func fail(at number: Int?) {
            state.withLock { state in
                state.writes = 0
                state.failing = number
            }
        }

        func credential(_ name: String) async throws -> Secret? { state.withLock { $0.kept[name] } }

        func keep(_ credential: Secret?, as name: String) async throws {
            try state.withLock { state in
                defer { state.writes += 1 }
                if state.writes == state.failing { throw Full() }
                state.kept[name] = credential
            }
        }
    }

    struct Host: AdapterHost {
        let http: any HTTPPort
        let clock: any ClockPort
        let log: any LogPort
        let credentials: any CredentialPort
        let grant: any GrantPort
        let conversations: any ConversationPort
    }

    let drive: DriveModel
    let clock = Clock()
    let log = RecordingLog()
    let credentials = Credentials()
    let grant: MemoryGrant
    let conversations = Conversations()

    init(drive: DriveModel = DriveModel(), tokens: [String] = ["token-1", "token-2"]) {
        self.drive = drive
        grant = MemoryGrant(tokens, subject: "1234567890")
    }

    static let settings = AdapterSettings([
        "client_id": .text("client"), "client_secret": .secret([Secret("sample-secret")]),
        "folder": .text("Comfile conversations"), "upload_piece_mib": .integer(1),
        "drive_url": .text(DriveModel.base), "upload_url": .text(DriveModel.upload),
        "authorization_url": .text("https://accounts.google.com/o/oauth2/v2/auth"),
        "token_url": .text("https://oauth2.googleapis.com/token"),
        "keys_url": .text("https://www.googleapis.com/oauth2/v3/certs"),
        "revocation_url": .text("https://oauth2.googleapis.com/revoke"),
    ])

    /// An adapter that knows nothing but what was kept.
    func adapter() throws -> GoogleDriveAdapter {
        try GoogleDriveAdapter(
            settings: Self.settings,
            host: Host(
                http: drive, clock: clock, log: log, credentials: credentials, grant: grant,
                conversations: conversations))
    }

    // MARK: Samples

    static func line(
        _ message: String, _ text: String, at: Timestamp = FixedClock().now, media: [String] = [],
        isOutbound: Bool = false
    ) -> TranscriptLine {
        TranscriptLine(
            message: message, isOutbound: isOutbound, author: isOutbound ? nil : "Ada", at: at,
            type: media.isEmpty ? "text" : "image", text: text, media: media)
    }

    static func event(
        _ message: String, type: String = "message.received", conversation: String = "cnv_1", media: String? = nil
    ) -> EventDelivery {
        let data = JSON.object([
            "channel": "support", "conversation_id": .string(conversation),
            "contact": ["id": "ctc_1", "name": "Ada", "identities": []],
            "message": type == "message.received" ? ["id": .string(message)] : nil,
            "message_id": type == "message.received" ? nil : .string(message),
            "media": media.map { ["id": .string($0)] },
        ])
        let body: JSON = ["id": "evt_1", "sequence": 1, "type": .string(type), "tenant": "acme", "data": data]
        return EventDelivery(id: "evt_1", type: type, body: body.encoded, attempt: 1)
    }

    /// Bytes that are nowhere the same.
    static func bytes(_ count: Int) -> [UInt8] {
        var state: UInt64 = 88_172_645_463_325_252
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }
}
