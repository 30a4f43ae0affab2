import Hummingbird

/// What has changed since a token: one entry a file, the last.
extension DriveRoutes {
    func addChanges(to drive: RouterGroup<SandboxContext>) {
        drive.get("changes/startPageToken", use: handler("changes.getStartPageToken", startPageToken))
        drive.get("changes", use: handler("changes.list", changes))
    }

    @Sendable private func startPageToken(_ call: Call) async throws -> Response {
        .json(["kind": "drive#startPageToken", "startPageToken": JSON(String(await store.lastChange + 1))])
    }

    @Sendable private func changes(_ call: Call) async throws -> Response {
        guard let text = call.query["pageToken"] else {
            var error = DriveError(400, "required", "Required parameter: pageToken")
            error.location = "pageToken"
            throw error
        }
        let size = call.query["pageSize"].map { Int($0) ?? 0 } ?? 100
        guard (1...1000).contains(size) else { throw DriveError.invalid("pageSize") }
        let last = await store.lastChange
        guard let start = Int(text), (1...last + 1).contains(start) else { throw DriveError.invalid("pageToken") }
        let withRemoved = call.query["includeRemoved"] != "false"
        let all = await store.changes.filter {
            $0.sequence >= start && call.caller.sees($0.file) && (withRemoved || !$0.isRemoved)
        }
        let page = all.prefix(size)
        let next = all.count > page.count ? page.last.map { $0.sequence + 1 } : nil
        var entries: [JSON] = []
        for change in page { entries.append(await entry(change, call.caller)) }
        let json: JSON = [
            "kind": "drive#changeList", "nextPageToken": next.map { JSON(String($0)) },
            "newStartPageToken": next == nil ? JSON(String(last + 1)) : nil, "changes": .array(entries),
        ]
        let usual =
            "kind,nextPageToken,newStartPageToken,"
            + "changes(kind,changeType,type,time,removed,fileId,file(\(Self.fileFields)))"
        return .json(try call.fields(usual)?.select(json) ?? json)
    }

    private func entry(_ change: DriveStore.Change, _ caller: DriveCaller) async -> JSON {
        let current = await store.files[change.file.id]
        return [
            "kind": "drive#change", "changeType": "file", "type": "file", "time": JSON(DriveFile.time(change.time)),
            "removed": .bool(change.isRemoved), "fileId": JSON(change.file.id),
            "file": change.isRemoved ? nil : (current ?? change.file).json(for: caller),
        ]
    }
}
