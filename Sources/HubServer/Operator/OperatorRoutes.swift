import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

/// What the operator sees, on an address of its own: whether the hub lives and works, its metrics, the quarantine, how
/// channels stand. Nothing of a person is shown, and nothing that a web page could set off.
struct OperatorRoutes: Sendable {
    /// Calls that change something have to carry it: a page in a browser cannot send it to another origin.
    static let proof = "comfile-operator"

    /// A writer or worker that has not moved for so long makes the hub unready.
    private static let stallLimit: Duration = .seconds(10)

    let hub: Hub
    let metrics: @Sendable () -> String

    func add(to routes: inout RouteCollector) {
        routes.on(.get, "/healthz", .operator) { _, _ in .json(["status": "alive"]) }
        routes.on(.get, "/readyz", .operator) { _, _ in readiness() }
        routes.on(.get, "/metrics", .operator) { _, _ in
            .bytes(Array(metrics().utf8), type: PrometheusMetrics.contentType)
        }
        routes.on(.get, "/quarantine", .operator) { request, _ in try await quarantine(request) }
        routes.on(.post, "/quarantine/replay", .operator) { request, _ in try await replay(request) }
        addChannels(to: &routes)
        addPeople(to: &routes)
    }

    private func readiness() -> Response {
        let stalled = hub.health.stalled(longerThan: Self.stallLimit)
        let isReady = hub.health.isReady(stallLimit: Self.stallLimit)
        let reason = hub.health.isStarted ? "stalled" : "not started, or stopping"
        return .json(
            .object([
                "status": .string(isReady ? "ready" : reason), "stalled": .array(stalled.map { .string($0) }),
            ]), status: isReady ? .ok : .serviceUnavailable)
    }

    private func quarantine(_ request: Request) async throws -> Response {
        let (after, limit) = try request.paging()
        guard let start = Int64(after ?? "0") else { throw Problem.cursor }
        let batches = try await hub.quarantined(after: start, limit: limit + 1)
        let shown = batches.prefix(limit)
        return .list(
            shown.map { batch in
                .object([
                    "id": .string(String(batch.id)), "endpoint": .string(batch.endpoint),
                    "reason": .string(batch.reason),
                    "bytes": .integer(batch.body.count), "received_at": .string(batch.receivedAt.description),
                ])
            }, next: batches.count > limit ? shown.last.map { String($0.id) } : nil)
    }

    private func replay(_ request: Request) async throws -> Response {
        try request.proveOperator()
        let (placed, kept) = try await hub.replayQuarantine()
        return .json(
            .object([
                "placed": .integer(placed),
                "kept": .array(
                    kept.sorted { $0.key < $1.key }.map {
                        .object(["id": .string(String($0.key)), "reason": .string($0.value)])
                    }),
            ]))
    }
}

extension Request {
    /// - Throws: ``Problem`` for a call that a web page could have made.
    func proveOperator() throws {
        guard headers.contains(where: { $0.name.canonicalName == OperatorRoutes.proof }) else {
            throw Problem(
                status: .forbidden, code: "operator_header_missing",
                detail: "Send the header Comfile-Operator: 1, or use comfile.")
        }
    }
}
