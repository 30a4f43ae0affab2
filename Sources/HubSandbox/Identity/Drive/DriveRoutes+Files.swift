import HTTPTypes
import Hummingbird

/// Files: make, read, list, change, remove.
extension DriveRoutes {
    func addFiles(to drive: RouterGroup<SandboxContext>) {
        drive.get("files/generateIds", use: handler("files.generateIds", generateIDs))
        drive.get("files", use: handler("files.list", list))
        drive.post("files", use: handler("files.create", create))
        drive.get("files/:id", use: handler("files.get", get))
        drive.patch("files/:id", use: handler("files.update", update))
        drive.delete("files/:id", use: handler("files.delete", delete))
        drive.get("files/:id/export", use: handler("files.export", export))
    }

    @Sendable private func generateIDs(_ call: Call) async throws -> Response {
        let count = call.query["count"].map { Int($0) ?? 0 } ?? 10
        guard (1...1000).contains(count) else { throw DriveError.invalid("count") }
        let ids = await store.generateIDs(count)
        return .json(
            [
                "kind": "drive#generatedIds", "space": JSON(call.query["space"] ?? "drive"),
                "ids": .array(ids.map { JSON($0) }),
            ])
    }

    @Sendable private func create(_ call: Call) async throws -> Response {
        try await failOnWriting(call.caller)
        let metadata = try await metadata(call.request)
        let file = try await store.create(metadata, [], type: nil, for: call.caller)
        if await provider.take("create_reply_lost") != nil { try await call.context.channel.close() }
        return try answer(file, call)
    }

    @Sendable private func get(_ call: Call) async throws -> Response {
        if call.id == "root" || call.id == call.caller.rootID { return try answer(root(call.caller), call) }
        let file = try await store.file(call.id, for: call.caller)
        guard call.query["alt"] == "media" else { return try answer(file, call) }
        try call.caller.requireContent()
        guard !file.isGoogleType else {
            throw DriveError(
                403, "fileNotDownloadable",
                "Only files with binary content can be directly downloaded. Use Export with Docs Editors files.")
        }
        return try await download(file, call)
    }

    private func root(_ caller: DriveCaller) -> DriveFile {
        var root = DriveFile(
            id: caller.rootID, personID: caller.person.id, clientID: nil, parents: [], createdAt: 0, modifiedAt: 0)
        root.name = "My Drive"
        root.mimeType = DriveFile.folderType
        return root
    }

    @Sendable private func update(_ call: Call) async throws -> Response {
        try await failOnWriting(call.caller)
        let file = try await store.update(
            call.id, try await metadata(call.request), nil, type: nil, moves: call.moves, for: call.caller)
        return try answer(file, call)
    }

    @Sendable private func delete(_ call: Call) async throws -> Response {
        try call.caller.requireWriting()
        try await store.delete(call.id, for: call.caller)
        return Response(status: .noContent)
    }

    @Sendable private func list(_ call: Call) async throws -> Response {
        let query = call.query
        let size = query["pageSize"].map { Int($0) ?? 0 } ?? 100
        guard (1...1000).contains(size) else { throw DriveError.invalid("pageSize") }
        guard ["drive", nil].contains(query["spaces"]) else { throw DriveError.invalid("spaces") }
        let search = try query["q"].map { text throws(DriveError) in try DriveQuery(text, root: call.caller.rootID) }
        var files = await store.files(for: call.caller, matching: search)
        if let order = query["orderBy"] { try Self.sort(&files, by: order) }
        // The token of a page says how many files stand before it.
        let start = query["pageToken"].map { $0.hasPrefix("~!!~") ? Int($0.dropFirst(4)) ?? -1 : -1 } ?? 0
        guard (0...files.count).contains(start) else { throw DriveError.invalid("pageToken") }
        let page = files[start...].prefix(size)
        let json: JSON = [
            "kind": "drive#fileList", "incompleteSearch": false,
            "nextPageToken": start + page.count < files.count ? JSON("~!!~\(start + page.count)") : nil,
            "files": .array(page.map { $0.json(for: call.caller) }),
        ]
        let fields = try call.fields("kind,incompleteSearch,nextPageToken,files(\(Self.fileFields))")
        return .json(fields?.select(json) ?? json)
    }

    private static func sort(_ files: inout [DriveFile], by order: String) throws(DriveError) {
        // The last key is sorted by first, and the sort is stable.
        for key in order.split(separator: ",").reversed() {
            let words = key.split(separator: " ")
            let isDescending = words.count == 2 && words[1] == "desc"
            guard words.count == 1 || isDescending, let name = words.first else { throw .invalid("orderBy") }
            let comes: (DriveFile, DriveFile) -> Bool
            switch name {
            case "name", "name_natural": comes = { $0.name < $1.name }
            case "createdTime": comes = { $0.createdAt < $1.createdAt }
            case "modifiedTime": comes = { $0.modifiedAt < $1.modifiedAt }
            case "folder": comes = { $0.isFolder && !$1.isFolder }
            default: throw .invalid("orderBy")
            }
            files.sort { isDescending ? comes($1, $0) : comes($0, $1) }
        }
    }

    @Sendable private func export(_ call: Call) async throws -> Response {
        try call.caller.requireContent()
        let file = try await store.file(call.id, for: call.caller)
        guard file.isGoogleType, !file.isFolder else {
            throw DriveError(403, "fileNotExportable", "Export only supports Docs Editors files.")
        }
        guard file.mimeType == DriveFile.documentType, call.query["mimeType"] == "text/plain" else {
            throw DriveError(400, "badRequest", "The requested conversion is not supported.")
        }
        guard file.bytes.count <= 10 * 1024 * 1024 else {
            throw DriveError(403, "exportSizeLimitExceeded", "This file is too large to be exported.")
        }
        // Google begins the text with a byte order mark.
        return try await download(file, call, bytes: [0xEF, 0xBB, 0xBF] + file.bytes, type: "text/plain")
    }
}

extension DriveRoutes.Call {
    var moves: (add: [String], remove: [String]) {
        func ids(_ name: String) -> [String] { (query[name] ?? "").split(separator: ",").map(String.init) }
        return (ids("addParents"), ids("removeParents"))
    }
}
