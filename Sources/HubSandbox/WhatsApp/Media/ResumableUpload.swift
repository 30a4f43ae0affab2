import FoundationEssentials
import HTTPTypes
import Hummingbird

/// A file that is uploaded in parts for use as a sample in templates or as a profile picture (Resumable Upload API).
///
/// Only its length is kept: nobody fetches it again.
struct ResumableUpload: Hashable, Sendable {
    /// `upload:…`, without the signature that the answer adds.
    let id: String
    let name: String
    let type: String
    let length: Int
    /// Bytes that came.
    private(set) var received = 0

    /// - Throws: code 100 for a length or type that cannot be.
    init(_ call: GraphCall) throws(GraphError) {
        guard let length = call.text("file_length").flatMap({ Int($0) }), (1...MediaKind.longest).contains(length)
        else {
            throw .invalid("Param file_length must be from 1 to \(MediaKind.longest).")
        }
        let type = try call.requiredText("file_type")
        guard
            ["image/jpeg", "image/jpg", "image/png", "application/pdf", "video/mp4"].contains(MediaKind.bareType(type))
        else { throw .invalid("Param file_type must be one of {application/pdf, image/jpeg, image/png, video/mp4}.") }
        self.type = type
        self.length = length
        name = call.text("file_name") ?? "file"
        id = "upload:" + Self.random(count: 60)
    }

    /// Takes a part.
    /// - Throws: code 100 when it does not begin where the last one ended, or holds more than was said.
    mutating func take(_ count: Int, at offset: Int) throws(GraphError) {
        guard offset == received else { throw .invalid("Param file_offset must be \(received).") }
        guard received + count <= length else {
            throw .invalid("The file is longer than the \(length) bytes that were said.")
        }
        received += count
    }

    var isComplete: Bool { received == length }

    /// What templates and profiles name the file by.
    var handle: String {
        let type = Data(type.utf8).base64EncodedString()
        let name = Data(name.utf8).base64EncodedString()
        return "4:\(name):\(type):ARa\(Self.random(count: 40)):e:1893456000:1:1:AR\(Self.random(count: 20))"
    }

    /// Whether a request carries a part of a file, whatever its content type says.
    static func isPart(_ request: Request) -> Bool { offset(request) != nil }

    /// Where a part belongs, from its header `file_offset`.
    static func offset(_ request: Request) -> Int? {
        HTTPField.Name("file_offset").flatMap { request.headers[$0] }.flatMap { Int($0) }
    }

    private static func random(count: Int) -> String {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        return String((0..<count).map { _ in alphabet.randomElement() ?? "0" })
    }
}
