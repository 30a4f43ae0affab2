import Foundation

/// The hub's data folder, held by one process: opening it takes a lock and proves the master key.
public final class DataFolder: Sendable {
    public let path: String
    public let masterKey: MasterKey
    private let lock: CInt

    /// Makes the folder when it is missing, with access for its owner only.
    /// - Throws: ``StoreError`` with a sentence for the operator: `unreadable`, `locked`, or `unsealable` when the master
    ///   key is not the one that the folder was made with.
    public init(path: String, masterKey: MasterKey) throws {
        self.path = path
        self.masterKey = masterKey
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(.unreadable, "\(path): cannot be made; check hub.data and who may write there")
        }
        lock = open("\(path)/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw StoreError(.unreadable, "\(path): cannot be written; check hub.data and who may write there")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw StoreError(.locked, "\(path): another hub works on this folder; stop it first")
        }
        do {
            try Self.prove(masterKey, at: "\(path)/master.check")
        } catch {
            close(lock)
            throw error
        }
    }

    deinit { close(lock) }

    /// Opens a known sentence that was sealed when the folder was made.
    private static func prove(_ masterKey: MasterKey, at path: String) throws {
        let sealer = Sealer(owner: "#hub")
        let key = masterKey.derived(for: "check")
        if let sealed = FileManager.default.contents(atPath: path), !sealed.isEmpty {
            do {
                _ = try sealer.open([UInt8](sealed), .masterKeyCheck, row: 0, with: key)
            } catch {
                throw StoreError(
                    .unsealable,
                    "the master key does not open this data folder; set hub.master_key to the one it was made with")
            }
            return
        }
        let keys = (path as NSString).deletingLastPathComponent + "/keys"
        guard (try? FileManager.default.contentsOfDirectory(atPath: keys))?.isEmpty ?? true else {
            throw StoreError(
                .unreadable, "\(path): the file is missing, though there are tenants; put it back from a backup")
        }
        let sealed = try sealer.seal(Array("comfile".utf8), .masterKeyCheck, row: 0, with: key)
        do {
            try Data(sealed).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw StoreError(.unreadable, "\(path): cannot be written; check hub.data and who may write there")
        }
    }
}
