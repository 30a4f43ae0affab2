import FoundationEssentials
import Hummingbird

/// The control calls on everybody's files: `/_sandbox/drive/files`.
struct DriveControl: Sendable {
    let people: SandboxPeople
    let store: DriveStore

    func add(to router: Router<SandboxContext>) {
        let control = router.group("_sandbox/drive")
        control.get("files") { _, _ in
            let files = await store.files.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            return Response.json(["files": .array(files.map(\.controlJSON))])
        }
        // A person makes or changes a file without an app, or deletes one.
        control.post("files") { request, _ in
            Response.json(try await write(try await request.json()).controlJSON)
        }
        control.delete("files/:id") { _, context in
            guard let file = await store.files[context.parameters.get("id") ?? ""] else { throw Self.unknown }
            await store.remove(file)
            return Response.json(["success": true])
        }
    }

    private static let unknown = ControlError("no such file; GET /_sandbox/drive/files lists them", http: 404)

    private func write(_ json: JSON) async throws -> DriveFile {
        let now = store.clock.milliseconds
        var file: DriveFile
        if let id = json["id"]?.text {
            guard let known = await store.files[id] else { throw Self.unknown }
            file = known
            file.modifiedAt = now
            file.version += 1
        } else {
            let person = try people.person(in: json)
            // With `client` it is a file that this app may see, e.g. one that was picked for it.
            file = DriveFile(
                id: DriveStore.makeID(), personID: person.id, clientID: json["client"]?.text,
                parents: [DriveCaller.rootID(of: person.id)], createdAt: now, modifiedAt: now)
        }
        if let parents = json["parents"]?.elements { file.parents = parents.compactMap(\.text) }
        if let text = json["text"]?.text { file.bytes = Array(text.utf8) }
        if let text = json["content"]?.text {
            guard let data = Data(base64Encoded: text) else { throw ControlError("'content' takes base64") }
            file.bytes = Array(data)
        }
        do {
            try file.change(json)
            try await store.put(file)
        } catch {
            throw ControlError(error.message)
        }
        return file
    }
}

extension DriveFile {
    /// All there is to a file, for tests.
    fileprivate var controlJSON: JSON {
        func object(_ entries: [String: String]) -> JSON {
            .object(entries.sorted { $0.key < $1.key }.map { .init(name: $0, value: JSON($1)) })
        }
        return [
            "id": JSON(id), "person": JSON(personID), "client": clientID.map { JSON($0) }, "name": JSON(name),
            "mimeType": JSON(mimeType), "parents": .array(parents.map { JSON($0) }), "trashed": .bool(isTrashed),
            "properties": object(properties), "appProperties": object(appProperties),
            "createdTime": JSON(Self.time(createdAt)), "modifiedTime": JSON(Self.time(modifiedAt)),
            "version": JSON(version), "size": JSON(bytes.count),
            "content": JSON(Data(bytes).base64EncodedString()),
        ]
    }
}
