import HTTPTypes
import Hummingbird
import NIOCore

/// A file of a message as the page gets it: of a type that a browser can do no harm with, whole or a part.
enum PhoneMedia {
    /// Types that are shown in place; anything else is only ever saved.
    private static let shown: Set<String> = [
        "image/jpeg", "image/png", "image/webp", "video/mp4", "video/3gpp", "audio/aac", "audio/amr", "audio/mpeg",
        "audio/mp4", "audio/ogg", "audio/opus",
    ]

    /// - Parameter range: the `Range` header: players ask for parts.
    static func response(_ bytes: [UInt8], mimeType: String, filename: String?, range: String?) -> Response {
        let type = MediaKind.bareType(mimeType)
        let isShown = shown.contains(type)
        var headers: HTTPFields = [
            .contentType: isShown ? type : "application/octet-stream", .cacheControl: "no-store",
            .acceptRanges: "bytes", .contentDisposition: disposition(isShown ? "inline" : "attachment", filename),
        ]
        let part = range.flatMap { Self.part($0, of: bytes.count) }
        if let part { headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)" }
        let sent = part.map { bytes[$0] } ?? bytes[...]
        var response = Response(
            status: part == nil ? .ok : .partialContent, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: sent)))
        response.protect(policy: "default-src 'none'; sandbox; frame-ancestors 'none'")
        return response
    }

    /// The bytes that a range asks for; nil for several, for none, or for one that is not there: then all are sent.
    static func part(_ header: String, of count: Int) -> Range<Int>? {
        guard let match = header.wholeMatch(of: /bytes=([0-9]{0,15})-([0-9]{0,15})/) else { return nil }
        switch (Int(match.1), Int(match.2)) {
        case (let first?, let last?) where first <= last && first < count: return first..<min(last + 1, count)
        case (let first?, nil) where first < count: return first..<count
        case (nil, let suffix?) where suffix > 0 && count > 0: return max(0, count - suffix)..<count
        default: return nil
        }
    }

    /// A file's name as RFC 6266 writes it; the name is whatever the sender chose.
    private static func disposition(_ kind: String, _ name: String?) -> String {
        guard let name, !name.isEmpty else { return kind }
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let text = name.utf8.prefix(500).map { byte in
            if plain.contains(byte) { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return "\(kind); filename*=UTF-8''\(text.joined())"
    }
}
