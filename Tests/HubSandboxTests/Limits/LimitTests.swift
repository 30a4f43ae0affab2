import Testing

@testable import HubSandbox

struct MeterTests {
    private let pair = PlatformLimits.Pair(phoneNumberID: "1", customer: "16505551234")

    @Test func `a number has so many messages a second`() {
        var meter = ThroughputMeter()
        let admitted = (0..<25).map { meter.admit("1", limit: 20, now: $0 * 10) }
        #expect(admitted.filter { $0 }.count == 20)
        let later = [meter.admit("2", limit: 20, now: 250), meter.admit("1", limit: 20, now: 1000)]
        #expect(later == [true, true])
    }

    @Test func `a pair has a burst of 45, which it pays back at 6 seconds a message`() {
        var meter = PairMeter()
        let admitted = (0..<50).map { _ in meter.admit(pair, now: 1000) }
        #expect(admitted.filter { $0 }.count == 45)
        let later = [5999, 6000, 6000].map { meter.admit(pair, now: 1000 + $0) }
        #expect(later == [false, true, false])
        let other = meter.admit(PlatformLimits.Pair(phoneNumberID: "2", customer: pair.customer), now: 1000)
        #expect(other)
        let steady = (0..<600).map { meter.admit(pair, now: 10_000_000 + $0 * 6000) }
        #expect(steady.allSatisfy { $0 })
    }

    @Test func `a portfolio writes to so many different people in 24 hours`() {
        var meter = AudienceMeter()
        let people = [("a", 0), ("b", 1000), ("c", 2000), ("a", 3000), ("c", 86_401_000)]
        let admitted = people.map { meter.admit($0.0, limit: 2, now: $0.1) }
        #expect(admitted == [true, true, false, true, true])
    }

    @Test func `a free entry point opens with the answer and closes after 72 hours`() {
        var limits = PlatformLimits()
        func ends(_ times: Int...) -> [Int?] { times.map { limits.freeEntryPoint(pair, now: $0) } }
        #expect(ends(0) == [nil])
        limits.noteReferral(pair, now: 100)
        let end = 200 + 259_200
        #expect(ends(200, end - 1, end) == [end, end, nil])
        limits.noteReferral(pair, now: 1_000_000)
        #expect(ends(1_086_400) == [nil])
    }
}

@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    @Test func `messages a second: over the limit is 130429`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["throughput": 1])
            var codes: [Int?] = []
            for index in 0..<4 { codes.append(try await sandbox.sendText(to: "+1650555123\(index)").errorCode) }
            #expect(codes.contains(130429))
            try await sandbox.setRules(["throughput": .null])
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `pair rate: the forty-sixth message at once is 131056, for this person only`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["pair_limit": true])
            var refused: [Int?] = []
            // Some seconds may pass meanwhile, each six of which give one more.
            for _ in 0..<80 {
                let answer = try await sandbox.sendText()
                if answer.status != 200 { refused.append(answer.errorCode) }
                if refused.count == 1 { break }
            }
            #expect(refused == [131056])
            #expect(try await sandbox.sendText(to: "+16505550000").status == 200)
        }
    }

    @Test func `messaging limit: new people outside the window are refused, those who wrote are not`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["messaging_limit": ["users": 1]])
            #expect(try await sandbox.sendText(to: "+16505550001").status == 200)
            #expect(try await sandbox.sendText(to: "+16505550002").errorCode == 131048)
            #expect(try await sandbox.sendText(to: "+16505550001").status == 200)
            _ = try await sandbox.inbound()
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `a person whom the business has blocked cannot be written to`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.inbound()
            let people: JSON = ["messaging_product": "whatsapp", "block_users": [["user": "+16505551234"]]]
            let path = "\(RunningSandbox.acme)/block_users"
            #expect(try await sandbox.manage(.post, path, people).status == 200)
            #expect(try await sandbox.sendText().errorCode == 130403)
            #expect(try await sandbox.sendText(to: "+16505550000").status == 200)
            #expect(try await sandbox.manage(.delete, path, people).status == 200)
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `window: at once or later, templates always`() async throws {
        try await withSandbox { sandbox in
            let template: JSON = ["name": "hello_world", "language": ["code": "en_US"]]
            try await sandbox.setRules(["window": "sync"])
            #expect(try await sandbox.sendText().errorCode == 131047)
            #expect(try await sandbox.send("template", template).status == 200)
            _ = await sandbox.hub.posts(3)
            try await sandbox.setRules(["window": "async"])
            #expect(try await sandbox.sendText().status == 200)
            let failed = try #require(await sandbox.hub.posts(4).last?.statuses.first)
            #expect(failed["errors"]?.elements?.first?["code"]?.integer == 131047)
            try await sandbox.setRules(["window": "sync"])
            _ = try await sandbox.inbound()
            #expect(try await sandbox.sendText().status == 200)
            _ = try await sandbox.call(.post, "/_sandbox/whatsapp/clock", ["advance_ms": 86_401_000])
            #expect(try await sandbox.sendText().errorCode == 131047)
        }
    }

    @Test(
        arguments: [
            (["windows": "off"], "unknown rule 'windows'"), (["window": "shut"], "\"off\", \"sync\", \"async\""),
            (["throughput": 0], "from 1 to 100000"), (["pair_limit": 1], "true or false"),
            (["webhook_version": "23"], "v23.0"), (["groups": ["g": ["Ada"]]], "phone numbers"), ("off", "JSON object"),
        ] as [(JSON, String)])
    func `a rule that makes no sense is refused with the reason, and nothing changes`(
        rules: JSON, reason: String
    ) async throws {
        var changed = PlatformRules()
        do throws(ControlError) {
            try changed.change(.object([JSON.Member(name: "pair_limit", value: true)] + (rules.members ?? [])))
            if rules.members == nil { try changed.change(rules) }
            Issue.record("taken")
        } catch {
            #expect(error.message.contains(reason))
        }
        #expect(rules.members == nil || changed == PlatformRules())
    }

    @Test func `rules are read back as set, null sets one back, and reset all`() async throws {
        let rules: JSON = [
            "window": "sync", "throughput": 20, "pair_limit": true, "messaging_limit": ["users": 250, "code": 131064],
            "pacing": ["after": 3, "hold_ms": 10, "releases": false], "pricing": "free_service",
            "user_ids": "username_only", "webhook_version": "v23.0", "media_url_seconds": 1, "media_hash": "base64",
            "template_review_ms": 1, "groups": ["g1": ["16505551234"]],
        ]
        var changed = PlatformRules()
        let shown: JSON = .object(
            (rules.members ?? []).map { member in
                member.name == "groups" ? .init(name: "groups", value: ["g1": ["+16505551234"]]) : member
            })
        try changed.change(shown)
        #expect(changed.json == rules)
        for member in rules.members ?? [] {
            try changed.change(.object([JSON.Member(name: member.name, value: .null)]))
        }
        #expect(changed == PlatformRules())
        try await withSandbox { sandbox in
            try await sandbox.setRules(["pair_limit": true])
            _ = try await sandbox.call(.post, "/_sandbox/reset")
            #expect(try await sandbox.call(.get, "/_sandbox/whatsapp/rules").json["pair_limit"] == false)
        }
    }
}
