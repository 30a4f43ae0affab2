import NIOCore

/// The parts of a `multipart/form-data` body (RFC 7578).
struct MultipartForm: Sendable {
    struct Part: Sendable {
        let name: String
        let filename: String?
        let contentType: String?
        let body: ByteBufferView

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// More parts are not read.
    static let maximumParts = 32
    /// Headers of a part longer than this are refused.
    static let maximumHeader = 8192

    let parts: [Part]

    subscript(name: String) -> Part? { parts.first { $0.name == name } }

    /// - Parameter contentType: the request's, which names the boundary.
    /// - Returns: nil when the body is no such form.
    init?(_ body: ByteBufferView, contentType: String) {
        guard MediaKind.bareType(contentType) == "multipart/form-data",
            let boundary = Self.parameter("boundary", of: contentType), (1...200).contains(boundary.utf8.count)
        else { return nil }
        // All but the first delimiter stand at the start of a line, whose end belongs to the delimiter.
        let delimiter = Array("--\(boundary)".utf8)
        let between = Array("\r\n--\(boundary)".utf8)
        guard let first = Self.range(of: delimiter, in: body) else { return nil }
        var parts: [Part] = []
        var start = first.upperBound
        while !body[start...].starts(with: Array("--".utf8)) {
            guard parts.count < Self.maximumParts, let end = Self.range(of: between, in: body[start...]),
                let part = Self.part(body[start..<end.lowerBound])
            else { return nil }
            parts.append(part)
            start = end.upperBound
        }
        self.parts = parts
    }

    private static func part(_ data: ByteBufferView) -> Part? {
        let blankLine = Array("\r\n\r\n".utf8)
        guard data.starts(with: Array("\r\n".utf8)),
            let headerEnd = range(of: blankLine, in: data.prefix(maximumHeader)),
            let header = String(validating: data[data.startIndex..<headerEnd.lowerBound], as: UTF8.self)
        else { return nil }
        var disposition: String?
        var type: String?
        for line in header.split(whereSeparator: \.isNewline) {
            let halves = line.split(separator: ":", maxSplits: 1)
            guard halves.count == 2 else { continue }
            let value = String(halves[1].drop { $0 == " " })
            switch halves[0].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": type = value
            default: break
            }
        }
        guard let disposition, let name = parameter("name", of: disposition) else { return nil }
        return Part(
            name: name, filename: parameter("filename", of: disposition), contentType: type,
            body: data[headerEnd.upperBound...])
    }

    /// The first place of some bytes. Looks for their first byte with the view's own quick search: files are long.
    private static func range(of bytes: [UInt8], in view: ByteBufferView) -> Range<Int>? {
        guard let first = bytes.first else { return nil }
        var rest = view
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: bytes) { return start..<start + bytes.count }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// A parameter of a header's value, in quotes or bare.
    private static func parameter(_ name: String, of value: String) -> String? {
        var rest = value[...]
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop { $0 == " " }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let key = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            let found: String
            if rest.first == "\"" {
                (found, rest) = quoted(rest.dropFirst())
            } else {
                let end = rest.firstIndex(of: ";") ?? rest.endIndex
                found = rest[..<end].trimmingSuffix { $0 == " " }
                rest = rest[end...]
            }
            if key == name { return found }
        }
        return nil
    }

    private static func quoted(_ text: Substring) -> (String, Substring) {
        var found = ""
        var index = text.startIndex
        while index < text.endIndex, text[index] != "\"" {
            let next = text.index(after: index)
            if text[index] == "\\", next < text.endIndex, text[next] == "\"" || text[next] == "\\" { index = next }
            found.append(text[index])
            index = text.index(after: index)
        }
        return (found, index < text.endIndex ? text[text.index(after: index)...] : "")
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while matches: (Character) -> Bool) -> String {
        var rest = self
        while let last = rest.last, matches(last) { rest.removeLast() }
        return String(rest)
    }
}
