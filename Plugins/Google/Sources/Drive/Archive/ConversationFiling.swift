import AdapterKit
import Crypto

/// Files one conversation: its folder, the media of the message that an event is about, and its transcripts.
struct ConversationFiling: Sendable {
    private static let textType = "text/plain; charset=UTF-8"

    let archive: DriveArchive
    let conversations: any ConversationPort
    let credentials: any CredentialPort
    let clock: any ClockPort
    let pieceSize: Int

    private var client: DriveClient { archive.client }
    private var ledger: DriveLedger { archive.ledger }

    func file(_ event: FilingEvent) async throws(ProviderFailure) {
        await archive.notice()
        do throws(ProviderFailure) {
            try await fileOnce(event)
        } catch {
            // A folder that a person removed since the last look.
            guard error.kind == .notFound else { throw error }
            try await archive.recheck(DriveLedger.root)
            try await archive.recheck(DriveLedger.conversation(event.conversation))
            try await fileOnce(event)
        }
    }

    private func fileOnce(_ event: FilingEvent) async throws(ProviderFailure) {
        let root = try await archive.root()
        let name = IdentityClaims.displayText(event.contactName).map { "\($0) (\(event.conversation))" }
        let folder = try await archive.folder(
            DriveLedger.conversation(event.conversation), named: name ?? "Conversation \(event.conversation)", in: root,
            about: event.conversation)
        let window = TranscriptWindow(conversations: conversations, ledger: ledger, conversation: event.conversation)
        let months = try await window.months()
        var media = event.media.map { [$0] } ?? []
        for line in months.flatMap(\.lines) where line.message == event.message {
            media += line.media.filter { !media.contains($0) }
        }
        for id in media { try await file(media: id, in: folder) }
        for month in months { try await file(month, of: event.conversation, in: folder) }
        try await window.advance(over: months, at: clock.now)
    }

    // MARK: Media

    private func file(media id: String, in folder: String) async throws(ProviderFailure) {
        let name = DriveLedger.media(id)
        for _ in 1...2 {
            let object = try await archive.planned(name, in: folder)
            if object.isMade { return }
            // One that was not fetched yet comes with an event of its own.
            guard let media = try await media(id) else { return }
            let metadata = JSON.object([
                "id": .string(object.id), "parents": [.string(folder)], "appProperties": ["comfile": .string(id)],
                "name": .string(DriveFileName.media(id, media.filename, media.mimeType)),
                "mimeType": .string(media.mimeType),
            ])
            let upload = ResumableUpload(
                client: client, pieceSize: pieceSize,
                sessions: UploadSessions(credentials: credentials, name: "upload/\(object.id)"))
            let conversations = conversations
            let outcome = try await upload.run(.new(metadata), mimeType: media.mimeType) {
                try await conversations.media(id)?.bytes
            }
            switch outcome {
            case .stored:
                _ = try await archive.settle(object, as: name)
                return
            case .there: if try await archive.settled(object, as: name) != nil { return }
            }
        }
    }

    private func media(_ id: String) async throws(ProviderFailure) -> ConversationMedia? {
        do {
            return try await conversations.media(id)
        } catch {
            throw ProviderFailure(
                .unavailable, FailureReason(code: "media_unreadable", title: "The media file cannot be read now"))
        }
    }

    // MARK: Transcripts

    private func file(
        _ month: TranscriptMonth, of conversation: String, in folder: String
    ) async throws(ProviderFailure) {
        let text = month.text(of: conversation)
        let name = DriveLedger.transcript(conversation, month.name)
        if let object = try await ledger.object(name), object.isMade, object.parent == folder {
            if object.digest == Self.digest(text) { return }
            let state = try await client.state(of: object.id)
            if state?.mimeType == DriveClient.documentType {
                try await copy(object.id, month, of: conversation, in: folder)
            }
            // What is gone or has become a document is not written over: the transcript goes on in a file of its own.
            if state == nil || state?.mimeType == DriveClient.documentType { try await ledger.forget(name) }
        }
        try await write(
            text, as: name, in: folder, title: "Transcript \(month.name).txt", about: "\(conversation) \(month.name)")
    }

    /// A document that a person made of a transcript is theirs. Its text is kept beside it as it was when the transcript went
    /// on without it.
    private func copy(
        _ document: String, _ month: TranscriptMonth, of conversation: String, in folder: String
    ) async throws(ProviderFailure) {
        guard let text = try await client.export(document) else { return }
        try await write(
            text, as: DriveLedger.copy(document), in: folder, title: "Transcript \(month.name), from the document.txt",
            about: "\(conversation) \(month.name) document")
    }

    private func write(
        _ text: [UInt8], as name: String, in folder: String, title: String, about: String
    ) async throws(ProviderFailure) {
        var object = try await archive.made(name, in: folder) { id in
            .object([
                "id": .string(id), "name": .string(title), "mimeType": "text/plain", "parents": [.string(folder)],
                "appProperties": ["comfile": .string(about)],
            ])
        }
        let digest = Self.digest(text)
        guard object.digest != digest else { return }
        try await client.replace(object.id, with: text, mimeType: Self.textType, pieceSize: pieceSize)
        object.digest = digest
        try await ledger.keep(object, as: name)
    }

    private static func digest(_ text: [UInt8]) -> String {
        SHA256.hash(data: text).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
