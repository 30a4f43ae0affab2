import AdapterKit

/// Which bytes of an upload are where (developers.google.com/workspace/drive/api/guides/manage-uploads).
enum ContentRange {
    /// `Content-Range` of a piece.
    static func header(_ bytes: Range<Int>, of total: Int) -> String {
        "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(total)"
    }

    /// `Content-Range` of the question how far an upload has got.
    static func question(_ total: Int) -> String { "bytes */\(total)" }

    /// How many bytes are stored, of a 308: `Range: bytes=0-n`, and none of them when it is not there.
    /// - Returns: Nil for what is no range from the start.
    static func stored(_ answer: HTTPAnswer) -> Int? {
        guard let text = answer.headers["range"] else { return 0 }
        let prefix = "bytes=0-"
        let digits = text.dropFirst(prefix.count)
        guard text.hasPrefix(prefix), (1...15).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let last = Int(digits)
        else { return nil }
        return last + 1
    }
}
