import HTTPTypes
import Hummingbird
import NIOCore

/// The answer to a download of a file, as it is or gone wrong on request.
struct MediaDownload: Sendable {
    private let item: MediaItem
    private let fault: MediaFault?

    init(_ item: MediaItem, _ fault: MediaFault? = nil) {
        self.item = item
        self.fault = fault
    }

    /// The whole file.
    var response: Response { response(item.bytes) }

    /// What the fault makes of it.
    func response(_ context: SandboxContext) async throws -> Response {
        switch fault?.kind {
        case nil: return response
        case .expired: return Response(status: .notFound)
        case .unavailable: return Response(status: .init(code: fault?.http ?? 500))
        case .wrongHash:
            var bytes = item.bytes
            if let last = bytes.indices.last { bytes[last] ^= 0xFF }
            return response(bytes)
        case .tooLarge: return endless(fault?.bytes ?? 0)
        case .truncated: return truncated(context.channel)
        case .redirect:
            return Response(status: .found, headers: [.location: fault?.location ?? "", .cacheControl: "no-store"])
        }
    }

    private func response(_ bytes: [UInt8]) -> Response {
        Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private var headers: HTTPFields {
        [.contentType: item.mimeType, .cacheControl: "no-store", .contentDisposition: "attachment"]
    }

    /// More bytes than were said, in pieces and without a length in front.
    private func endless(_ count: Int) -> Response {
        let piece = ByteBuffer(repeating: 0x78, count: 64 * 1024)
        let body = ResponseBody { writer in
            var left = count
            while left > 0 {
                try await writer.write(piece.getSlice(at: 0, length: min(left, piece.readableBytes)) ?? piece)
                left -= piece.readableBytes
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    /// Half of the file under the length of the whole; then the connection closes.
    private func truncated(_ channel: any Channel) -> Response {
        let half = ByteBuffer(bytes: item.bytes.prefix(item.bytes.count / 2))
        let body = ResponseBody(contentLength: item.bytes.count) { writer in
            try await writer.write(half)
            try await channel.close()
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}
