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
        /// What it says, in a few words.
        let summary: String
    }

    private struct State {
        var arrivals: [Arrival] = []
        var seen: Set<String> = []
        var count = 0
        /// Who wrote, by contact id: a status names the contact only by it.
        var names: [String: String] = [:]
    }

    private let logger: Logger
    private let listening: @Sendable () async -> Void
    private let state = Mutex(State())

    /// - Parameter listening: Called once it listens.
    init(logger: Logger, listening: @escaping @Sendable () async -> Void) {
        self.logger = logger
        self.listening = listening
    }

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
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: Self.port)),
            onServerRunning: { [listening] _ in await listening() }, logger: logger
        ).run()
    }

    private func receive(_ request: Request, tenant: String, secret: String) async throws -> Response {
        let body = Array(try await request.body.collect(upTo: 1024 * 1024).readableBytesView)
        guard Self.isSigned(request.headers, body, secret), let event = try? JSON.parse(body),
            let id = event["id"]?.string
        else { return Response(status: .unauthorized) }
        let new: Arrival? = state.withLock { state in
            guard state.seen.insert(id).inserted else { return nil }
            let contact = event["data"]?["contact"]
            if let id = contact?["id"]?.string { state.names[id] = contact?["name"]?.string }
            state.count += 1
            let arrival = Arrival(
                number: state.count, tenant: tenant, event: event, summary: Self.summary(event, names: state.names))
            state.arrivals.append(arrival)
            if state.arrivals.count > Self.kept { state.arrivals.removeFirst() }
            return arrival
        }
        if let new {
            Terminal.print("  \(tenant.padded(to: 8))\((event["type"]?.string ?? "").padded(to: 18))\(new.summary)")
        }
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

    private static func summary(_ event: JSON, names: [String: String]) -> String {
        guard let data = event["data"] else { return "" }
        if let message = data["message"] {
            let name = data["contact"]?["name"]?.string ?? "someone"
            return "\(name): \(message["text"]?["body"]?.string ?? "(\(message["type"]?.string ?? "message"))")"
        }
        guard let status = data["status"]?.string else { return data["code"]?.string ?? "" }
        let joint = ["sent": "to", "delivered": "to", "read": "by"][status] ?? "for"
        let person = data["contact_id"]?.string.flatMap { names[$0] }.map { " \(joint) \($0)" } ?? ""
        return status + person + (data["error"]?["title"]?.string.map { ": \($0)" } ?? "")
    }

    /// What came after an arrival; everything when a page still counts from an earlier run.
    private func arrivals(after number: Int) -> JSON {
        let (arrivals, count) = state.withLock { ($0.arrivals, $0.count) }
        return .array(
            arrivals.filter { $0.number > (number > count ? 0 : number) }.map { arrival in
                .object([
                    "number": .integer(arrival.number), "tenant": .string(arrival.tenant), "event": arrival.event,
                    "summary": .string(arrival.summary),
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
