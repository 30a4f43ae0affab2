import AdapterKit
import Crypto
import Foundation
import HTTPTypes
import HubSandbox
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The business systems of the demo: they check what the hub sends as any receiver would, print it, show it on a page, and
/// send through the hub's API what is asked for on the page.
final class DemoBusiness: Service {
    static let port = 8091

    private let logger: Logger
    private let listening: @Sendable () async -> Void
    private let log = ArrivalLog()

    /// - Parameter listening: Called once it listens.
    init(logger: Logger, listening: @escaping @Sendable () async -> Void) {
        self.logger = logger
        self.listening = listening
    }

    func run() async throws {
        let router = Router()
        router.get("/") { _, _ in DemoPage.response }
        router.get("/assets/:name") { _, context in
            DemoPage.asset(try context.parameters.require("name")) ?? Response(status: .notFound)
        }
        for tenant in DemoTenant.all {
            router.post(RouterPath("/\(tenant.name)")) { [self] request, _ in try await receive(request, tenant) }
        }
        let own = router.group().add(middleware: SamePageOnly())
        own.get("/arrivals") { [log] request, _ in
            Response.json(log.arrivals(after: Int(request.uri.queryParameters["after"] ?? "0") ?? 0))
        }
        own.get("/samples/:name") { _, context in Self.sample(try context.parameters.require("name")) }
        DemoAPI().add(to: own)
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: Self.port)),
            onServerRunning: { [listening] _ in await listening() }, logger: logger
        ).run()
    }

    private func receive(_ request: Request, _ tenant: DemoTenant) async throws -> Response {
        let body = Array(try await request.body.collect(upTo: 1024 * 1024).readableBytesView)
        guard Self.isSigned(request.headers, body, tenant.signing), let event = try? JSON.parse(body),
            let id = event["id"]?.string
        else { return Response(status: .unauthorized) }
        if let new = log.add(event, id: id, tenant: tenant.name) {
            let type = (event["type"]?.string ?? "").padded(to: 18)
            Terminal.print("  \(tenant.name.padded(to: 8))\(type)\(new.summary.line)")
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
        return signatures.split(separator: " ").contains { ConstantTime.isEqual(String($0), expected) }
    }

    /// A file to send, for whoever has none at hand.
    private static func sample(_ name: String) -> Response {
        guard let sample = SandboxSample(named: name) else { return Response(status: .notFound) }
        return Response(
            status: .ok, headers: [.contentType: sample.mimeType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: sample.bytes)))
    }
}
