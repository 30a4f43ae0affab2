/// Everybody's Drive: files, their changes, ids that were given in advance, and uploads under way.
actor DriveStore {
    /// Bytes of all files together; more are over quota.
    static let byteLimit = 256 * 1024 * 1024
    static let fileLimit = 10_000

    /// A change of a file, for who follows changes.
    struct Change: Hashable, Sendable {
        let sequence: Int
        /// The file as it is after the change, or was before it was removed.
        let file: DriveFile
        let isRemoved: Bool
        /// Unix milliseconds.
        let time: Int
    }

    nonisolated let clock: SandboxClock
    private(set) var files: [String: DriveFile] = [:]
    private(set) var changes: [Change] = []
    private(set) var lastChange = 1000
    private var generated: Set<String> = []
    var uploads = BoundedMap<String, DriveUpload?>(limit: 1000)

    init(clock: SandboxClock) { self.clock = clock }

    func reset() {
        files = [:]
        changes = []
        lastChange = 1000
        generated = []
        uploads.removeAll()
    }

    static func makeID() -> String { "1" + SandboxSecret.random(count: 32) }

    func generateIDs(_ count: Int) -> [String] {
        let ids = (0..<count).map { _ in Self.makeID() }
        generated.formUnion(ids)
        return ids
    }

    /// The file of that id, if the caller may know that there is one.
    func file(_ id: String, for caller: DriveCaller) throws(DriveError) -> DriveFile {
        guard let file = files[id], caller.sees(file) else { throw .notFound(id) }
        return file
    }

    func files(for caller: DriveCaller, matching query: DriveQuery?) -> [DriveFile] {
        files.values.filter { caller.sees($0) && (query?.matches($0) ?? true) }
            .sorted { ($0.modifiedAt, $0.id) > ($1.modifiedAt, $1.id) }
    }

    /// Makes a file.
    /// - Parameters:
    ///   - metadata: as a call gives it; its `id` is one that was generated.
    ///   - type: of the content, where the metadata names none.
    func create(
        _ metadata: JSON, _ bytes: [UInt8], type: String?, for caller: DriveCaller
    ) throws(DriveError) -> DriveFile {
        let file = try draft(metadata, bytes, type: type, for: caller)
        try put(file)
        return file
    }

    /// Checks whether a file could be made so, e.g. before its bytes are taken.
    func check(_ metadata: JSON, for caller: DriveCaller) throws(DriveError) {
        _ = try draft(metadata, [], type: nil, for: caller)
    }

    private func draft(
        _ metadata: JSON, _ bytes: [UInt8], type: String?, for caller: DriveCaller
    ) throws(DriveError) -> DriveFile {
        var id = Self.makeID()
        if let given = metadata["id"]?.text {
            guard files[given] == nil else {
                throw DriveError(409, "fileIdInUse", "A file already exists with the provided ID.")
            }
            guard generated.contains(given) else { throw .invalid("id", "The provided file ID is not usable.") }
            id = given
        }
        let parents = try parents(metadata["parents"]?.elements?.compactMap(\.text) ?? ["root"], for: caller)
        let now = clock.milliseconds
        var file = DriveFile(
            id: id, personID: caller.person.id, clientID: caller.clientID, parents: parents, createdAt: now,
            modifiedAt: now)
        if let type { file.mimeType = type }
        file.bytes = bytes
        try file.change(metadata)
        return file
    }

    /// Checks parents: one only, a folder that the caller sees.
    private func parents(_ names: [String], for caller: DriveCaller) throws(DriveError) -> [String] {
        let parents = names.map { $0 == "root" ? caller.rootID : $0 }
        guard parents.count == 1 else {
            throw DriveError(403, "cannotAddParent", "Increasing the number of parents is not allowed")
        }
        for parent in parents where parent != caller.rootID {
            guard try file(parent, for: caller).isFolder else {
                throw DriveError(403, "parentNotAFolder", "The specified parent is not a folder.")
            }
        }
        return parents
    }

    /// Changes a file's metadata, its content, or both.
    /// - Parameters:
    ///   - bytes: nil to leave the content.
    ///   - moves: the ids of `addParents` and `removeParents`.
    func update(
        _ id: String, _ metadata: JSON, _ bytes: [UInt8]?, type: String?, moves: (add: [String], remove: [String]),
        for caller: DriveCaller
    ) throws(DriveError) -> DriveFile {
        var file = try file(id, for: caller)
        guard metadata["parents"] == nil else {
            throw DriveError(
                403, "fieldNotWritable",
                "The parents field is not directly writable in update requests. Use the addParents and removeParents "
                    + "parameters instead.")
        }
        let removed = moves.remove.map { $0 == "root" ? caller.rootID : $0 }
        let added = moves.add.map { $0 == "root" ? caller.rootID : $0 }.filter { !file.parents.contains($0) }
        let parents = file.parents.filter { !removed.contains($0) } + added
        if !added.isEmpty { file.parents = try self.parents(parents, for: caller) }
        file.modifiedAt = clock.milliseconds
        if let bytes {
            file.bytes = bytes
            if let type, !file.isGoogleType { file.mimeType = type }
        }
        try file.change(metadata)
        file.version += 1
        try put(file)
        return file
    }

    /// Removes a file, and all that lies in it.
    func delete(_ id: String, for caller: DriveCaller) throws(DriveError) {
        remove(try file(id, for: caller))
    }

    /// Keeps a file as it is, without asking whose it is.
    func put(_ file: DriveFile) throws(DriveError) {
        let others = files.values.reduce(0) { $0 + ($1.id == file.id ? 0 : $1.bytes.count) }
        guard others + file.bytes.count <= Self.byteLimit, files[file.id] != nil || files.count < Self.fileLimit else {
            throw .quota
        }
        files[file.id] = file
        note(file, isRemoved: false)
    }

    func remove(_ file: DriveFile) {
        guard files.removeValue(forKey: file.id) != nil else { return }
        note(file, isRemoved: true)
        for child in files.values where child.parents.contains(file.id) { remove(child) }
    }

    private func note(_ file: DriveFile, isRemoved: Bool) {
        lastChange += 1
        var kept = file
        kept.bytes = []
        // One change a file: the last.
        changes.removeAll { $0.file.id == file.id }
        changes.append(Change(sequence: lastChange, file: kept, isRemoved: isRemoved, time: clock.milliseconds))
    }
}
