import AdapterKit

/// Follows the changes of the files that the app may see: those of its own making.
struct DriveChanges {
    private static let pages = 50

    let client: DriveClient
    let ledger: DriveLedger

    /// Forgets what was removed or put into the bin since the last time. A page is dealt with before the place behind it is
    /// kept: cut off in between, it is read again.
    /// - Returns: How many files of ours were gone.
    func read() async throws(ProviderFailure) -> Int {
        guard var token = try await ledger.text(DriveLedger.changes) else {
            let answer = try await client.json(
                DriveRequest(path: "changes/startPageToken", query: [("fields", "startPageToken")]))
            try await ledger.keep(answer["startPageToken"]?.string, as: DriveLedger.changes)
            return 0
        }
        var count = 0
        for _ in 1...Self.pages {
            let page: JSON
            do throws(ProviderFailure) {
                page = try await client.json(
                    DriveRequest(
                        path: "changes",
                        query: [
                            ("pageToken", token), ("pageSize", "200"), ("spaces", "drive"), ("includeRemoved", "true"),
                            (
                                "fields",
                                "nextPageToken,newStartPageToken,changes(fileId,removed,file(trashed))"
                            ),
                        ]))
            } catch {
                // A place that Drive does not know any more: the next look begins anew.
                if error.kind == .notFound || error.kind == .refused {
                    try await ledger.keep(nil as String?, as: DriveLedger.changes)
                }
                throw error
            }
            for change in page["changes"]?.elements ?? [] {
                let isGone = change["removed"]?.bool == true || change["file"]?["trashed"]?.bool == true
                guard isGone, let id = change["fileId"]?.string else { continue }
                if try await ledger.forget(file: id) { count += 1 }
            }
            if let next = page["nextPageToken"]?.string {
                token = next
                try await ledger.keep(next, as: DriveLedger.changes)
            } else {
                if let start = page["newStartPageToken"]?.string {
                    try await ledger.keep(start, as: DriveLedger.changes)
                }
                break
            }
        }
        return count
    }
}
