import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Reads server-sent events as a browser does.
struct EventStream {
    struct Event: Equatable {
        var id: String?
        var event: String?
        var data: String?
    }

    let response: HTTPClientResponse
    private var body: HTTPClientResponse.Body.AsyncIterator
    private var pending = ""

    init(_ hub: RunningHub, _ path: String = "/api/v1/events/stream", headers: [(String, String)] = []) async throws {
        var request = HTTPClientRequest(url: hub.url(path))
        request.headers.add(name: "authorization", value: "Bearer \(Sample.key("acme"))")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        body = response.body.makeAsyncIterator()
    }

    /// The next block, an event without anything for a comment; nil when the stream has ended.
    mutating func nextBlock() async throws -> Event? {
        while true {
            if let end = pending.range(of: "\n\n") {
                let block = pending[..<end.lowerBound]
                pending = String(pending[end.upperBound...])
                return Self.event(block)
            }
            guard let bytes = try await body.next() else { return nil }
            pending += String(buffer: bytes)
        }
    }

    /// The next event, comments passed over.
    mutating func next() async throws -> Event? {
        while let block = try await nextBlock() {
            if block.id != nil { return block }
        }
        return nil
    }

    private static func event(_ block: Substring) -> Event {
        var event = Event()
        for line in block.split(separator: "\n") {
            let value = String(line.drop { $0 != ":" }.dropFirst(2))
            switch line.prefix(while: { $0 != ":" }) {
            case "id": event.id = value
            case "event": event.event = value
            case "data": event.data = value
            default: break
            }
        }
        return event
    }
}
