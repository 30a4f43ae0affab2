import HTTPTypes
import Hummingbird
import NIOCore

/// Downloads, whole or in ranges, right or wrong.
extension DriveRoutes {
    func download(_ file: DriveFile, _ call: Call, bytes given: [UInt8]? = nil, type: String? = nil) async throws
        -> Response
    {
        var bytes = given ?? file.bytes
        if let address = await provider.take("download_redirect") {
            return Response(
                status: .found, headers: [.location: address.text ?? "https://download.evil.example/file"])
        }
        if await provider.take("download_corrupt") != nil, !bytes.isEmpty { bytes[bytes.count / 2] ^= 0x01 }
        var headers: HTTPFields = [
            .contentType: type ?? file.mimeType, .cacheControl: "private, max-age=0, must-revalidate",
            .contentDisposition: "attachment",
        ]
        if let name = HTTPField.Name("accept-ranges") { headers[name] = "bytes" }
        var status = HTTPResponse.Status.ok
        if let header = call.request.headers[.range] {
            guard let range = Self.range(header, of: bytes.count) else {
                return Response(
                    status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(bytes.count)"])
            }
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)"
            bytes = Array(bytes[range])
            status = .partialContent
        }
        if await provider.take("download_truncated") != nil {
            return truncated(bytes, headers, status, call.context.channel)
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Half of it under the length of the whole; then the connection closes.
    private func truncated(
        _ bytes: [UInt8], _ headers: HTTPFields, _ status: HTTPResponse.Status, _ channel: any Channel
    ) -> Response {
        let half = ByteBuffer(bytes: bytes.prefix(bytes.count / 2))
        let body = ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(half)
            try await channel.close()
            try await writer.finish(nil)
        }
        return Response(status: status, headers: headers, body: body)
    }

    /// The bytes that a `Range` means (RFC 9110): one range only.
    static func range(_ header: String, of count: Int) -> Range<Int>? {
        guard let match = header.wholeMatch(of: /bytes=([0-9]{0,15})-([0-9]{0,15})/) else { return nil }
        switch (Int(match.1), Int(match.2)) {
        case (let start?, let end):
            guard start < count, start <= end ?? start else { return nil }
            return start..<min(count, (end ?? count - 1) + 1)
        case (nil, let suffix?):
            guard suffix > 0, count > 0 else { return nil }
            return max(0, count - suffix)..<count
        case (nil, nil): return nil
        }
    }
}
