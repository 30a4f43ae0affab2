import AdapterKit
import NIOHTTP1
import Testing

/// What the hub answered.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    /// Null when the body is no JSON.
    var json: JSON { (try? JSON.parse(body)) ?? .null }
    var text: String { String(decoding: body, as: UTF8.self) }
    var code: String? { json["code"]?.string }
    var requestID: String? { headers["request-id"].first }
    /// The media type without its parameters.
    var contentType: String? {
        headers["content-type"].first.map { String($0.prefix { $0 != ";" }) }
    }

    /// The body without its request id, which alone may differ between two answers of one kind.
    var comparable: String { requestID.map { text.replacing($0, with: "(id)") } ?? text }

    /// What every answer has, errors too: a request id, and the fields that keep browsers and caches from mischief. A
    /// problem names the request id and the status.
    func expectCommonFields(_ sourceLocation: SourceLocation) {
        #expect(headers["request-id"].count == 1, sourceLocation: sourceLocation)
        #expect(headers["x-content-type-options"] == ["nosniff"], sourceLocation: sourceLocation)
        #expect(headers["content-security-policy"].count == 1, sourceLocation: sourceLocation)
        #expect(headers["cache-control"].count == 1, sourceLocation: sourceLocation)
        #expect(headers["referrer-policy"] == ["no-referrer"], sourceLocation: sourceLocation)
        #expect(headers["cross-origin-opener-policy"] == ["same-origin"], sourceLocation: sourceLocation)
        #expect(headers["permissions-policy"].count == 1, sourceLocation: sourceLocation)
        guard status >= 400, !body.isEmpty, contentType != "application/json" else { return }
        #expect(headers["cache-control"] == ["no-store"], sourceLocation: sourceLocation)
        guard contentType != "text/html" else {
            // A page for people, who read the request id on it where something was refused.
            return #expect(text.hasPrefix("<!doctype html>"), sourceLocation: sourceLocation)
        }
        #expect(contentType == "application/problem+json", sourceLocation: sourceLocation)
        #expect(json["request_id"]?.string == requestID, sourceLocation: sourceLocation)
        #expect(json["status"]?.integer == Int64(status), sourceLocation: sourceLocation)
        #expect(json["type"]?.string == "about:blank", sourceLocation: sourceLocation)
        #expect(code?.isEmpty == false, sourceLocation: sourceLocation)
    }
}
