import NIOCore

/// The two parts of a `multipart/related` upload: metadata, then media.
struct MultipartRelated: Sendable {
    let metadata: JSON
    let type: String?
    let bytes: [UInt8]

    init(_ body: [UInt8], contentType: String?) throws(DriveError) {
        let malformed = DriveError(400, "badRequest", "Malformed multipart body.")
        guard let contentType, contentType.lowercased().hasPrefix("multipart/related"),
            let match = contentType.firstMatch(of: /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/),
            let boundary = match.1 ?? match.2
        else { throw malformed }
        let parts = Self.parts(body, delimiter: Array("--\(boundary)".utf8))
        guard parts.count == 2, let json = try? JSON.parse(parts[0].body) else { throw malformed }
        metadata = json
        type = parts[1].type
        bytes = parts[1].body
    }

    private static func parts(_ body: [UInt8], delimiter: [UInt8]) -> [(type: String?, body: [UInt8])] {
        let text = ByteBuffer(bytes: body).readableBytesView
        var starts: [Int] = []
        var index = 0
        // The delimiter stands at the beginning of a line.
        while let found = text[index...].firstIndex(of: UInt8(ascii: "-")) {
            if text[found...].starts(with: delimiter), found == 0 || text[found - 1] == UInt8(ascii: "\n") {
                starts.append(found)
                index = found + delimiter.count
            } else {
                index = found + 1
            }
        }
        return zip(starts, starts.dropFirst()).compactMap { start, end in
            part(Array(body[(start + delimiter.count)..<end]))
        }
    }

    /// A part from the end of its delimiter to the begin of the next.
    private static func part(_ bytes: [UInt8]) -> (type: String?, body: [UInt8])? {
        var rest = bytes[...]
        var type: String?
        // What is left of the delimiter's line, then headers up to an empty line.
        var isFirst = true
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: rest[..<end], as: UTF8.self).filter { $0 != "\r" && $0 != "\r\n" }
            rest = rest[(end + 1)...]
            if isFirst {
                isFirst = false
                continue
            }
            if line.isEmpty {
                if rest.last == UInt8(ascii: "\n") { rest.removeLast() }
                if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
                return (type, Array(rest))
            }
            let halves = line.split(separator: ":", maxSplits: 1)
            if halves.count == 2, halves[0].lowercased() == "content-type" {
                type = String(halves[1].drop { $0 == " " })
            }
        }
        return nil
    }
}
