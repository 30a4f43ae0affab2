import AdapterKit
import Foundation
import HubCore
import HubStore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct WebhookTests {
    @Test(arguments: [("/webhooks/apps/shared", Sample.appSecret), ("/webhooks/acme/direct", Sample.channelSecret)])
    func `an address is proven with its token`(_ path: String, _ token: String) async throws {
        try await withHub { hub in
            let answer = try await hub.call(.GET, "\(path)?token=\(token)&challenge=1158201444")
            #expect(answer.status == 200)
            #expect(answer.text == "1158201444")
            #expect(answer.headers["content-type"] == ["text/plain; charset=utf-8"])
            for query in ["?token=wrong&challenge=1", "?token=\(token)", ""] {
                let refused = try await hub.call(.GET, "\(path)\(query)")
                #expect(refused.status == 403)
                #expect(refused.code == "handshake_wrong")
            }
        }
    }

    @Test func `a challenge is never read as a page`() async throws {
        try await withHub { hub in
            let answer = try await hub.call(
                .GET, "/webhooks/apps/shared?token=\(Sample.appSecret)&challenge=%3Cscript%3E1%3C/script%3E")
            #expect(answer.contentType == "text/plain")
            #expect(answer.headers["x-content-type-options"] == ["nosniff"])
        }
    }

    @Test func `messages of a shared app reach the tenant whose account they name`() async throws {
        try await withHub { hub in
            #expect(try await hub.webhook(RunningHub.texts(["for acme"], number: "100")).status == 200)
            let answer = try await hub.webhook(RunningHub.texts(["for globex"], number: "200"))
            #expect(answer.status == 200)
            #expect(answer.body.isEmpty)
            for (tenant, text) in [("acme", "for acme"), ("globex", "for globex")] {
                let events = try await hub.get("/api/v1/events", key: Sample.key(tenant)).json["data"]?.elements ?? []
                #expect(events.map { $0["data"]?["message"]?["text"]?["body"]?.string } == [text])
                #expect(events.map { $0["tenant"]?.string } == [tenant])
            }
        }
    }

    @Test func `a repeat is stored once`() async throws {
        try await withHub { hub in
            for _ in 0..<3 {
                let answer = try await hub.webhook(RunningHub.texts(["once"]))
                #expect(answer.status == 200)
            }
            #expect(try await hub.get("/api/v1/events").json["data"]?.elements.count == 1)
        }
    }

    @Test func `a channel's own secret places nothing with another`() async throws {
        try await withHub { hub in
            try await hub.webhook(
                RunningHub.texts(["mine"], number: "101"), to: "/webhooks/acme/direct", secret: Sample.channelSecret)
            let foreign = try await hub.webhook(
                RunningHub.texts(["theirs"], number: "200"), to: "/webhooks/acme/direct", secret: Sample.channelSecret)
            #expect(foreign.status == 200)
            #expect(try await hub.get("/api/v1/events").json["data"]?.elements.count == 1)
            #expect(try await hub.get("/api/v1/events", key: Sample.key("globex")).json["data"] == [])
            #expect(try await hub.hub.quarantined(after: 0, limit: 10).map(\.endpoint) == ["acme/direct"])
        }
    }

    @Test func `a bad signature leaves nothing on disk`() async throws {
        // Without tenants nobody else writes.
        try await withHub {
            $0.tenants = []
        } _: { hub in
            let body = RunningHub.texts(["forged"]).encoded
            let before = try hub.files()
            for signature in [nil, "", "wrong", TestChannel.signature(body, secret: "another secret")] {
                let answer = try await hub.call(
                    .POST, "/webhooks/apps/shared", headers: signature.map { [("Test-Signature", $0)] } ?? [],
                    body: body)
                #expect(answer.status == 401)
                #expect(answer.code == "signature_wrong")
                #expect(answer.headers["www-authenticate"].count == 1)
            }
            #expect(try hub.files() == before)
            // The same body with the right signature does leave something: its account is unknown here.
            try await hub.webhook(RunningHub.texts(["forged"]))
            #expect(try hub.files() != before)
        }
    }

    @Test(arguments: [
        "/webhooks/apps/nobodys", "/webhooks/acme/nobodys", "/webhooks/nobody/direct",
        // On a shared app: no secret of its own to prove a webhook with.
        "/webhooks/acme/support", "/webhooks/globex/care",
    ])
    func `an address that is not there is 404 alike`(_ path: String) async throws {
        try await withHub { hub in
            let reference = try await hub.get("/nowhere", key: nil)
            #expect(try await hub.webhook(RunningHub.texts(["x"]), to: path).comparable == reference.comparable)
            let handshake = try await hub.call(.GET, "\(path)?token=\(Sample.appSecret)&challenge=1")
            #expect(handshake.comparable == reference.comparable)
        }
    }

    @Test func `a body over four megabytes is 413, and one of four is read`() async throws {
        try await withHub { hub in
            let limit = 4 * 1024 * 1024
            let long = try await hub.call(
                .POST, "/webhooks/apps/shared", body: Array(repeating: UInt8(ascii: " "), count: limit + 1))
            #expect(long.status == 413)
            #expect(long.code == "too_large")
            let full = try await hub.call(
                .POST, "/webhooks/apps/shared", body: Array(repeating: UInt8(ascii: " "), count: limit))
            #expect(full.status == 401)
        }
    }
}

extension RunningHub {
    /// Every file below the data folder with its content.
    func files() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
        }
        return files
    }
}
