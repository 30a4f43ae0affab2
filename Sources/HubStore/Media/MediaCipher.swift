import Crypto
import Foundation

/// Seals the bytes of one file, chunk by chunk, so that any part of it can be read and none need be in memory whole.
///
/// A file is a header and its chunks. Each has a key of its own, derived by HKDF-SHA256 (RFC 5869) from the key of the
/// contact or tenant and a random salt, and each chunk is sealed with AES-256-GCM under that key. Nonce and associated
/// data hold the chunk's place and whether it is the last: a chunk that was moved, to another place, file, row or tenant,
/// does not open, and neither does a file that was cut or extended.
///
///     "CHM", format 1   4 bytes
///     key version       1
///     salt              32
///     chunk             up to 65536 bytes of the file, and a tag of 16; only the last may be shorter, and only the
///                       last of a file of 0 bytes is empty
struct MediaCipher: Sendable {
    static let chunkSize = 64 * 1024
    static let tagSize = 16
    static let headerSize = 4 + 1 + saltSize
    private static let saltSize = 32
    private static let format = Array("CHM".utf8) + [1]

    private let key: SymmetricKey
    private let associatedData: [UInt8]

    /// The header of a new file.
    static func makeHeader() -> [UInt8] {
        let salt = SymmetricKey(size: SymmetricKeySize(bitCount: saltSize * 8)).withUnsafeBytes { Array($0) }
        return format + [Sealer.keyVersion] + salt
    }

    /// - Throws: ``StoreError`` with `unsealable` for a header of another format.
    init(header: [UInt8], tenant: String, row: Int64, key: SymmetricKey) throws(StoreError) {
        guard header.count == Self.headerSize, header.starts(with: Self.format) else { throw Self.unsealable }
        self.key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, salt: header.suffix(Self.saltSize), info: Data("comfile hub media".utf8),
            outputByteCount: 32)
        associatedData = withUnsafeBytes(of: row.bigEndian) { Array("\(tenant)|media|".utf8) + $0 + [header[4]] }
    }

    func seal(_ chunk: ArraySlice<UInt8>, at index: Int, isLast: Bool) throws -> [UInt8] {
        let place = Self.place(index, isLast)
        let box = try AES.GCM.seal(
            chunk, using: key, nonce: AES.GCM.Nonce(data: place), authenticating: associatedData + place)
        return [UInt8](box.ciphertext) + box.tag
    }

    /// - Throws: ``StoreError`` with `unsealable`.
    func open(_ sealed: [UInt8], at index: Int, isLast: Bool) throws(StoreError) -> [UInt8] {
        let place = Self.place(index, isLast)
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: place), ciphertext: sealed.dropLast(Self.tagSize),
                tag: sealed.suffix(Self.tagSize))
            return [UInt8](try AES.GCM.open(box, using: key, authenticating: associatedData + place))
        } catch {
            throw Self.unsealable
        }
    }

    /// 96 bits that no other chunk of the file has.
    private static func place(_ index: Int, _ isLast: Bool) -> [UInt8] {
        withUnsafeBytes(of: UInt64(index).bigEndian) { [0, 0, 0, isLast ? 1 : 0] + $0 }
    }

    static let unsealable = StoreError(.unsealable, "a file of the media folder does not open")
}

/// Where the chunks of a file are.
struct MediaLayout: Sendable, Equatable {
    /// Of the bytes in the clear.
    let size: Int

    init(size: Int) { self.size = size }

    /// - Returns: nil for a length that no file of ours has.
    init?(fileSize: Int) {
        let body = fileSize - MediaCipher.headerSize
        let (whole, rest) = body.quotientAndRemainder(dividingBy: Self.sealedChunkSize)
        guard body >= MediaCipher.tagSize, rest == 0 || rest >= MediaCipher.tagSize else { return nil }
        // An empty chunk follows no other.
        guard rest != MediaCipher.tagSize || whole == 0 else { return nil }
        size = whole * MediaCipher.chunkSize + max(0, rest - MediaCipher.tagSize)
    }

    private static let sealedChunkSize = MediaCipher.chunkSize + MediaCipher.tagSize

    /// At least one.
    var chunks: Int { max(1, (size + MediaCipher.chunkSize - 1) / MediaCipher.chunkSize) }

    /// Where in the file the sealed chunk is.
    func place(of index: Int) -> (offset: Int, count: Int) {
        let clear = min(MediaCipher.chunkSize, size - index * MediaCipher.chunkSize)
        return (MediaCipher.headerSize + index * Self.sealedChunkSize, clear + MediaCipher.tagSize)
    }
}
