import AdapterKit
import HubStore
import NIOHTTP1
import Synchronization
import Testing

@testable import HubCore
@testable import HubServer

@Suite(.timeLimit(.minutes(1)))
struct OperatorTests {
    private func get(_ hub: RunningHub, _ path: String) async throws -> Answer {
        try await hub.call(.GET, path, on: .operator)
    }

    @Test func `none of the operator's routes is on the public address, and none of the public ones here`() async throws
    {
        try await withHub { running in
            let routes = HubServers.operatorRoutes(running.hub) { "" }
            #expect(routes.table.routes.count == 11)
            for route in routes.table.routes {
                let path = route.template.replacing("{tenant}", with: "acme").replacing("{channel}", with: "desk")
                    .replacing("{operation}", with: "echo")
                let answer = try await running.call(
                    .init(rawValue: route.method), path, key: Sample.key("acme"), headers: [("Comfile-Operator", "1")])
                #expect(answer.status == 404, "\(path)")
            }
            for path in ["/api/v1/contacts", "/webhooks/apps/shared", "/openapi.json"] {
                let answer = try await running.call(.GET, path, key: Sample.key("acme"), on: .operator)
                #expect(answer.status == 404, "\(path)")
            }
        }
    }

    @Test func `it is alive from the start, and ready between start and stop`() async throws {
        let health = Health()
        try await withHub(health: health, isStarted: false) { hub in
            #expect(try await get(hub, "/healthz").json == ["status": "alive"])
            let before = try await get(hub, "/readyz")
            #expect(before.status == 503)
            #expect(before.json["status"] == "not started, or stopping")
            health.setStarted()
            let ready = try await get(hub, "/readyz")
            #expect(ready.status == 200)
            #expect(ready.json == ["status": "ready", "stalled": []])
            health.setStopping()
            #expect(try await get(hub, "/readyz").status == 503)
            #expect(try await get(hub, "/healthz").status == 200)
        }
    }

    @Test func `it is not ready while something has not moved for ten seconds`() async throws {
        let uptime = Mutex(Duration.zero)
        let health = Health { uptime.withLock { $0 } }
        // Without tenants nothing else is at work.
        try await withHub(health: health) {
            $0.tenants = []
        } _: { hub in
            let activity = health.begin("worker:acme/crm")
            activity.busy()
            uptime.withLock { $0 = .seconds(9) }
            #expect(try await get(hub, "/readyz").status == 200)
            uptime.withLock { $0 = .seconds(11) }
            let stalled = try await get(hub, "/readyz")
            #expect(stalled.status == 503)
            #expect(stalled.json == ["status": "stalled", "stalled": ["worker:acme/crm"]])
            activity.idle()
            #expect(try await get(hub, "/readyz").status == 200)
        }
    }

    @Test func `metrics are Prometheus text`() async throws {
        try await withHub { hub in
            let answer = try await get(hub, "/metrics")
            #expect(answer.headers["content-type"] == ["text/plain; version=0.0.4; charset=utf-8"])
            #expect(answer.text == "# TYPE comfile_test counter\ncomfile_test 1\n")
        }
    }

