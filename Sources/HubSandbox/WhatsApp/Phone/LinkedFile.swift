import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// A file that a business sent by link, as the phone page shows it.
///
/// Meta fetches links itself when a message is sent. The sandbox does so only when somebody looks, so that tests can send
/// links that lead nowhere.
struct LinkedFile: Sendable {
    let bytes: [UInt8]
    let mimeType: String

    /// - Returns: nil when the link does not lead to a file of that kind and of a size that WhatsApp takes.
    static func fetch(_ link: String, kind: MediaKind) async -> LinkedFile? {
        var request = HTTPClientRequest(url: link)
        request.headers = ["user-agent": "facebookexternalhit/1.1", "accept": "*/*"]
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(8))
            guard response.status == .ok else { return nil }
            let type = response.headers.first(name: "content-type") ?? "application/octet-stream"
            guard kind == .document || MediaKind(mimeType: type) == kind else { return nil }
            let body = try await response.body.collect(upTo: kind.limit(isAnimated: true))
            return LinkedFile(bytes: Array(body.readableBytesView), mimeType: type)
        } catch {
            return nil
        }
    }
}
