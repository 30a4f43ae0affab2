import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird
import NIOCore
import ServiceLifecycle

extension APIRoutes {
    /// A line is sent at least so often, so that proxies keep the stream open and a key that was taken away ends it.
    private static let heartbeat: Duration = .seconds(15)

    func addEvents(to routes: inout RouteCollector) {
        on(.get, "/api/v1/events", .eventsRead, &routes) { request, _, caller in
            let (after, limit) = try request.paging(maximumLimit: 1000)
            let events = try await caller.tenant.store.events(after: try sequence(after) ?? 0, limit: limit)
            // Null where the log ends for now; what comes later stands after the last sequence number that was read.
            return .events(events, next: events.count == limit ? events.last.map { String($0.sequence) } : nil)
        }
        on(.get, "/api/v1/events/stream", .eventsRead, &routes) { request, _, caller in
            try request.refuseParameters(except: ["after"])
            let lastEventID = request.headers[values: HTTPField.Name.lastEventID].first
            let after = lastEventID ?? request.uri.queryParameters["after"].map(String.init)
            let start =
                if let sequence = try sequence(after) {
                    sequence
                } else {
                    try await caller.tenant.store.lastSequence()
                }
            return stream(request, from: start, caller.tenant)
        }
    }

    private func sequence(_ text: String?) throws -> Int64? {
        guard let text else { return nil }
        guard let sequence = Int64(text), sequence >= 0 else {
            throw Problem.parameter("after", "must be an event's sequence number")
        }
        return sequence
    }

    /// Server-sent events: the id is the sequence number, so that a browser resumes by itself.
    private func stream(_ request: Request, from start: Int64, _ tenant: Tenant) -> Response {
        let key = request.bearerToken
        let follower = tenant.follow(after: start, heartbeat: Self.heartbeat)
        let body = ResponseBody { [hub] writer in
            try await withGracefulShutdownHandler {
                try await request.body.consumeWithInboundCloseHandler { _ in
                    while let events = try await follower.next() {
                        // A key that was taken away, or lost its scope, ends its streams.
                        guard let key, let caller = try await hub.caller(key: key), caller.tenant.id == tenant.id,
                            caller.scopes.contains(.eventsRead)
                        else { break }
                        try await writer.write(Self.frames(events))
                    }
                    try await writer.finish(nil)
                } onInboundClosed: {
                    follower.stop()
                }
            } onGracefulShutdown: {
                follower.stop()
            }
        }
        return Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
    }

    private static func frames(_ events: [EventRecord]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for event in events {
            buffer.writeString("id: \(event.sequence)\nevent: \(event.type.rawValue)\ndata: ")
            buffer.writeBytes(event.body)
            buffer.writeString("\n\n")
        }
        if events.isEmpty { buffer.writeString(": still here\n\n") }
        return buffer
    }
}

extension Response {
    /// A list of events, each as the bytes that it always has.
    fileprivate static func events(_ events: [EventRecord], next: String?) -> Response {
        var bytes = Array(#"{"data":["#.utf8)
        for (index, event) in events.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: event.body)
        }
        bytes.append(
            contentsOf: Array(#"],"next":"#.utf8) + (next.map { JSON.string($0) } ?? .null).encoded + [
                UInt8(ascii: "}")
            ])
        return .bytes(bytes, type: "application/json")
    }
}

extension HTTPField.Name {
    fileprivate static var lastEventID: HTTPField.Name { .init(parsed: "last-event-id") ?? .ifMatch }
}
