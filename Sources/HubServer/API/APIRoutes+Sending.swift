import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

extension APIRoutes {
    static let maximumMessageBody = 256 * 1024
    static let idempotencyKeyLength = 1...255

    func send(_ request: Request, _ tenant: Tenant) async throws -> Response {
        try request.refuseParameters(except: [])
        let keys = request.headers[values: HTTPField.Name.idempotencyKey]
        guard keys.count == 1, let key = keys.first, Self.idempotencyKeyLength.contains(key.utf8.count) else {
            throw Problem(
                status: .badRequest, code: "idempotency_key_missing",
                detail: "Send one Idempotency-Key of 1 to 255 characters, so that a repeat is not sent twice.")
        }
        let (json, raw) = try await request.json(upTo: Self.maximumMessageBody)
        let message = try SendRequest.read(json, idempotencyKey: key, raw: raw, tenant: tenant)
        switch try await tenant.send(message) {
        case .queued(let id), .repeated(let id):
            return .json(.object(["id": .string(id), "status": "queued"]), status: .accepted)
        case .conflict:
            throw Problem(
                status: .conflict, code: "idempotency_conflict",
                detail: "This Idempotency-Key was used with another body. Use a new key for a new message.")
        case .refused(let problems): throw Problem.invalid(problems)
        case .windowClosed(let since, let templates): throw Problem.windowClosed(since: since, templates)
        case .marketingStopped(let since):
            throw Problem(
                status: .unprocessableContent, code: "marketing_stopped",
                detail: "The person stopped messages that advertise at \(since). A template of another category, or an "
                    + "answer while the window is open, can be sent.",
                members: [.init("stopped_at", .string(since.description))])
        }
    }
}

extension Problem {
    fileprivate static func windowClosed(since: Timestamp?, _ templates: [TemplateName]) -> Problem {
        let reason = since.map { "The window for free answers closed at \($0)" } ?? "The person has not written yet"
        let named =
            templates.isEmpty
            ? "The channel has no approved template"
            : "Usable now: \(templates.map { "\($0.name) (\($0.language))" }.joined(separator: ", "))"
        return Problem(
            status: .unprocessableContent, code: "window_closed",
            detail: "\(reason): only a template can be sent until they write. \(named).",
            members: [
                .init("window_closed_at", since.map { .string($0.description) } ?? .null),
                .init(
                    "templates",
                    .array(
                        templates.map { .object(["name": .string($0.name), "language": .string($0.language)]) })),
            ])
    }
}

extension HTTPField.Name {
    /// draft-ietf-httpapi-idempotency-key-header
    fileprivate static var idempotencyKey: HTTPField.Name { .init(parsed: "idempotency-key") ?? .ifMatch }
}
