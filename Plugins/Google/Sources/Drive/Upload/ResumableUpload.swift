import AdapterKit

/// Uploads one file so that it is in Drive once, wherever it is cut off.
///
/// The file's id was chosen before: a start that was taken and not heard of is told by 409. How far an upload got is what
/// Drive says, never what was sent. The session is kept, so that the next delivery goes on where this one ended.
struct ResumableUpload: Sendable {
    /// Pieces are multiples of this, but for the last one.
    static let unit = 256 * 1024
    /// So often without one more byte at Drive, and it is left to another delivery.
    private static let patience = 3
    /// So often an upload is begun anew.
    private static let beginnings = 2

    /// What becomes of the bytes.
    enum Target {
        /// A new file, of this metadata with its `id`.
        case new(JSON)
        /// The content of the file with this id, in the place of what it had.
        case content(of: String)
    }

    enum Outcome {
        case stored
        /// There is a file with this id already.
        case there
    }

    let client: DriveClient
    /// Bytes in a piece.
    let pieceSize: Int
    /// Nil for content that is another one at the next delivery.
    let sessions: UploadSessions?

    /// - Parameter open: Gives the file from its start, as often as it is asked.
    func run(
        _ target: Target, mimeType: String, open: @escaping @Sendable () async throws -> (any ByteSource)?
    ) async throws(ProviderFailure) -> Outcome {
        var reader: PieceReader
        do {
            reader = try await PieceReader(open)
        } catch {
            throw Self.unreadable
        }
        for _ in 1...Self.beginnings {
            let session: String
            var offset: Int?
            if let kept = await sessions?.kept(), client.trusts(session: kept) {
                session = kept
            } else {
                guard let started = try await start(target, mimeType, count: reader.count) else { return .there }
                await sessions?.keep(started)
                session = started
                offset = 0
            }
            let outcome = try await send(&reader, to: session, from: offset)
            try await sessions?.forget()
            if let outcome { return outcome }
        }
        throw ProviderFailure(
            .unavailable, FailureReason(code: "session_gone", title: "Drive forgot the upload: it begins anew later"))
    }

    /// - Returns: Nil when there is a file with this id already.
    private func start(
        _ target: Target, _ mimeType: String, count: Int
    ) async throws(ProviderFailure) -> String? {
        let query = [(name: "uploadType", value: "resumable"), (name: "fields", value: "id")]
        var request =
            switch target {
            case .new(let metadata): DriveRequest.json("POST", "files", metadata, base: .upload, query: query)
            case .content(let id): DriveRequest.json("PATCH", "files/\(id)", .object([]), base: .upload, query: query)
            }
        request.headers += [("x-upload-content-type", mimeType), ("x-upload-content-length", String(count))]
        let answer: HTTPAnswer
        do throws(DriveUnreached) {
            answer = try await client.exchange(request)
        } catch {
            throw error.failure
        }
        if answer.status == 409 { return nil }
        guard answer.status == 200 else { throw DriveFailure.of(answer) }
        guard let session = answer.headers["location"], client.trusts(session: session) else {
            throw DriveFailure.strangeSession
        }
        return session
    }

    /// - Parameter start: Nil when Drive has to be asked first.
    /// - Returns: Nil when the session is gone.
    private func send(
        _ reader: inout PieceReader, to session: String, from start: Int?
    ) async throws(ProviderFailure) -> Outcome? {
        var offset = start
        var reached = start ?? -1
        var disappointments = 0
        while true {
            let step: Step
            if let place = offset, place < reader.count {
                let piece = try await Self.piece(of: &reader, at: place, size: pieceSize)
                step = try await self.step(
                    session, ContentRange.header(place..<place + piece.count, of: reader.count), piece,
                    sent: place + piece.count)
            } else {
                step = try await self.step(session, ContentRange.question(reader.count), [], sent: reader.count)
            }
            switch step {
            case .done(let outcome): return outcome
            case .gone: return nil
            case .stored(let count):
                offset = count
                if count > reached {
                    reached = count
                    disappointments = 0
                } else {
                    disappointments += 1
                }
            case .unknown(let failure):
                offset = nil
                disappointments += 1
                if disappointments > Self.patience { throw failure }
            }
            if disappointments > Self.patience {
                throw ProviderFailure(
                    .unavailable, FailureReason(code: "no_progress", title: "The upload to Drive does not get on"))
            }
        }
    }

    private enum Step {
        case done(Outcome)
        /// So many bytes are there.
        case stored(Int)
        case gone
        /// It may have been taken: Drive has to be asked.
        case unknown(ProviderFailure)
    }

    /// - Parameter sent: How many bytes Drive can have.
    private func step(
        _ session: String, _ range: String, _ body: [UInt8], sent: Int
    ) async throws(ProviderFailure) -> Step {
        let request = DriveRequest(
            method: "PUT", base: .session(session), headers: [("content-range", range)], body: body,
            timeout: .seconds(120))
        let answer: HTTPAnswer
        do throws(DriveUnreached) {
            answer = try await client.exchange(request)
        } catch {
            guard error.isOpen else { throw error.failure }
            return .unknown(error.failure)
        }
        switch answer.status {
        case 200, 201: return .done(.stored)
        case 308:
            // More than was sent is another file's count.
            guard let stored = ContentRange.stored(answer), stored <= sent else { return .gone }
            return .stored(stored)
        case 409: return .done(.there)
        case 500...: return .unknown(DriveFailure.of(answer))
        // These say something of the account or of the moment, and nothing of the session.
        case 401, 403, 429: throw DriveFailure.of(answer)
        case 400..<500: return .gone
        default: throw DriveFailure.of(answer)
        }
    }

    private static func piece(
        of reader: inout PieceReader, at offset: Int, size: Int
    ) async throws(ProviderFailure) -> [UInt8] {
        do {
            return try await reader.piece(at: offset, size: size)
        } catch {
            throw unreadable
        }
    }

    private static let unreadable = ProviderFailure(
        .unavailable, FailureReason(code: "media_unreadable", title: "The media file cannot be read now"))
}
