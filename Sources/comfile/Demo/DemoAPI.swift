import AdapterKit
import AsyncHTTPClient
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// Passes what the page asks on to the hub's API, with the key of the tenant: `/api/acme/messages` becomes
/// `POST /api/v1/messages`. The page never sees the key.
struct DemoAPI: Sendable {
    /// As the sample tenants.yaml says.
    static let hub = "http://127.0.0.1:8080"

    /// What the page may ask for; `*` is an id.
    private static let calls: [(method: HTTPRequest.Method, path: [Substring])] = [
        (.get, ["conversations"]), (.get, ["conversations", "*", "messages"]), (.get, ["contacts"]),
        (.get, ["channels"]), (.get, ["media", "*"]), (.post, ["media"]), (.post, ["media", "*", "retry"]),
        (.post, ["messages"]),
        (.post, ["messages", "*", "read"]), (.post, ["contacts", "*", "block"]), (.post, ["contacts", "*", "unblock"]),
    ]

    func add(to group: RouterGroup<BasicRequestContext>) {
        for method in [HTTPRequest.Method.get, .post] {
            group.on("/api/:tenant/**", method: method) { request, context in
                let tenant = try context.parameters.require("tenant")
                guard let tenant = DemoTenant.all.first(where: { $0.name == tenant }) else {
                    return Response(status: .notFound)
                }
                return await pass(request, context.parameters.getCatchAll(), tenant)
            }
        }
    }

    private func pass(_ request: Request, _ path: [Substring], _ tenant: DemoTenant) async -> Response {
        guard Self.calls.contains(where: { $0.method == request.method && Self.fits(path, $0.path) }) else {
            return Response(status: .notFound)
        }
        if request.method == .post, path != ["media"], !request.isJSON {
            return Self.problem(.unsupportedMediaType, "The body has to be JSON, with its content type.")
        }
        let query = request.uri.query.map { "?\($0)" } ?? ""
        var asked = HTTPClientRequest(url: "\(Self.hub)/api/v1/\(path.joined(separator: "/"))\(query)")
        asked.method = HTTPMethod(rawValue: request.method.rawValue)
        asked.headers.add(name: "authorization", value: "Bearer \(tenant.key)")
        for name in [HTTPField.Name.contentType, .range, .ifRange] {
            if let value = request.headers[name] { asked.headers.add(name: name.rawName, value: value) }
        }
        if request.method == .post {
            let length = request.headers[.contentLength].flatMap { Int64($0) }
            asked.body = .stream(request.body, length: length.map { .known($0) } ?? .unknown)
        }
        if path == ["messages"] {
            // A business system would take the id of the row that the message comes from.
            let key = HTTPField.Name("idempotency-key").flatMap { request.headers[$0] } ?? UUID().uuidString
            asked.headers.add(name: "idempotency-key", value: key)
        }
        do {
            return Self.response(try await HTTPClient.shared.execute(asked, timeout: .seconds(120)))
        } catch {
            return Self.problem(.badGateway, "The hub does not answer, or did not take the file to its end.")
        }
    }

    private static func fits(_ path: [Substring], _ pattern: [Substring]) -> Bool {
        path.count == pattern.count
            && zip(path, pattern).allSatisfy { part, expected in
                expected == "*" ? !part.isEmpty && part.utf8.allSatisfy(isIDByte) : part == expected
            }
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static let passedFields: [HTTPField.Name] = [
        .contentType, .contentDisposition, .contentLength, .contentRange, .acceptRanges, .eTag,
    ]

    private static func response(_ answer: HTTPClientResponse) -> Response {
        var fields = HTTPFields()
        for name in passedFields {
            if let value = answer.headers.first(name: name.rawName) { fields[name] = value }
        }
        let body = ResponseBody(contentLength: fields[.contentLength].flatMap { Int($0) }) { writer in
            for try await piece in answer.body { try await writer.write(piece) }
            try await writer.finish(nil)
        }
        var response = Response(status: .init(code: Int(answer.status.code)), headers: fields, body: body)
        // Somebody else's files: they never run as a page of this one.
        response.protect(policy: "sandbox; default-src 'none'")
        return response
    }

    private static func problem(_ status: HTTPResponse.Status, _ detail: String) -> Response {
        .json(.object(["title": .string(status.reasonPhrase), "detail": .string(detail)]), status: status)
    }
}

extension Request {
    fileprivate var isJSON: Bool {
        let type = headers[.contentType]?.prefix { $0 != ";" }
        return type?.trimmingCharacters(in: .whitespaces).lowercased() == "application/json"
    }
}
