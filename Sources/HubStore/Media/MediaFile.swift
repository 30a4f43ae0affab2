import Foundation

/// An open file. Its calls block.
final class MediaFile: Sendable {
    private let descriptor: CInt

    /// - Parameter flags: of `open(2)`.
    init(_ path: String, _ flags: CInt) throws(StoreError) {
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("opened") }
    }

    deinit { close(descriptor) }

    /// Opens a folder to make what was made or removed in it durable.
    static func sync(folder path: String) throws(StoreError) {
        try MediaFile(path, O_RDONLY | O_DIRECTORY).sync()
    }

    /// Takes the file for this opening of it, until that is closed. Says whether it was free.
    func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    /// Whether the file still has its name.
    var isLinked: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_nlink > 0
    }

    /// In bytes.
    func size() throws(StoreError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.failure("read") }
        return Int(status.st_size)
    }

    func write(_ bytes: [UInt8]) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Foundation.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("written") }
            written += count
        }
    }

    /// Exactly so many bytes from the place on.
    /// - Throws: ``StoreError`` with `unsealable` when the file ends before.
    func read(at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw Self.failure("read") }
            guard read > 0 else { throw MediaCipher.unsealable }
            done += read
        }
        return bytes
    }

    /// Returns when everything written is on disk.
    func sync() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw Self.failure("written") }
    }

    private static func failure(_ verb: String) -> StoreError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return StoreError(.diskFull, "there is no room for media on the disk") }
        return StoreError(.unreadable, "a file of the media folder cannot be \(verb): system error \(code)")
    }
}
