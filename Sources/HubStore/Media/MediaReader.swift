public import AdapterKit
import Crypto
import Dispatch
import Synchronization

/// Gives the bytes of stored media, or of a part, piece by piece. Each piece is proven before it is given.
public final class MediaReader: ByteSource, AsyncSequence {
    public typealias Element = [UInt8]

    public let record: MediaRecord
    /// The part that is read.
    public let range: Range<Int>

    private let file: MediaFile
    private let cipher: MediaCipher
    private let layout: MediaLayout
    private let queue: DispatchQueue
    private let position: Mutex<Int>

    /// Blocks.
    /// - Throws: ``StoreError`` with `unsealable` when the file is not the one of the row.
    init(
        _ record: MediaRecord, file: MediaFile, tenant: String, row: Int64, key: SymmetricKey, range: Range<Int>?,
        queue: DispatchQueue
    ) throws {
        guard let layout = MediaLayout(fileSize: try file.size()), layout.size == record.size else {
            throw MediaCipher.unsealable
        }
        let header = try file.read(at: 0, count: MediaCipher.headerSize)
        cipher = try MediaCipher(header: header, tenant: tenant, row: row, key: key)
        self.record = record
        self.file = file
        self.layout = layout
        self.range = range?.clamped(to: 0..<layout.size) ?? 0..<layout.size
        self.queue = queue
        position = Mutex(self.range.lowerBound)
    }

    /// How many bytes there are in the part.
    public var count: Int { range.count }

    /// At most 64 KiB, or nil at the end.
    /// - Throws: ``StoreError`` with `unsealable` where the file was changed.
    public func next() async throws -> [UInt8]? {
        try await queue.run { [self] in
            try position.withLock { position in
                guard position < range.upperBound else {
                    // There is nothing to give of an empty file, but it may have been changed.
                    if layout.size == 0 { _ = try chunk(0) }
                    return nil
                }
                let index = position / MediaCipher.chunkSize
                let start = index * MediaCipher.chunkSize
                let chunk = try chunk(index)
                let end = Swift.min(range.upperBound - start, chunk.count)
                defer { position = start + end }
                return position == start && end == chunk.count ? chunk : Array(chunk[(position - start)..<end])
            }
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(reader: self) }

    public struct Iterator: AsyncIteratorProtocol {
        let reader: MediaReader

        public mutating func next() async throws -> [UInt8]? { try await reader.next() }
    }

    private func chunk(_ index: Int) throws -> [UInt8] {
        let (offset, count) = layout.place(of: index)
        return try cipher.open(
            file.read(at: offset, count: count), at: index, isLast: index == layout.chunks - 1)
    }
}
