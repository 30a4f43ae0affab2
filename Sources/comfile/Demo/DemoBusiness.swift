import AdapterKit
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization

/// The business systems of the demo: they check what the hub sends as any receiver would, print it, and show it on a page.
final class DemoBusiness: Service {
    static let port = 8091
    /// Events that the page shows.
    private static let kept = 200

    private struct Arrival {
        let number: Int
        let tenant: String
        let event: JSON
    }

    private struct State {
        var arrivals: [Arrival] = []
        var seen: Set<String> = []
        var count = 0
    }

    private let logger: Logger
    private let state = Mutex(State())

    init(logger: Logger) { self.logger = logger }

    func run() async throws {
        let router = Router()
        router.get("/") { _, _ in Self.page(DemoPage.html) }
        router.get("/arrivals") { [self] request, _ in
            Self.json(arrivals(after: Int(request.uri.queryParameters["after"] ?? "0") ?? 0))
        }
        for (tenant, secret) in [("acme", DemoSecrets.acmeSigning), ("globex", DemoSecrets.globexSigning)] {
            router.post(RouterPath("/\(tenant)")) { [self] request, _ in
                try await receive(request, tenant: tenant, secret: secret)
            }
        }
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: Self.port)), logger: logger
        ).run()
    }

    private func receive(_ request: Request, tenant: String, secret: String) async throws -> Response {
        let body = Array(try await request.body.collect(upTo: 1024 * 1024).readableBytesView)
        guard Self.isSigned(request.headers, body, secret), let event = try? JSON.parse(body),
            let id = event["id"]?.string
        else { return Response(status: .unauthorized) }
        let isNew = state.withLock { state in
            guard state.seen.insert(id).inserted else { return false }
            state.count += 1
            state.arrivals.append(Arrival(number: state.count, tenant: tenant, event: event))
            if state.arrivals.count > Self.kept { state.arrivals.removeFirst() }
            return true
        }
        if isNew { Terminal.print("  \(tenant.padded(to: 8))\(Self.summary(event))") }
        return Response(status: .ok)
    }

    /// Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, no older than five minutes.
    private static func isSigned(_ headers: HTTPTypes.HTTPFields, _ body: [UInt8], _ secret: String) -> Bool {
        func field(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        guard let id = field("webhook-id"), let timestamp = field("webhook-timestamp"),
            let signatures = field("webhook-signature"), let seconds = TimeInterval(timestamp),
            abs(Date().timeIntervalSince1970 - seconds) < 300,
            let key = Data(base64Encoded: String(secret.dropFirst("whsec_".count)))
        else { return false }
        var hash = HMAC<SHA256>(key: SymmetricKey(data: key))
        hash.update(data: Data("\(id).\(timestamp).".utf8))
        hash.update(data: body)
        let expected = "v1,\(Data(hash.finalize()).base64EncodedString())"
        return signatures.split(separator: " ").contains { $0 == expected }
    }

    private static func summary(_ event: JSON) -> String {
        let type = (event["type"]?.string ?? "").padded(to: 18)
        guard let data = event["data"] else { return type }
        if let message = data["message"] {
            let name = data["contact"]?["name"]?.string ?? "someone"
            let text = message["text"]?["body"]?.string ?? "(\(message["type"]?.string ?? "message"))"
            return "\(type)\(name): \(text)"
        }
        return "\(type)\(data["status"]?.string ?? data["code"]?.string ?? "")"
    }

    private func arrivals(after number: Int) -> JSON {
        .array(
            state.withLock { $0.arrivals }.filter { $0.number > number }.map { arrival in
                .object([
                    "number": .integer(arrival.number), "tenant": .string(arrival.tenant), "event": arrival.event,
                    "summary": .string(Self.summary(arrival.event)),
                ])
            })
    }

    private static func json(_ json: JSON) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.encoded)))
    }

    private static func page(_ html: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy:
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}
