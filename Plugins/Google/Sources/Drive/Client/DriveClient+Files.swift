import AdapterKit

extension DriveClient {
    /// What Google's own text documents are of.
    static let documentType = "application/vnd.google-apps.document"
    /// Of an export, by Google's rule.
    private static let exportLimit = 10 * 1024 * 1024
    /// Of an upload in one call, by Google's rule.
    static let simpleLimit = 5 * 1024 * 1024

    /// A file as it stands.
    struct FileState: Equatable {
        var mimeType: String
    }

    /// Nil for a file that is not there or in the bin.
    func state(of id: String) async throws(ProviderFailure) -> FileState? {
        do throws(ProviderFailure) {
            let file = try await json(DriveRequest(path: "files/\(id)", query: [("fields", "id,mimeType,trashed")]))
            guard file["trashed"]?.bool != true else { return nil }
            return FileState(mimeType: file["mimeType"]?.string ?? "")
        } catch {
            guard error.kind == .notFound else { throw error }
            return nil
        }
    }

    /// Puts a text in the place of what the file had.
    func replace(_ id: String, with text: [UInt8], mimeType: String, pieceSize: Int) async throws(ProviderFailure) {
        guard text.count > Self.simpleLimit else {
            _ = try await json(
                DriveRequest(
                    method: "PATCH", base: .upload, path: "files/\(id)",
                    query: [("uploadType", "media"), ("fields", "id")], headers: [("content-type", mimeType)],
                    body: text, timeout: .seconds(60)))
            return
        }
        let upload = ResumableUpload(client: self, pieceSize: pieceSize, sessions: nil)
        _ = try await upload.run(.content(of: id), mimeType: mimeType) { TextSource(text) }
    }

    /// The text of one of Google's own documents.
    /// - Returns: Nil for one that is larger than Drive exports.
    func export(_ id: String) async throws(ProviderFailure) -> [UInt8]? {
        let request = DriveRequest(
            path: "files/\(id)/export", query: [("mimeType", "text/plain")], timeout: .seconds(60),
            maximumAnswerBytes: Self.exportLimit + 1)
        let answer: HTTPAnswer
        do throws(DriveUnreached) {
            answer = try await exchange(request)
        } catch {
            throw error.failure
        }
        guard answer.status == 200 else {
            let failure = DriveFailure.of(answer)
            if failure.reason.code == "exportSizeLimitExceeded" { return nil }
            throw failure
        }
        return answer.isTruncated || answer.body.count > Self.exportLimit ? nil : answer.body
    }
}

/// A text as a source of bytes, which gives it once.
private actor TextSource: ByteSource {
    nonisolated let count: Int
    private var text: [UInt8]?

    init(_ text: [UInt8]) {
        count = text.count
        self.text = text
    }

    func next() -> [UInt8]? {
        defer { text = nil }
        return text
    }
}
