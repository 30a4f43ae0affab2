public import AdapterKit
import Crypto
import Dispatch
import Synchronization

/// More bytes came than may be stored.
public struct MediaTooLarge: Error, Sendable, Equatable {
    /// In bytes.
    public let limit: Int
}

/// Takes the bytes of one file and seals them as they come. Nothing stays of it unless its row is committed.
public final class MediaWriter: ByteSink {
    private struct State {
        var file: MediaFile?
        var buffer: [UInt8] = []
        var chunks = 0
        var size = 0
        var hash = SHA256()
        var isTooLarge = false
    }

    private let unfinished: UnfinishedMedia
    private let cipher: MediaCipher
    private let limit: Int
    private let queue: DispatchQueue
    private let state: Mutex<State>

    /// Blocks.
    init(_ unfinished: UnfinishedMedia, tenant: String, key: SymmetricKey, limit: Int, queue: DispatchQueue) throws {
        self.unfinished = unfinished
        self.limit = limit
        self.queue = queue
        let header = MediaCipher.makeHeader()
        cipher = try MediaCipher(header: header, tenant: tenant, row: unfinished.number, key: key)
        let file = try unfinished.open()
        try file.write(header)
        state = Mutex(State(file: file))
    }

    /// Whether more came than the limit allows, also where somebody between hid the error that was thrown.
    public var isTooLarge: Bool { state.withLock { $0.isTooLarge } }

    /// - Throws: ``MediaTooLarge`` beyond the limit, or ``StoreError``; the rest is not wanted then.
    public func write(_ bytes: [UInt8]) async throws {
        try await queue.run { [self] in
            try state.withLock { state in
                guard !state.isTooLarge, state.size + bytes.count <= limit else {
                    state.isTooLarge = true
                    throw MediaTooLarge(limit: limit)
                }
                state.size += bytes.count
                state.hash.update(data: bytes)
                state.buffer += bytes
                var start = 0
                // What may be the last chunk has to wait, as it is marked so.
                while state.buffer.count - start > MediaCipher.chunkSize {
                    try put(state.buffer[start..<start + MediaCipher.chunkSize], isLast: false, &state)
                    start += MediaCipher.chunkSize
                }
                state.buffer.removeFirst(start)
            }
        }
    }

    /// Ends the file; when this returns, it is on disk.
    /// - Throws: ``MediaTooLarge`` if too much came, or ``StoreError``.
    public func finish() async throws -> FinishedMedia {
        try await queue.run { [self] in
            try state.withLock { state in
                guard !state.isTooLarge else { throw MediaTooLarge(limit: limit) }
                try put(state.buffer[...], isLast: true, &state)
                try state.file?.sync()
                try MediaFile.sync(folder: unfinished.folder.path)
                state.file = nil
                return FinishedMedia(
                    size: state.size, sha256: Array(state.hash.finalize()), unfinished: unfinished, queue: queue)
            }
        }
    }

    /// Removes what was written.
    public func abort() async {
        await queue.run { [self] in
            state.withLock { $0.file = nil }
            unfinished.discard()
        }
    }

    private func put(_ chunk: ArraySlice<UInt8>, isLast: Bool, _ state: inout State) throws {
        guard let file = state.file else { throw StoreError(.failed, "the media were finished or given up before") }
        try file.write(cipher.seal(chunk, at: state.chunks, isLast: isLast))
        state.chunks += 1
    }
}

/// A file that is whole and on disk, and waits for its row. Let go of without one, it is removed.
public struct FinishedMedia: Sendable {
    /// In bytes.
    public let size: Int
    /// 32 bytes.
    public let sha256: [UInt8]
    let unfinished: UnfinishedMedia
    let queue: DispatchQueue

    /// Removes the file now.
    public func discard() async { await queue.run { [unfinished] in unfinished.discard() } }
}

extension DispatchQueue {
    /// Runs what blocks on this queue.
    func run<Value: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result = await withCheckedContinuation { continuation in
            self.async { continuation.resume(returning: Result(catching: body)) }
        }
        return try result.get()
    }
}
