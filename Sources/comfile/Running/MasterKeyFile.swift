import AdapterKit
import Foundation
import HubCore
import HubStore

extension MasterKeySource {
    /// The key itself. A file that is not there is made with a new key, unless the data folder was made with another one.
    func masterKey(dataPath: String) throws -> MasterKey {
        switch self {
        case .inline(let secret):
            return try Self.read(secret.reveal(), from: "hub.master_key")
        case .file(let path):
            if let data = FileManager.default.contents(atPath: path) {
                return try Self.read(String(decoding: data, as: UTF8.self), from: path)
            }
            guard !FileManager.default.fileExists(atPath: path) else {
                throw Failure("\(path): the master key cannot be read; check who may read the file")
            }
            guard !FileManager.default.fileExists(atPath: "\(dataPath)/master.check") else {
                throw Failure("\(path): the master key is missing, and \(dataPath) was made with one; put it back")
            }
            return try Self.make(at: path)
        }
    }

    private static func read(_ text: String, from place: String) throws -> MasterKey {
        guard let key = MasterKey(text: text) else {
            throw Failure("\(place): not a master key; it is base64 of 32 bytes, as `comfile keys new` prints")
        }
        return key
    }

    private static func make(at path: String) throws -> MasterKey {
        let text = MasterKey.generate()
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // Made for its owner only from the first moment on; never over a file that appeared in between.
            let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission) }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data("\(text)\n".utf8))
            try handle.synchronize()
        } catch {
            throw Failure("\(path): the master key cannot be made; check that the folder can be written")
        }
        return try read(text, from: path)
    }
}
