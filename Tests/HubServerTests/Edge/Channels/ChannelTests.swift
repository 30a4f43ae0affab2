import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ChannelTests {
    @Test func `channels are listed with how they stand`() async throws {
        try await withHub { hub in
            let channels = try await hub.get("/api/v1/channels")
            #expect(channels.json["data"]?.elements.map { $0["name"] } == ["desk", "direct", "support"])
            #expect(try await hub.post("/api/v1/channels/desk/operations/worry").json == [:])
            let probed = try await hub.post("/api/v1/channels/desk/probe")
            #expect(probed.status == 200)
            #expect(probed.json["limits"]?["new_contacts_per_day"]?.integer == 1000)
            #expect(probed.json["alerts"]?.elements.map { $0["code"] } == ["name.declined"])
            #expect(probed.json["facts"]?["number"] == "+1 650-555-0100")
            let one = try await hub.get("/api/v1/channels/desk")
            #expect(one.json["status"] == "active")
            #expect(one.json["limits"] == probed.json["limits"])
        }
    }

    @Test(arguments: ["nobodys", "counter", "care", "%2e%2e"])
    func `a foreign channel is an unknown one, everywhere`(_ name: String) async throws {
        try await withHub { hub in
            for call in APICall.all where call.template.contains("{name}") {
                let path = call.path("tpl_0").replacing("/desk", with: "/\(name)")
                let answer = try await hub.call(call.method, path, key: Sample.key("acme"), body: call.bytes())
                #expect(answer.status == 404, "\(call.testDescription)")
                #expect(answer.code == "not_found")
            }
        }
    }

    @Test func `a channel that the provider paused is resumed`() async throws {
        try await withHub { hub in
            try await hub.webhook(
                ["number": "102", "news": [["kind": "alert", "code": "account.disabled", "effect": "pauses"]]],
                to: "/webhooks/acme/desk", secret: Sample.channelSecret)
            let paused = try await hub.get("/api/v1/channels/desk")
            #expect(paused.json["status"] == "paused")
            #expect(paused.json["pause"]?["code"] == "account.disabled")
            #expect(paused.json["pause"]?["needs_resume"] == true)
            let resumed = try await hub.post("/api/v1/channels/desk/resume")
            #expect(resumed.status == 200)
            #expect(resumed.json["status"] == "active")
            // The event fits the document.
            #expect(try await hub.get("/api/v1/events").json["data"]?.elements.map { $0["type"] } == ["channel.alert"])
        }
    }

    @Test func `a channel without a capability says so`() async throws {
        try await withHub { hub in
            let ids = try await hub.seed("acme", channel: "support")
            let calls: [(HTTPMethod, String, JSON?)] = [
                (.POST, "/channels/support/probe", nil), (.GET, "/channels/support/templates", nil),
                (.POST, "/channels/support/templates", ["name": "x"]), (.POST, "/channels/support/templates/sync", nil),
                (.POST, "/contacts/\(ids.contact)/block", ["channel": "support"]),
                (.POST, "/messages/\(ids.message)/read", nil),
            ]
            for (method, path, body) in calls {
                let answer = try await hub.call(
                    method, "/api/v1\(path)", key: Sample.key("acme"), body: body?.encoded)
                #expect(answer.status == 409, "\(path)")
                #expect(answer.code == "unsupported_by_channel", "\(path)")
            }
            #expect(try await hub.get("/api/v1/channels/support/operations").json["data"] == [])
        }
    }

    // MARK: Operations

    @Test func `operations are listed with what they have to know`() async throws {
        try await withHub { hub in
            let operations = try await hub.get("/api/v1/channels/desk/operations").json["data"]?.elements ?? []
            #expect(operations.map { $0["name"] } == ["echo", "fail", "worry"])
            #expect(operations.map { $0["read_only"] } == [true, false, false])
            let parameters = operations.first?["parameters"]?.elements ?? []
            #expect(parameters.map { $0["name"] } == ["word", "pin", "times", "voice"])
            #expect(parameters.map { $0["required"] } == [true, true, false, false])
            #expect(parameters.map { $0["type"] } == ["text", "secret", "integer", "choice"])
            #expect(parameters.last?["choices"] == ["loud", "soft"])
            #expect(parameters[2]["default"] == "1")
        }
    }

    @Test func `an operation is done`() async throws {
        try await withHub { hub in
            let answer = try await hub.post(
                "/api/v1/channels/desk/operations/echo", ["word": "hello", "pin": "123456", "times": 2])
            #expect(answer.status == 200)
            #expect(answer.json == ["word": "hello", "times": 2])
        }
    }

    @Test func `all that is wrong with parameters is told at once, and no secret with it`() async throws {
        try await withHub { hub in
            let answer = try await hub.post(
                "/api/v1/channels/desk/operations/echo",
                ["pin": "not-digits", "times": 7, "voice": "shrill", "colour": "red"])
            #expect(answer.status == 422)
            let places = answer.json["errors"]?.elements.compactMap { $0["pointer"]?.string } ?? []
            #expect(Set(places) == ["/word", "/pin", "/times", "/voice", "/colour"])
            #expect(!answer.text.contains("not-digits"))
            #expect(try await hub.post("/api/v1/channels/desk/operations/echo").status == 422)
            #expect(try await hub.post("/api/v1/channels/desk/operations/nothing", [:]).status == 404)
        }
    }

    @Test(arguments: [
        ("refused", 422, "provider_refused"), ("notFound", 404, "provider_not_found"),
        ("throttled", 429, "provider_throttled"), ("unavailable", 503, "provider_unavailable"),
        ("misconfigured", 409, "channel_misconfigured"),
    ])
    func `what the provider does not do is told with its reason`(_ kind: String, _ status: Int, _ code: String)
        async throws
    {
        try await withHub { hub in
            let answer = try await hub.post("/api/v1/channels/desk/operations/fail", ["kind": .string(kind)])
            #expect(answer.status == status)
            #expect(answer.code == code)
            #expect(answer.json["provider"] == ["code": "77", "title": "It failed", "detail": "In so many words"])
            #expect(answer.headers["retry-after"].count == ([429, 503].contains(status) ? 1 : 0))
        }
    }

    // MARK: Templates

    @Test func `templates are listed page by page, and read one by one`() async throws {
        try await withHub { hub in
            let all = try await hub.templates()
            #expect(all.map { $0["name"] } == ["order_shipped", "summer_sale"])
            let first = try await hub.get("/api/v1/channels/desk/templates?limit=1")
            let next = try #require(first.json["next"]?.string)
            #expect(first.json["data"]?.elements.map { $0["name"] } == ["order_shipped"])
            let second = try await hub.get("/api/v1/channels/desk/templates?limit=1&after=\(next)")
            #expect(second.json["data"]?.elements.map { $0["name"] } == ["summer_sale"])
            #expect(second.json["next"] == .null)
            let one = try await hub.get("/api/v1/channels/desk/templates/\(next)")
            #expect(one.json == all[0])
            #expect(try await hub.get("/api/v1/channels/desk/templates?after=x").status == 422)
        }
    }

    @Test func `a template is handed in, changed and deleted`() async throws {
        try await withHub { hub in
            _ = try await hub.templates()
            let path = "/api/v1/channels/desk/templates"
            let made = try await hub.post(
                path, ["name": "new_one", "language": "de", "components": [["type": "BODY"]]])
            #expect(made.status == 201)
            #expect(made.json["status"] == "pending")
            let id = try #require(made.json["id"]?.string)
            let changed = try await hub.post("\(path)/\(id)", ["category": "UTILITY"])
            #expect(changed.status == 202)
            #expect(try await hub.post("\(path)/sync").json == ["templates": 3])
            let deleted = try await hub.call(.DELETE, "\(path)/\(id)", key: Sample.key("acme"))
            #expect(deleted.status == 204)
            #expect(deleted.body.isEmpty)
            #expect(try await hub.get("\(path)/\(id)").status == 404)
            #expect(try await hub.post("\(path)/sync").json == ["templates": 2])
        }
    }

    @Test func `a template that the provider refuses is told in its words`() async throws {
        try await withHub { hub in
            let answer = try await hub.post("/api/v1/channels/desk/templates", ["name": "refused"])
            #expect(answer.status == 422)
            #expect(answer.code == "provider_refused")
            #expect(answer.json["provider"]?["detail"] == "The name is taken")
            #expect(try await hub.post("/api/v1/channels/desk/templates", []).code == "invalid_request")
        }
    }

    // MARK: People

    @Test func `a person is blocked and let in again`() async throws {
        try await withHub { hub in
            let ids = try await hub.seed("acme", channel: "support")
            let contact = try await hub.get("/api/v1/contacts/\(ids.contact)")
            #expect(contact.json["id"]?.string == ids.contact)
            for (verb, isBlocked) in [("block", true), ("unblock", false)] {
                let answer = try await hub.post("/api/v1/contacts/\(ids.contact)/\(verb)", ["channel": "desk"])
                #expect(answer.status == 200)
                #expect(
                    answer.json == [
                        "contact_id": .string(ids.contact), "channel": "desk", "blocked": .bool(isBlocked),
                    ])
            }
            for (body, code) in [
                (["channel": "nobodys"], "unknown_channel"), (["channel": "counter"], "unknown_channel"),
                ([:], "missing"),
                (["channel": "desk", "why": "x"], "unknown_member"),
            ] as [(JSON, String)] {
                let answer = try await hub.post("/api/v1/contacts/\(ids.contact)/block", body)
                #expect(answer.status == 422)
                #expect(answer.json["errors"]?.elements.map { $0["code"]?.string } == [code])
            }
        }
    }

    @Test func `a message is marked as read, with and without a body`() async throws {
        try await withHub { hub in
            let ids = try await hub.seed("acme", channel: "support")
            let path = "/api/v1/messages/\(ids.inbound)/read"
            #expect(try await hub.post(path).json == ["id": .string(ids.inbound), "read": true, "typing": false])
            #expect(try await hub.post(path, ["typing": true]).json["typing"] == true)
            #expect(try await hub.post(path, ["typing": "yes"]).json["errors"]?.elements.first?["pointer"] == "/typing")
        }
    }
}
