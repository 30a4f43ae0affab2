import FoundationEssentials

/// A resumable upload: what was announced, and what of it is here.
struct DriveUpload: Sendable {
    /// Parts but the last are multiples of this.
    static let step = 256 * 1024
    /// Sessions live a week.
    static let lifetime = 7 * 86_400_000

    let caller: DriveCaller
    let metadata: JSON
    let type: String?
    /// The file that is to be changed; nil for a new one.
    let fileID: String?
    /// `addParents` and `removeParents` of an update.
    let moves: (add: [String], remove: [String])
    let fields: DriveFields?
    /// Unix milliseconds.
    let expiresAt: Int
    /// The length of the whole, once it is known.
    var total: Int?
    var bytes: [UInt8] = []
    /// The file that came of it.
    var finishedID: String?

    /// What a part says of itself (`Content-Range`).
    enum Part: Hashable, Sendable {
        /// Asks how much is here.
        case probe(total: Int?)
        case bytes(from: Int, to: Int, total: Int?)

        /// - Parameters:
        ///   - header: nil for a body that is the whole.
        ///   - length: of the body.
        init?(_ header: String?, length: Int) {
            guard let header else {
                self = .bytes(from: 0, to: length - 1, total: length)
                return
            }
            guard let match = header.wholeMatch(of: /bytes (?:(\*)|([0-9]{1,15})-([0-9]{1,15}))\/(\*|[0-9]{1,15})/)
            else { return nil }
            let total = Int(match.4)
            if match.1 != nil {
                guard length == 0 else { return nil }
                self = .probe(total: total)
            } else {
                guard let from = match.2.flatMap({ Int($0) }), let to = match.3.flatMap({ Int($0) }),
                    to - from + 1 == length, total.map({ to < $0 }) ?? true
                else { return nil }
                self = .bytes(from: from, to: to, total: total)
            }
        }
    }

    /// Takes a part.
    /// - Parameter limit: bytes of it that are taken at most; the rest is as if it had not come.
    /// - Returns: whether all is here.
    mutating func take(_ part: Part, _ body: [UInt8], limit: Int) throws(DriveError) -> Bool {
        switch part {
        case .probe(let total):
            try settle(total)
        case .bytes(let from, let to, let total):
            try settle(total)
            let isLast = self.total.map { to + 1 == $0 } ?? false
            guard isLast || body.count % Self.step == 0 else {
                throw DriveError(400, "badRequest", "Chunks but the last must be multiples of 256 KiB.")
            }
            // A part from behind what is here changes nothing: the answer says where to go on.
            if from <= bytes.count, to >= bytes.count {
                bytes += body.dropFirst(bytes.count - from).prefix(limit)
            }
        }
        return total == bytes.count
    }

    private mutating func settle(_ given: Int?) throws(DriveError) {
        guard let given else { return }
        guard total == nil || total == given else {
            throw DriveError(400, "badRequest", "The total of Content-Range is not what was announced.")
        }
        guard given <= DriveStore.byteLimit else { throw .quota }
        total = given
    }
}

extension DriveStore {
    /// Opens an upload.
    /// - Returns: the session's id.
    func open(_ upload: DriveUpload) -> String {
        let id = "ABg5-" + SandboxSecret.random(count: 60)
        uploads.set(id, upload)
        return id
    }

    /// The upload of that session, while it lives.
    func upload(_ id: String) -> DriveUpload? {
        guard let upload = uploads[id] ?? nil, clock.milliseconds < upload.expiresAt else { return nil }
        return upload
    }

    func close(upload id: String) { uploads.set(id, nil) }

    /// Takes a part of an upload, and makes the file once all is here.
    /// - Returns: the file, or nil while parts are missing.
    func take(
        _ part: DriveUpload.Part, _ body: [UInt8], upload id: String, limit: Int
    ) throws(DriveError) -> DriveFile? {
        guard var upload = upload(id) else { throw DriveUpload.gone }
        if let finished = upload.finishedID { return try file(finished, for: upload.caller) }
        let isWhole = try upload.take(part, body, limit: limit)
        guard isWhole else {
            uploads.set(id, upload)
            return nil
        }
        let file =
            if let fileID = upload.fileID {
                try update(
                    fileID, upload.metadata, upload.bytes, type: upload.type, moves: upload.moves, for: upload.caller)
            } else {
                try create(upload.metadata, upload.bytes, type: upload.type, for: upload.caller)
            }
        upload.finishedID = file.id
        upload.bytes = []
        uploads.set(id, upload)
        return file
    }
}

extension DriveUpload {
    static let gone = DriveError(404, "notFound", "The upload session is gone.")
}
