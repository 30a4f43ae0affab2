import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// What can be wrong with an answer as such: its status, its type, its members, its time, or that there is none.
enum ReplyFault {
    static let members = [
        "status", "content_type", "body", "set", "remove", "headers", "delay_ms", "redirect", "drop", "pad_bytes",
    ]

    /// The fault of that name, for a provider's list.
    static func named(_ name: String, of reply: String) -> ProviderFault {
        ProviderFault(
            name, .object(members),
            "\(reply): another status, content_type or body; members set or removed; headers; delay_ms; a redirect to an "
                + "address; drop (the connection closes after the work is done); pad_bytes of spaces at the end")
    }

    /// Answers with a reply as the fault makes it.
    /// - Parameter fault: nil for the reply as it is.
    static func apply(
        _ fault: JSON?, to reply: Response, json: JSON, _ context: SandboxContext
    ) async throws -> Response {
        guard let fault else { return reply }
        if let delay = fault["delay_ms"]?.integer {
            // Real time: it is the client's patience that is tried. A sandbox that ends does not wait for it.
            try await cancelWhenGracefulShutdown {
                try await Task.sleep(for: .milliseconds(min(max(0, delay), 600_000)))
            }
        }
        if fault["drop"] == true {
            try await context.channel.close()
            return Response(status: .internalServerError)
        }
        var headers = reply.headers
        // The body is another, and so is its length.
        headers[.contentLength] = nil
        if let location = fault["redirect"]?.text {
            headers[.location] = location
            return Response(status: .init(code: fault["status"]?.integer ?? 302), headers: headers)
        }
        if let type = fault["content_type"]?.text { headers[.contentType] = type }
        for member in fault["headers"]?.members ?? [] {
            if let name = HTTPField.Name(member.name) { headers[name] = member.value.text }
        }
        var bytes = changed(json, fault).bytes
        if let body = fault["body"]?.text { bytes = Array(body.utf8) }
        if let count = fault["pad_bytes"]?.integer {
            bytes += Array(repeating: UInt8(ascii: " "), count: min(max(0, count), 64 * 1024 * 1024))
        }
        return Response(
            status: fault["status"]?.integer.map { .init(code: $0) } ?? reply.status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func changed(_ json: JSON, _ fault: JSON) -> JSON {
        let removed = (fault["remove"]?.elements ?? []).compactMap(\.text)
        var changed = json.without(Set(removed))
        for member in fault["set"]?.members ?? [] { changed = changed.replacing(member.name, with: member.value) }
        return changed
    }
}
