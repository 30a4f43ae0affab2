import AdapterKit
import AsyncHTTPClient
import HubCore
import NIOHTTP1
import Testing

@testable import HubServer

@Suite(.timeLimit(.minutes(1)))
struct ErrorTests {
    @Test func `all that is wrong with a message is told at once, with its places`() async throws {
        try await withHub { hub in
            let answer = try await hub.post(
                "/api/v1/messages",
                [
                    "channel": "nobodys", "to": "0123", "type": "text",
                    "text": ["body": "", "preview_url": "yes", "size": 1],
                    "colour": "red", "a/b~c": 1,
                ], headers: [("Idempotency-Key", "1")])
            #expect(answer.status == 422)
            #expect(answer.code == "invalid_request")
            let errors = (answer.json["errors"]?.elements ?? []).map {
                "\($0["pointer"]?.string ?? "") \($0["code"]?.string ?? "")"
            }
            #expect(
                Set(errors) == [
                    "/channel unknown_channel", "/to not_e164", "/text/body wrong_length",
                    "/text/preview_url wrong_type",
                    "/text/size unknown_member", "/colour unknown_member", "/a~1b~0c unknown_member",
                ])
        }
    }

    @Test(arguments: [
        (#"{"channel":"support""#, 400), ("", 400), ("hello", 400), (#"{"a":1,"a":2}"#, 400), ("\u{1}", 400),
        (String(repeating: "[", count: 100), 400), ("[]", 422), ("null", 422), ("{}", 422),
    ])
    func `a body that is no JSON is 400, and one that is no message 422`(_ body: String, _ status: Int) async throws {
        try await withHub { hub in
            let answer = try await hub.call(
                .POST, "/api/v1/messages", key: Sample.key("acme"), headers: [("Idempotency-Key", "1")],
                body: Array(body.utf8))
            #expect(answer.status == status)
            #expect(answer.code == (status == 400 ? "not_json" : "invalid_request"))
        }
    }

    @Test(arguments: [
        ("/api/v1/contacts?limit=0", "?limit"), ("/api/v1/contacts?limit=201", "?limit"),
        ("/api/v1/contacts?limit=x", "?limit"),
        ("/api/v1/contacts?limit=", "?limit"), ("/api/v1/events?limit=1001", "?limit"),
        ("/api/v1/events?after=-1", "?after"),
        ("/api/v1/events?after=evt_1", "?after"), ("/api/v1/events?after=99999999999999999999", "?after"),
        ("/api/v1/events/stream?after=x", "?after"), ("/api/v1/contacts?afterr=x", ""),
        ("/api/v1/conversations?page=2", ""),
        ("/api/v1/events/stream?limit=2", ""), ("/api/v1/messages/x?fields=id", ""),
    ])
    func `a wrong or unknown parameter is 422 with its place`(_ path: String, _ pointer: String) async throws {
        try await withHub { hub in
            let answer = try await hub.get(path)
            #expect(answer.status == 422)
            #expect(answer.json["errors"]?.elements.map { $0["pointer"]?.string } == [pointer])
        }
    }

    @Test(arguments: [
        ("DELETE", "/api/v1/messages", "POST"), ("GET", "/api/v1/messages", "POST"),
        ("PUT", "/api/v1/messages/x", "GET"),
        ("POST", "/api/v1/contacts", "GET"), ("GET", "/api/v1/dead-letters/x/replay", "POST"),
        ("PATCH", "/webhooks/apps/shared", "GET, POST"), ("DELETE", "/openapi.json", "GET"),
        ("OPTIONS", "/api/v1/events", "GET"),
        ("TRACE", "/api/v1/events", "GET"),
    ])
    func `another method is 405 with the ones that are there`(_ method: String, _ path: String, _ allow: String)
        async throws
    {
        try await withHub { hub in
            let answer = try await hub.call(HTTPMethod(rawValue: method), path, key: Sample.key("acme"))
            #expect(answer.status == 405)
            #expect(answer.code == "method_not_allowed")
            #expect(answer.headers["allow"] == [allow])
        }
    }

    @Test func `an answer to HEAD has no body, so that the connection goes on`() async throws {
        try await withHub { hub in
            let answers = try await hub.raw(
                "HEAD /api/v1/contacts HTTP/1.1\r\nhost: hub\r\n\r\n"
                    + "GET /nowhere HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n")
            #expect(answers.hasPrefix("HTTP/1.1 405"))
            #expect(answers.contains("\r\n\r\nHTTP/1.1 404"))
        }
    }

    @Test(arguments: [
        "/", "/api", "/api/v1", "/api/v1/nothing", "/api/v1/messages/x/y", "/webhooks", "/webhooks/a",
    ])
    func `what is not there is 404`(_ path: String) async throws {
        try await withHub { hub in
            let answer = try await hub.get(path)
            #expect(answer.status == 404)
            #expect(answer.code == "not_found")
        }
    }

    @Test(arguments: [("/api/v1/messages", 256 * 1024), ("/api/v1/messages/x/resolve", 4096)])
    func `a body that is too long is 413`(_ path: String, _ limit: Int) async throws {
        try await withHub { hub in
            let headers = [("Idempotency-Key", "1")]
            let key = Sample.key("acme")
            let long = try await hub.call(
                .POST, path, key: key, headers: headers, body: Array(repeating: UInt8(ascii: " "), count: limit + 1))
            #expect(long.status == 413)
            #expect(long.code == "too_large")
            let short = try await hub.call(
                .POST, path, key: key, headers: headers, body: Array(repeating: UInt8(ascii: " "), count: limit))
            #expect(short.code == "not_json")
        }
    }

    @Test func `an error repeats nothing of what was sent`() async throws {
        try await withHub { hub in
            let secret = "s3cr3t-of-the-caller"
            let answers = [
                try await hub.send(secret, to: secret, channel: secret),
                try await hub.get("/api/v1/messages/\(secret)"), try await hub.get("/api/v1/contacts?after=\(secret)"),
                try await hub.get("/\(secret)"), try await hub.get("/api/v1/contacts?\(secret)=1"),
                try await hub.get("/api/v1/contacts", key: secret),
            ]
            for answer in answers {
                #expect(answer.status >= 400)
                #expect(!answer.text.contains(secret))
            }
        }
    }

    @Test func `every answer has a request id of its own`() async throws {
        try await withHub { hub in
            var ids: Set<String?> = []
            for _ in 0..<10 { ids.insert(try await hub.get("/api/v1/contacts").requestID) }
            #expect(ids.count == 10)
        }
    }
}
