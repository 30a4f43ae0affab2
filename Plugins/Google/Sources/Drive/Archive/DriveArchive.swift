import AdapterKit

/// The tenant's folder in Drive, and the making of files in it: each once, whatever is cut off or said twice.
actor DriveArchive {
    static let folderType = "application/vnd.google-apps.folder"
    /// Between two looks at what people changed in Drive.
    private static let pause: Duration = .seconds(60)
    private static let idsAtOnce = 10

    nonisolated let client: DriveClient
    nonisolated let ledger: DriveLedger
    private let folderName: String
    private let clock: any ClockPort
    private let log: any LogPort
    private var ids: [String] = []
    private var rootInMaking: Task<Result<String, ProviderFailure>, Never>?
    private var lookedAt: Timestamp?

    init(client: DriveClient, ledger: DriveLedger, folderName: String, clock: any ClockPort, log: any LogPort) {
        self.client = client
        self.ledger = ledger
        self.folderName = folderName
        self.clock = clock
        self.log = log
    }

    /// The id of the tenant's folder, which is made when it is not there. Whoever comes meanwhile waits for it: two at once
    /// would make two.
    func root() async throws(ProviderFailure) -> String {
        if let rootInMaking { return try await rootInMaking.value.get() }
        let making = Task { await self.makeRoot() }
        rootInMaking = making
        let result = await making.value
        rootInMaking = nil
        return try result.get()
    }

    private func makeRoot() async -> Result<String, ProviderFailure> {
        do throws(ProviderFailure) {
            return .success(
                try await folder(DriveLedger.root, named: folderName, in: "root", about: "conversations"))
        } catch {
            return .failure(error)
        }
    }

    /// A folder, made when it is not there.
    /// - Parameters:
    ///   - parent: `root` is the Drive's own.
    ///   - about: Kept with the folder for this app alone.
    func folder(
        _ name: String, named title: String, in parent: String, about: String
    ) async throws(ProviderFailure) -> String {
        try await made(name, in: parent) { id in
            .object([
                "id": .string(id), "name": .string(title), "mimeType": .string(Self.folderType),
                "parents": [.string(parent)], "appProperties": ["comfile": .string(about)],
            ])
        }.id
    }

    /// A file or folder without content, made when it is not there.
    func made(
        _ name: String, in parent: String, _ metadata: (String) -> JSON
    ) async throws(ProviderFailure) -> FiledObject {
        for _ in 1...2 {
            let object = try await planned(name, in: parent)
            if object.isMade { return object }
            let request = DriveRequest.json("POST", "files", metadata(object.id), query: [("fields", "id")])
            let answer: HTTPAnswer
            do throws(DriveUnreached) {
                answer = try await client.exchange(request)
            } catch {
                throw error.failure
            }
            if answer.status == 409 {
                if let there = try await settled(object, as: name) { return there }
                continue
            }
            guard (200..<300).contains(answer.status) else { throw DriveFailure.of(answer) }
            return try await settle(object, as: name)
        }
        throw ProviderFailure(
            .unavailable, FailureReason(code: "file_removed", title: "What was to be filed is removed again and again"))
    }

    /// What is filed under a name, or an id for it that is kept before anything is made.
    func planned(_ name: String, in parent: String) async throws(ProviderFailure) -> FiledObject {
        if let object = try await ledger.object(name), object.parent == parent { return object }
        let object = FiledObject(id: try await newID(), parent: parent)
        try await ledger.keep(object, as: name)
        return object
    }

    /// Notes that Drive has it.
    func settle(_ object: FiledObject, as name: String) async throws(ProviderFailure) -> FiledObject {
        var object = object
        object.isMade = true
        try await ledger.keep(object, as: name)
        return object
    }

    /// For what Drive says is there already: it is, or a person has removed it, and it is forgotten.
    func settled(_ object: FiledObject, as name: String) async throws(ProviderFailure) -> FiledObject? {
        guard try await client.state(of: object.id) != nil else {
            try await ledger.forget(name)
            return nil
        }
        return try await settle(object, as: name)
    }

    /// Forgets a folder that is not in Drive any more.
    func recheck(_ name: String) async throws(ProviderFailure) {
        guard let object = try await ledger.object(name), object.isMade else { return }
        if try await client.state(of: object.id) == nil { try await ledger.forget(name) }
    }

    private func newID() async throws(ProviderFailure) -> String {
        if let id = ids.popLast() { return id }
        let answer = try await client.json(
            DriveRequest(
                path: "files/generateIds",
                query: [("count", String(Self.idsAtOnce)), ("space", "drive"), ("type", "files"), ("fields", "ids")]))
        let fresh = (answer["ids"]?.elements ?? []).compactMap(\.string).filter(FiledObject.isID)
        ids.append(contentsOf: fresh.reversed())
        guard let id = ids.popLast() else {
            throw ProviderFailure(.unavailable, FailureReason(code: "no_ids", title: "Drive gave no ids for files"))
        }
        return id
    }

    /// Notices what people removed in Drive, now and then. That it cannot be seen now is no reason to file nothing.
    func notice() async {
        let now = clock.now
        if let lookedAt, now - lookedAt < Self.pause { return }
        lookedAt = now
        do throws(ProviderFailure) {
            let count = try await DriveChanges(client: client, ledger: ledger).read()
            if count > 0 { log.log(.info, "files were removed from Drive by hand", ["count": String(count)]) }
        } catch {
            log.log(.warning, "changes in Drive cannot be read", ["code": error.reason.code])
        }
    }
}
