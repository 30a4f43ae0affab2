import AdapterKit
import Synchronization

/// A form with a file as its last part (RFC 7578), whose bytes pass through without being held.
final class MultipartForm: ByteSource {
    /// The file had other than the promised number of bytes.
    struct WrongLength: Error {}

    private enum Stage {
        case head
        case file(left: Int)
        case end
    }

    let boundary: String
    let count: Int
    private let head: [UInt8]
    private let tail: [UInt8]
    private let file: any ByteSource
    private let stage = Mutex(Stage.head)

    /// - Parameters:
    ///   - fields: Names and values before the file.
    ///   - name: Of the file's part.
    ///   - boundary: Random, so that no file can have it in it by chance or on purpose.
    init(
        fields: [(name: String, value: String)], name: String, filename: String, type: String, file: any ByteSource,
        boundary: String = MultipartForm.randomBoundary()
    ) {
        var head = ""
        for field in fields {
            head += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n\r\n\(field.value)\r\n"
        }
        head += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(filename)\"\r\n"
        head += "Content-Type: \(type)\r\n\r\n"
        self.boundary = boundary
        self.head = Array(head.utf8)
        self.file = file
        tail = Array("\r\n--\(boundary)--\r\n".utf8)
        count = self.head.count + file.count + tail.count
    }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    func next() async throws -> [UInt8]? {
        switch stage.withLock(\.self) {
        case .head:
            stage.withLock { $0 = .file(left: file.count) }
            return head
        case .file(let left):
            guard let piece = try await file.next() else {
                guard left == 0 else { throw WrongLength() }
                stage.withLock { $0 = .end }
                return tail
            }
            guard piece.count <= left else { throw WrongLength() }
            stage.withLock { $0 = .file(left: left - piece.count) }
            return piece
        case .end: return nil
        }
    }

    private static func randomBoundary() -> String {
        "comfile-" + String(UInt64.random(in: .min ... .max), radix: 36)
            + String(UInt64.random(in: .min ... .max), radix: 36)
    }
}
