import Foundation
import Synchronization

/// A tenant's folder of sealed files, each named by the number of its row in `media`.
///
/// While a file is written and its row not committed, the folder `unfinished` has an empty file of the same name, on disk
/// before the first byte and locked by whoever writes. What is found there when a store opens, and is not locked, was left
/// by a crash: the row says whether its file stays.
struct MediaFolder: Sendable {
    let path: String

    private var unfinished: String { "\(path)/unfinished" }

    func file(_ number: Int64) -> String { "\(path)/\(number)" }

    fileprivate func marker(_ number: Int64) -> String { "\(unfinished)/\(number)" }

    /// Makes what is in the folder, and the folder itself.
    func make() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: unfinished, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(
                .unreadable, "\(unfinished): cannot be made; check that the hub may write to its data folder")
        }
    }

    /// Removes the files that a crash left without a row that is stored. What cannot be removed is tried the next time:
    /// it must not keep the store from opening.
    func removeLeftovers(isStored: (Int64) throws -> Bool) throws {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: unfinished)) ?? [] {
            guard let number = Int64(name), let marker = try? MediaFile(marker(number), O_RDWR), marker.lock() else {
                continue
            }
            if try !isStored(number) { unlink(file(number)) }
            unlink(self.marker(number))
        }
    }

    /// Starts a file.
    /// - Throws: ``StoreError`` with `busy` when somebody else writes it.
    func begin(_ number: Int64) throws -> UnfinishedMedia {
        let marker = try lockedMarker(number)
        // On disk before the file is: a file without a row or marker would stay for ever.
        try MediaFile.sync(folder: unfinished)
        return UnfinishedMedia(folder: self, number: number, marker: marker)
    }

    private func lockedMarker(_ number: Int64) throws -> MediaFile {
        while true {
            let marker = try MediaFile(self.marker(number), O_CREAT | O_RDWR)
            guard marker.lock() else { throw StoreError(.busy, "the media are being written already") }
            // Whoever had the lock before may have removed the file after we opened it.
            if marker.isLinked { return marker }
        }
    }
}

/// A file whose row is not committed yet. It is removed with the last reference, unless it is kept or left before.
final class UnfinishedMedia: Sendable {
    let folder: MediaFolder
    let number: Int64
    private let marker: Mutex<MediaFile?>

    fileprivate init(folder: MediaFolder, number: Int64, marker: MediaFile) {
        self.folder = folder
        self.number = number
        self.marker = Mutex(marker)
    }

    deinit { discard() }

    /// Empties the file for writing, or makes it.
    func open() throws(StoreError) -> MediaFile { try MediaFile(folder.file(number), O_CREAT | O_WRONLY | O_TRUNC) }

    /// The row is committed.
    func keep() {
        end { unlink(folder.marker(number)) }
    }

    /// There will be no row.
    func discard() {
        end {
            unlink(folder.file(number))
            unlink(folder.marker(number))
        }
    }

    /// Whether there is a row is in doubt: the next opening of the store looks.
    func leave() { end {} }

    private func end(_ body: () -> Void) {
        marker.withLock { marker in
            guard marker != nil else { return }
            body()
            // Closed, and so unlocked, last.
            marker = nil
        }
    }
}
