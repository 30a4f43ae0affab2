public import AdapterKit
import Crypto
import Foundation

extension TenantStore {
    /// The media, or nil when the tenant has none of that id.
    public func media(id text: String) async throws -> MediaRecord? {
        try await read { context in try context.ids.number(.media, text).flatMap { try context.media($0) } }
    }

    /// Opens stored media for reading.
    /// - Parameter range: the part to read, cut to what there is; nil for all.
    /// - Returns: nil when the tenant has none of that id, or they are not stored.
    /// - Throws: ``StoreError`` with `unsealable` when the person was erased or the file was changed.
    public func openMedia(id text: String, range: Range<Int>? = nil) async throws -> MediaReader? {
        guard let record = try await media(id: text), record.state == .stored else { return nil }
        return try await withMedia { store, queue in
            guard let number = store.ids.number(.media, text) else { return nil }
            let contact = record.contactID.flatMap { store.ids.number(.contact, $0) }
            return try MediaReader(
                record, file: MediaFile(store.media.file(number), O_RDONLY), tenant: store.tenant, row: number,
                key: try store.mediaKey(contact), range: range, queue: queue)
        }
    }

    /// Where the bytes of fetched media go.
    /// - Parameter limit: in bytes.
    /// - Throws: ``StoreError`` with `busy` when somebody else fetches them, or `failed` when they are not waited for any more.
    public func mediaWriter(for leased: LeasedMedia, limit: Int) async throws -> MediaWriter {
        try await withMedia { store, queue in
            let unfinished = try store.media.begin(leased.number)
            // Asked under the lock of the file: what is stored must not be emptied.
            guard try store.mediaState(leased.number) == .pending else {
                unfinished.leave()
                throw StoreError(.failed, "the media are not waited for any more")
            }
            return try MediaWriter(
                unfinished, tenant: store.tenant, key: try store.mediaKey(leased.contact), limit: limit, queue: queue)
        }
    }

    /// Where the bytes of an upload go, until ``addUpload(_:kind:mimeType:filename:expiresAt:at:)`` takes it.
    /// - Parameter limit: in bytes.
    public func uploadWriter(limit: Int, at now: Timestamp) async throws -> MediaWriter {
        try await withMedia { store, queue in
            let unfinished = try store.media.begin(store.numbers.next(at: now))
            return try MediaWriter(
                unfinished, tenant: store.tenant, key: try store.mediaKey(nil), limit: limit, queue: queue)
        }
    }

    /// Keeps an upload. When this throws, nothing of it stays.
    /// - Parameters:
    ///   - mimeType: without parameters other than `charset` and `codecs`.
    ///   - expiresAt: after this it need not be kept; nil for no end.
    public func addUpload(
        _ finished: FinishedMedia, kind: MessageContent.Media.Kind, mimeType: String, filename: String?,
        expiresAt: Timestamp? = nil, at now: Timestamp
    ) async throws -> MediaRecord {
        let number = finished.unfinished.number
        return try await commit(finished) { context in
            try context.addUpload(
                number, finished, kind: kind, mimeType: mimeType, filename: filename, expiresAt: expiresAt, now: now)
            guard let record = try context.read.media(number) else { throw StoreError(.failed, "the media are gone") }
            return record
        }
    }

    /// Commits the row of a file; the file stays if and only if the row does.
    /// - Parameter body: returns nil when there is no row for it.
    func commit<Value: Sendable>(
        _ finished: FinishedMedia, _ body: @escaping @Sendable (WriteContext) throws -> Value?
    ) async throws -> Value {
        let unfinished = finished.unfinished
        let result: Result<Value?, any Error>
        do {
            result = .success(try await write { try body($0) })
        } catch {
            result = .failure(error)
        }
        try? await withMedia { _, _ in unfinished.settle(result) }
        guard let value = try result.get() else { throw StoreError(.failed, "the media are not waited for any more") }
        return value
    }
}

extension UnfinishedMedia {
    fileprivate func settle<Value>(_ result: Result<Value?, any Error>) {
        switch result {
        case .success(.some): keep()
        // A disk that fails in the middle of a commit leaves it open whether there is one.
        case .failure(let error as StoreError) where error.code == .unreadable: leave()
        case .success(.none), .failure: discard()
        }
    }
}

extension OpenStore {
    func removeUnfinishedMedia() throws {
        try media.removeLeftovers { try mediaState($0) == .stored }
    }

    /// As the writer sees it; nil where there is no row.
    func mediaState(_ number: Int64) throws -> MediaRecord.State? {
        try engine.withoutTransaction { connection in
            try connection.first(Self.mediaStateQuery, [.integer(number)]) { $0.text(0) }
        }.flatMap(MediaRecord.State.init)
    }

    func mediaKey(_ contact: Int64?) throws -> SymmetricKey {
        try contact.map { try keys.key(contact: $0) } ?? keys.tenantDataKey
    }

    private static let mediaStateQuery: SQL = "SELECT state FROM media WHERE id = $1"
}
