import Foundation
import Testing

@testable import HubStore

struct DataFolderTests {
    private let folder: TemporaryFolder
    private let key: MasterKey
    private var path: String { "\(folder.path)/data" }

    init() throws {
        folder = try TemporaryFolder()
        key = try #require(MasterKey(text: MasterKey.generate()))
    }

    @Test func aFolderIsHeldByOneHubAtATime() throws {
        var first: DataFolder? = try DataFolder(path: path, masterKey: key)
        #expect(first?.path == path)
        let error = #expect(throws: StoreError.self) { try DataFolder(path: path, masterKey: key) }
        #expect(error?.code == .locked)
        first = nil
        #expect(throws: Never.self) { try DataFolder(path: path, masterKey: key) }
    }

    @Test func anotherMasterKeyIsRefusedInOneLine() throws {
        _ = try DataFolder(path: path, masterKey: key)
        let other = try #require(MasterKey(text: MasterKey.generate()))
        let error = try #require(#expect(throws: StoreError.self) { try DataFolder(path: path, masterKey: other) })
        #expect(error.code == .unsealable)
        #expect(error.message.contains("hub.master_key") && !error.message.contains("\n"))
        #expect(throws: Never.self, "the lock of the one that failed is gone") {
            try DataFolder(path: path, masterKey: key)
        }
    }

    @Test func theFolderIsForItsOwnerOnly() throws {
        _ = try DataFolder(path: path, masterKey: key)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test func aPathThatIsAFileIsRefused() throws {
        try Data().write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: StoreError.self) { try DataFolder(path: path, masterKey: key) }
        #expect(error?.code == .unreadable)
        #expect(error?.message.contains("hub.data") == true)
    }
}
