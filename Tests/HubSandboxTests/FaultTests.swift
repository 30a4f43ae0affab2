import AsyncHTTPClient
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct FaultTests {
    @Test func `duplicates: each webhook comes that many times with the same bytes`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["duplicates": 3])
            _ = try await sandbox.inbound()
            let posts = await sandbox.hub.posts(3)
            #expect(Set(posts.map(\.body)).count == 1)
        }
    }

    @Test func `reorder: statuses come in a wrong order with true timestamps`() async throws {
        try await withSandbox(change: { $0.delays = .init(sent: .zero, delivered: .seconds(1), read: .seconds(2)) }) {
            sandbox in
            try await sandbox.setFaults(["reorder": true])
            _ = try await sandbox.sendText()
            let statuses = await sandbox.hub.posts(3).flatMap(\.statuses)
            let names = statuses.compactMap { $0["status"]?.text }
            #expect(Set(names) == ["sent", "delivered", "read"])
            #expect(names != ["sent", "delivered", "read"])
            let byTime = statuses.sorted { ($0["timestamp"]?.text ?? "") < ($1["timestamp"]?.text ?? "") }
            #expect(byTime.compactMap { $0["status"]?.text } == ["sent", "delivered", "read"])
        }
    }

    @Test func `batch: one post carries the messages of two tenants`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["batch": ["ms": 1500]])
            async let first = sandbox.inbound("to acme", number: RunningSandbox.acme)
            async let second = sandbox.inbound("to globex", number: RunningSandbox.globex)
            async let third = sandbox.inbound("to acme again", number: RunningSandbox.acme)
            let answers = try await [first, second, third]
            #expect(answers.map { $0.json["status"]?.integer } == [200, 200, 200])
            let posts = await sandbox.hub.posts
            #expect(posts.count == 1)
            let post = try #require(posts.first)
            let accounts = post.json["entry"]?.elements?.compactMap { $0["id"]?.text } ?? []
            #expect(Set(accounts) == ["102290129340398", "102290129340399"])
            for value in post.values {
                let count = value["metadata"]?["phone_number_id"]?.text == RunningSandbox.acme ? 2 : 1
                #expect(value["messages"]?.elements?.count == count)
                #expect(value["contacts"]?.elements?.count == 1)
            }
        }
    }

    @Test func `late_retry: what was acknowledged comes again`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["late_retry": ["ms": 20]])
            let answer = try await sandbox.inbound()
            #expect(answer.json["status"]?.integer == 200)
            let posts = await sandbox.hub.posts(2)
            #expect(posts[0].body == posts[1].body)
        }
    }

    @Test(arguments: [130429, 131056, 80007, 4])
    func `throttle: that many sends are refused with the code`(code: Int) async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["throttle": ["code": JSON(code), "count": 2]])
            #expect(try await sandbox.sendText().errorCode == code)
            let left = try await sandbox.call(.get, "/_sandbox/whatsapp/faults").json
            #expect(left == ["throttle": ["code": JSON(code), "count": 1]])
            #expect(try await sandbox.sendText().errorCode == code)
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `accept_then_drop: the connection closes, the message was taken and has its statuses`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["accept_then_drop": ["count": 1]])
            await #expect(throws: HTTPClientError.self) { _ = try await sandbox.sendText(data: "msg_lost") }
            #expect(await sandbox.hub.statuses(3) == ["sent", "delivered", "read"])
            let data = await sandbox.hub.posts(1).first?.statuses.first?["biz_opaque_callback_data"]
            #expect(data?.text == "msg_lost")
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `fail_async: the send is answered 200 and then fails with the code`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["fail_async": ["code": 131047, "count": 1]])
            #expect(try await sandbox.sendText().status == 200)
            let status = try #require(await sandbox.hub.posts(1).first?.statuses.first)
            #expect(status["status"]?.text == "failed")
            // A failed status to a phone number tells neither contact nor user id.
            #expect(await sandbox.hub.posts(1).first?.values.first?["contacts"] == nil)
            #expect(status["recipient_user_id"] == nil)
            #expect(status["errors"]?.elements?.first?["code"]?.integer == 131047)
            #expect(status["errors"]?.elements?.first?["title"]?.text == "Re-engagement message")
        }
    }

    @Test func `failed_after_sent: sent comes first`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["failed_after_sent": ["code": 131026]])
            _ = try await sandbox.sendText()
            #expect(await sandbox.hub.statuses(2) == ["sent", "failed"])
        }
    }

    @Test func `error: the code and the HTTP status asked for`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["error": ["http": 503, "code": 2]])
            let answer = try await sandbox.sendText()
            #expect(answer.status == 503 && answer.errorCode == 2)
            #expect(answer.json["error"]?["is_transient"]?.flag == true)
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `dead_token: one number is refused, the other is not`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["dead_token": [JSON(RunningSandbox.acme)]])
            let dead = try await sandbox.sendText()
            #expect(dead.status == 401 && dead.errorCode == 190)
            #expect(try await sandbox.sendText(number: RunningSandbox.globex).status == 200)
        }
    }

    @Test func `status_before_answer: the business knows of sent before its send returns`() async throws {
        try await withSandbox(change: { $0.delays = .init(sent: .seconds(60), delivered: .seconds(60), read: nil) }) {
            sandbox in
            try await sandbox.setFaults(["status_before_answer": true])
            _ = try await sandbox.sendText()
            let statuses = await sandbox.hub.posts.flatMap(\.statuses).compactMap { $0["status"]?.text }
            #expect(statuses == ["sent"])
        }
    }

    @Test func `slow: the answer takes at least that long`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["slow": ["ms": 80]])
            let time = try await ContinuousClock().measure { _ = try await sandbox.sendText() }
            #expect(time >= .milliseconds(80))
        }
    }

    @Test func `skip_delivered: read follows sent and carries the second price`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["skip_delivered": true])
            _ = try await sandbox.sendText()
            #expect(await sandbox.hub.statuses(2) == ["sent", "read"])
            #expect(await sandbox.hub.posts(2).flatMap(\.statuses).allSatisfy { $0["pricing"] != nil })
        }
    }

    @Test func `read_off: delivered is the last status planned`() {
        var faults = FaultPlan()
        faults.readOff = true
        let plan = StatusPlan(fate: .arrives, delays: .init(), faults: faults)
        #expect(plan.steps.map(\.status) == [.sent, .delivered])
    }

    @Test func `closed_window: free text fails without a recent message, a template does not`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["closed_window": true])
            _ = try await sandbox.sendText()
            #expect(await sandbox.hub.statuses(1) == ["failed"])
            _ = try await sandbox.inbound()
            _ = try await sandbox.sendText()
            #expect(await sandbox.hub.statuses(3).prefix(2) == ["failed", "sent"])
        }
    }

    @Test(
        arguments: [
            (["duplicate": 2], "unknown fault 'duplicate'"), (["duplicates": 0], "from 1 to 20"),
            (["throttle": ["code": 190]], "130429"), (["reorder": 1], "true or false"),
            (["dead_token": "42"], "no number '42'"),
            (["error": 500], "takes {"),
        ] as [(JSON, String)])
    func `a fault that makes no sense is refused with the reason`(faults: JSON, reason: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.call(.put, "/_sandbox/whatsapp/faults", faults)
            #expect([400, 404].contains(answer.status))
            #expect(answer.json["error"]?["message"]?.text?.contains(reason) == true)
            #expect(try await sandbox.call(.get, "/_sandbox/whatsapp/faults").json == [:])
        }
    }

    @Test func `what is set is what is shown`() throws {
        let faults: JSON = [
            "accept_then_drop": ["count": 2], "batch": ["ms": 50], "closed_window": true, "dead_token": ["1", "2"],
            "duplicates": 2, "error": ["code": 2, "http": 503, "count": 1], "fail_async": ["code": 131026, "count": 4],
            "failed_after_sent": ["code": 131053, "count": 1], "late_retry": ["ms": 10], "read_off": true,
            "reorder": true, "skip_delivered": true, "slow": ["ms": 5], "status_before_answer": true,
            "throttle": ["code": 4, "count": 3],
        ]
        #expect(try FaultPlan(faults).json == faults)
    }
}
