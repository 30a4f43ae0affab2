import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct PhoneTests {
    static let query = "phone_number_id=\(RunningSandbox.acme)&from=%2B16505551234"

    /// Opens the event stream of the phone page and hands its events, one by one, to the test.
    static func withEvents(
        _ sandbox: RunningSandbox, _ test: (inout AsyncStream<JSON>.Iterator) async throws -> Void
    ) async throws {
        let response = try await HTTPClient.shared.execute(
            HTTPClientRequest(url: "http://127.0.0.1:\(sandbox.port)/phone/events?\(query)"), timeout: .seconds(30))
        #expect(response.headers.first(name: "content-type") == "text/event-stream")
        let (events, continuation) = AsyncStream.makeStream(of: JSON.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var text = ""
                for try await buffer in response.body {
                    text += String(buffer: buffer)
                    while let end = text.range(of: "\n\n") {
                        let line = text[..<end.lowerBound]
                        text.removeSubrange(..<end.upperBound)
                        if line.hasPrefix("data: ") {
                            continuation.yield(try JSON.parse(Array(line.dropFirst(6).utf8)))
                        }
                    }
                }
            }
            var iterator = events.makeAsyncIterator()
            defer { group.cancelAll() }
            try await test(&iterator)
        }
    }

    /// The first event in which a message has come that far.
    static func message(
        _ events: inout AsyncStream<JSON>.Iterator, fromCustomer: Bool, progress: String
    ) async -> JSON? {
        while let event = await events.next() {
            let message = event["message"]
            if message?["from_customer"]?.flag == fromCustomer, message?["progress"]?.text == progress {
                return message
            }
        }
        return nil
    }

    static func get(_ path: String, _ sandbox: RunningSandbox) async throws -> (
        response: HTTPClientResponse, text: String
    ) {
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(sandbox.port)\(path)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return (response, String(buffer: try await response.body.collect(upTo: 500_000)))
    }

    @Test func `the page and all its files come from here, and nothing else is run or loaded`() async throws {
        try await withSandbox { sandbox in
            let page = try await Self.get("/phone", sandbox)
            let policy = try #require(page.response.headers.first(name: "content-security-policy"))
            #expect(policy.hasPrefix("default-src 'none'"))
            #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
            var wanted = page.text.matches(of: /\/phone\/assets\/([a-z.]+)/).map { String($0.1) }
            var seen: Set<String> = []
            while let name = wanted.popLast() {
                guard seen.insert(name).inserted else { continue }
                let file = try await Self.get("/phone/assets/\(name)", sandbox)
                #expect(file.response.status == .ok, "\(name)")
                #expect(file.response.headers.first(name: "x-content-type-options") == "nosniff")
                let type = file.response.headers.first(name: "content-type") ?? ""
                if name.hasSuffix(".js") { #expect(type.hasPrefix("text/javascript")) }
                // Nothing that anybody wrote may become HTML.
                #expect(!file.text.contains("innerHTML") && !file.text.contains("insertAdjacentHTML"))
                wanted += file.text.matches(of: /(?:from|import) "\.\/([a-z.]+)"/).map { String($0.1) }
            }
            #expect(seen == Set(PhonePage.assets.keys))
            #expect(try await Self.get("/phone/assets/nothing.js", sandbox).response.status == .notFound)
        }
    }

    @Test func `a customer's message gets its ticks, and the answer arrives and is read on sight`() async throws {
        try await withSandbox { sandbox in
            try await Self.withEvents(sandbox) { events in
                #expect(await events.next() == ["type": "thread", "messages": []])
                let body: JSON = [
                    "phone_number_id": JSON(RunningSandbox.acme), "from": "+16505551234", "name": "Ada",
                    "text": "Hello?",
                ]
                let id = try #require(try await sandbox.call(.post, "/phone/messages", body).json["id"])
                #expect(await Self.message(&events, fromCustomer: true, progress: "delivered")?["id"] == id)
                _ = try await sandbox.send(["messaging_product": "whatsapp", "status": "read", "message_id": id])
                #expect(await Self.message(&events, fromCustomer: true, progress: "read")?["id"] == id)

                _ = try await sandbox.send(ValidationTests.framed(ValidationTests.buttons(2)))
                let answer = await Self.message(&events, fromCustomer: false, progress: "delivered")
                #expect(answer?["card"]?["buttons"]?.elements?.count == 2)
                // While somebody holds the phone, nothing is read until they look.
                _ = await sandbox.hub.posts(3)
                _ = try await sandbox.call(.post, "/phone/read", body)
                #expect(await Self.message(&events, fromCustomer: false, progress: "read") != nil)
                #expect(await sandbox.hub.statuses(4) == ["sent", "delivered", "read"])
            }
        }
    }

    @Test func `a tap on a button is a button reply that quotes its message`() async throws {
        try await withSandbox { sandbox in
            let id = MessageID.make(party: "16505551234", author: .business)
            _ = try await sandbox.call(
                .post, "/phone/messages",
                [
                    "phone_number_id": JSON(RunningSandbox.acme), "from": "+16505551234", "name": "Ada",
                    "reply": ["id": "yes", "title": "Yes", "row": false, "message_id": JSON(id)],
                ])
            let message = try #require(await sandbox.hub.posts(1).first?.messages.first)
            #expect(message["interactive"]?["button_reply"] == ["id": "yes", "title": "Yes"])
            #expect(message["context"]?["id"]?.text == id)
        }
    }

    @Test func `a message that the business did not take says so`() async throws {
        try await withSandbox(webhook: "http://127.0.0.1:9/hook") { sandbox in
            try await Self.withEvents(sandbox) { events in
                _ = try await sandbox.inbound()
                var note: String?
                while note == nil, let event = await events.next() { note = event["message"]?["note"]?.text }
                #expect(note == "not delivered to the business yet")
            }
        }
    }

    @Test func `a thread only moves forward`() {
        var thread = PhoneThread()
        thread.append(
            .init(id: "1", isFromCustomer: false, preview: MessagePreview(text: "Hi"), time: 0, progress: .pending))
        #expect(thread.advance("1", to: .read)?.progress == .read)
        #expect(thread.advance("1", to: .sent) == nil)
    }
}

extension ValidationTests {
    /// The content with product and recipient around it.
    static func framed(_ content: JSON) -> JSON {
        .object(
            [.init(name: "messaging_product", value: "whatsapp"), .init(name: "to", value: "+16505551234")]
                + (content.members ?? []))
    }
}