    @Test func `tenants are listed with what they have, and without a secret`() async throws {
        try await withHub { hub in
            let answer = try await get(hub, "/tenants")
            #expect(answer.json["data"]?.elements.map { $0["id"] } == ["acme", "globex"])
            #expect(
                answer.json["data"]?.elements.first?["channels"]?.elements.map { $0["name"] } == [
                    "desk", "direct", "support",
                ])
            for secret in [Sample.appSecret, Sample.channelSecret, Sample.key("acme")] {
                #expect(!answer.text.contains(secret))
            }
        }
    }

    @Test func `channels are listed with how they stand, and without what the provider says of the account`()
        async throws
    {
        try await withHub { hub in
            try await hub.webhook(
                ["number": "102", "news": [["kind": "alert", "code": "account.disabled", "effect": "pauses"]]],
                to: "/webhooks/acme/desk", secret: Sample.channelSecret)
            let answer = try await get(hub, "/tenants?limit=1")
            #expect(answer.json["next"] == "acme")
            let desk = answer.json["data"]?.elements.first?["channels"]?.elements.first
            #expect(desk?["status"] == "paused")
            #expect(desk?["pause"]?["code"] == "account.disabled")
            #expect(desk?["facts"] == nil)
            #expect(try await get(hub, "/tenants?after=acme").json["data"]?.elements.map { $0["id"] } == ["globex"])
        }
    }

    @Test func `the operator looks after channels, with the header`() async throws {
        try await withHub { hub in
            func post(_ path: String, _ body: JSON? = nil) async throws -> Answer {
                try await hub.call(
                    .POST, path, headers: [("Comfile-Operator", "1")], body: body?.encoded, on: .operator)
            }
            for path in ["operations/echo", "resume", "probe", "templates/sync"] {
                let refused = try await hub.call(.POST, "/channels/acme/desk/\(path)", on: .operator)
                #expect(refused.code == "operator_header_missing", "\(path)")
                for unknown in ["acme/counter", "nobody/desk"] {
                    #expect(try await post("/channels/\(unknown)/\(path)").status == 404, "\(path)")
                }
            }
            let echo = try await post("/channels/acme/desk/operations/echo", ["word": "hi", "pin": "1"])
            #expect(echo.json == ["word": "hi", "times": 1])
            #expect(try await post("/channels/acme/desk/resume").json["resumed"] == false)
            #expect(try await post("/channels/acme/desk/probe").json["limits"]?["quality"] == "GREEN")
            #expect(try await post("/channels/globex/counter/templates/sync").json == ["templates": 2])
        }
    }

    @Test func `the command line's client tells a problem in one line`() async throws {
        try await withHub { hub in
            let client = OperatorClient(address: "127.0.0.1:\(hub.ports["operator"] ?? 0)")
            let tenants = try await client.pages("/tenants")
            #expect(tenants.map { $0["id"] } == ["acme", "globex"])
            func complaint(_ operation: String, _ body: JSON) async -> String {
                do {
                    return "\(try await client.post("/channels/acme/desk/operations/\(operation)", body))"
                } catch {
                    return "\(error)"
                }
            }
            let missing = await complaint("echo", ["times": 9])
            #expect(missing.contains("word: is required"))
            #expect(missing.contains("times: must be a whole number from 1 to 3"))
            let refused = await complaint("fail", ["kind": "refused"])
            #expect(refused == "The provider refused it: It failed (77). In its words: In so many words")
        }
    }

    @Test func `the quarantine is listed without content, page by page`() async throws {
        try await withHub { hub in
            for index in 0..<5 { try await hub.webhook(RunningHub.texts(["text \(index)"], number: "999")) }
            var after: String?
            var seen: [String] = []
            repeat {
                let page = try await get(hub, "/quarantine?limit=2\(after.map { "&after=\($0)" } ?? "")")
                #expect(page.status == 200)
                #expect(!page.text.contains("text "))
                #expect(!page.text.contains("+1650"))
                for batch in page.json["data"]?.elements ?? [] {
                    seen.append(try #require(batch["id"]?.string))
                    #expect(batch["endpoint"] == "apps/shared")
                    #expect(batch["reason"]?.string?.hasPrefix("no channel") == true)
                }
                after = page.json["next"]?.string
            } while after != nil
            #expect(seen.count == 5)
            #expect(Set(seen).count == 5)
        }
    }

    @Test func `a replay needs the operator's header and places what has a channel now`() async throws {
        try await withHub { hub in
            try await hub.webhook(RunningHub.texts(["early"], number: "300"))
            try await hub.webhook(RunningHub.texts(["nobody's"], number: "999"))
            let refused = try await hub.call(.POST, "/quarantine/replay", on: .operator)
            #expect(refused.status == 403)
            #expect(refused.code == "operator_header_missing")
            #expect(try await hub.hub.quarantined(after: 0, limit: 10).count == 2)

            var changed = hub.configuration
            changed.tenants[1].channels[0].accounts = ChannelAccounts(channel: "300")
            try await hub.hub.apply(changed)
            let answer = try await hub.call(
                .POST, "/quarantine/replay", headers: [("Comfile-Operator", "1")], on: .operator)
            #expect(answer.status == 200)
            #expect(answer.json["placed"]?.integer == 1)
            #expect(answer.json["kept"]?.elements.count == 1)
            let events = try await hub.get("/api/v1/events", key: Sample.key("globex")).json["data"]?.elements ?? []
            #expect(events.map { $0["data"]?["message"]?["text"]?["body"] } == ["early"])
        }
    }

    @Test(arguments: ["/quarantine?after=x", "/quarantine?limit=0", "/quarantine?page=1"])
    func `wrong parameters are 422 here too`(_ path: String) async throws {
        try await withHub { hub in
            let answer = try await get(hub, path)
            #expect(answer.status == 422)
            #expect(answer.code == "invalid_request")
        }
    }
}
