import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct TemplateTests {
    private static let path = "\(RunningSandbox.acmeAccount)/message_templates"

    static func draft(_ name: String, _ more: [JSON.Member] = []) -> JSON {
        let members: JSON = [
            "name": JSON(name), "category": "UTILITY", "language": "en_US",
            "components": [
                [
                    "type": "BODY", "text": "Your parcel {{1}} is here, come and get it.",
                    "example": ["body_text": [["860198"]]],
                ]
            ],
        ]
        return .object((members.members ?? []).filter { member in !more.contains { $0.name == member.name } } + more)
    }

    /// The changes of a field that were posted, in order.
    private func news(_ sandbox: RunningSandbox, _ field: String, posts: Int) async -> [JSON] {
        await sandbox.hub.posts(posts).flatMap { $0.json["entry"]?.elements ?? [] }
            .flatMap { $0["changes"]?.elements ?? [] }.filter { $0["field"]?.text == field }.compactMap { $0["value"] }
    }

    @Test func `a new template is pending, then approved, told by webhook, and can be sent`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["template_review_ms": 600_000])
            let created = try await sandbox.manage(.post, Self.path, Self.draft("parcel_here"))
            #expect(created.json["status"]?.text == "PENDING")
            let id = try #require(created.json["id"]?.text)
            let template: JSON = [
                "name": "parcel_here", "language": ["code": "en_US"],
                "components": [["type": "body", "parameters": [["type": "text", "text": "7"]]]],
            ]
            #expect(try await sandbox.send("template", template).errorCode == 132001)
            _ = try await sandbox.call(.post, "/_sandbox/whatsapp/clock", ["advance_ms": 600_000])
            let news = try #require(await news(sandbox, "message_template_status_update", posts: 1).first)
            #expect(news["event"]?.text == "APPROVED")
            #expect(news["message_template_id"] == .number(id))
            #expect(news["message_template_name"]?.text == "parcel_here")
            #expect(news["message_template_category"]?.text == "UTILITY")
            let entry = await sandbox.hub.posts(1).first?.json["entry"]?.elements?.first
            #expect(entry?["id"]?.text == RunningSandbox.acmeAccount)
            #expect(entry?["time"]?.integer != nil)
            #expect(try await sandbox.send("template", template).status == 200)
        }
    }

    @Test(arguments: [
        ("a_rejected", "REJECTED", "INVALID_FORMAT"), ("a_paused", "PAUSED", nil), ("a_disabled", "DISABLED", nil),
    ])
    func `the end of its name decides how a review ends`(name: String, event: String, reason: String?) async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["template_review_ms": 0])
            let id = try #require(try await sandbox.manage(.post, Self.path, Self.draft(name)).json["id"]?.text)
            let news = try #require(await news(sandbox, "message_template_status_update", posts: 1).first)
            #expect(news["event"]?.text == event)
            #expect(news["reason"]?.text == reason)
            let template = try await sandbox.manage(.get, "\(id)?fields=status,rejected_reason").json
            #expect(template["status"]?.text == event)
            #expect(template["rejected_reason"]?.text == reason ?? "NONE")
        }
    }

    @Test func `lists are paged, filtered and cut to the fields asked for`() async throws {
        try await withSandbox { sandbox in
            var names: [String] = []
            var after = ""
            for _ in 0..<20 {
                let page = try await sandbox.manage(.get, "\(Self.path)?limit=3&fields=name\(after)").json
                names += page["data"]?.elements?.compactMap { $0["name"]?.text } ?? []
                guard page["paging"]?["next"] != nil else { break }
                after = "&after=\(page["paging"]?["cursors"]?["after"]?.text ?? "")"
            }
            #expect(names == SampleTemplates.all.map(\.name))
            let german = try await sandbox.manage(.get, "\(Self.path)?language=de").json
            #expect(german["data"]?.elements?.count == 1)
            let paused = try await sandbox.manage(.get, "\(Self.path)?status=PAUSED,REJECTED").json
            #expect(paused["data"]?.elements?.first?["name"]?.text == "order_update_paused")
            let found = try await sandbox.manage(.get, "\(Self.path)?name_or_content=spring").json
            #expect(found["data"]?.elements?.count == 1)
            #expect(try await sandbox.manage(.get, "\(Self.path)?fields=nonsense").errorCode == 100)
            let summary = found["summary"]?["message_template_limit"]?.integer
            #expect(summary == TemplateRegistry.accountLimit)
        }
    }

    @Test func `an approved template is edited once a day, a rejected one at will`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["template_review_ms": 0])
            let path = try await sandbox.manage(.get, "\(Self.path)?name=spring_offer").json
            let id = try #require(path["data"]?.elements?.first?["id"]?.text)
            let edit: JSON = ["components": [["type": "BODY", "text": "Spring is over now."]]]
            #expect(try await sandbox.manage(.post, id, ["category": "UTILITY"]).errorCode == 100)
            #expect(try await sandbox.manage(.post, id, [:]).errorCode == 100)
            #expect(try await sandbox.manage(.post, id, edit).json["success"] == true)
            let element = await news(sandbox, "message_template_components_update", posts: 2).first
            #expect(element?["message_template_element"]?.text == "Spring is over now.")
            let again = try await sandbox.manage(.post, id, edit)
            #expect(again.json["error"]?["error_subcode"]?.integer == 2_388_039)
            #expect(again.json["error"]?["error_user_msg"]?.text?.contains("24 hours") == true)
            let rejected = try await sandbox.manage(.post, Self.path, Self.draft("b_rejected")).json["id"]?.text
            _ = await sandbox.hub.posts(3)
            for posts in [5, 7] {
                #expect(try await sandbox.manage(.post, rejected ?? "", edit).status == 200)
                _ = await sandbox.hub.posts(posts)
            }
        }
    }

    @Test func `a deleted name stays taken for a while, one language of it goes alone`() async throws {
        try await withSandbox { sandbox in
            let found = try await sandbox.manage(.get, "\(Self.path)?name=order_confirmation&language=de").json
            let german = found["data"]?.elements?.first?["id"]?.text ?? ""
            let one = try await sandbox.manage(.delete, "\(Self.path)?name=order_confirmation&hsm_id=\(german)")
            #expect(one.json == ["success": true])
            let left = try await sandbox.manage(.get, "\(Self.path)?name=order_confirmation").json
            #expect(left["data"]?.elements?.map { $0["language"]?.text } == ["en_US"])
            #expect(try await sandbox.manage(.delete, "\(Self.path)?name=order_confirmation").status == 200)
            let gone = try await sandbox.manage(.delete, "\(Self.path)?name=order_confirmation")
            #expect(gone.errorCode == 100)
            let taken = try await sandbox.manage(.post, Self.path, Self.draft("order_confirmation"))
            #expect(taken.json["error"]?["error_subcode"]?.integer == 2_388_023)
            #expect(
                await news(sandbox, "message_template_status_update", posts: 2).map { $0["event"]?.text }
                    == ["DELETED", "DELETED"])
        }
    }

    @Test func `quality and category are told, and bad quality pauses`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.call(
                .post, "/_sandbox/whatsapp/template",
                [
                    "phone_number_id": JSON(RunningSandbox.acme), "name": "spring_offer", "quality": "RED",
                    "category": "UTILITY",
                ])
            let quality = try #require(await news(sandbox, "message_template_quality_update", posts: 3).first)
            #expect(quality["previous_quality_score"]?.text == "UNKNOWN")
            #expect(quality["new_quality_score"]?.text == "RED")
            let category = try #require(await news(sandbox, "template_category_update", posts: 3).first)
            #expect(category["previous_category"]?.text == "MARKETING")
            #expect(category["new_category"]?.text == "UTILITY")
            let status = try #require(await news(sandbox, "message_template_status_update", posts: 3).first)
            #expect(status["event"]?.text == "PAUSED")
            #expect(status["other_info"]?["title"]?.text == "FIRST_PAUSE")
            let template: JSON = [
                "name": "spring_offer", "language": ["code": "en_US"],
                "components": [["type": "body", "parameters": [["type": "text", "text": "Ada"]]]],
            ]
            #expect(try await sandbox.send("template", template).errorCode == 132015)
            // The first pause lasts three hours.
            _ = try await sandbox.call(.post, "/_sandbox/whatsapp/clock", ["advance_ms": 10_800_000])
            let unpaused = try #require(await news(sandbox, "message_template_status_update", posts: 4).last)
            #expect(unpaused["event"]?.text == "APPROVED")
            #expect(try await sandbox.send("template", template).status == 200)
        }
    }

    @Test func `a paused template is unpaused on request, and lists of ids are deleted together`() async throws {
        try await withSandbox { sandbox in
            let all = try await sandbox.manage(.get, "\(Self.path)?limit=100&fields=name,status").json
            let ids = Dictionary(
                (all["data"]?.elements ?? []).map { ($0["name"]?.text ?? "", $0["id"]?.text ?? "") }
            ) { first, _ in first }
            let paused = try #require(ids["order_update_paused"])
            #expect(try await sandbox.manage(.post, "\(paused)/unpause").json == ["success": true])
            let news = try #require(await news(sandbox, "message_template_status_update", posts: 1).first)
            #expect(news["event"]?.text == "APPROVED")
            #expect(news["other_info"]?["title"]?.text == "UNPAUSE")
            #expect(try await sandbox.manage(.post, "\(paused)/unpause").json["success"] == false)
            #expect(try await sandbox.manage(.post, "1/unpause").errorCode == 100)
            let two = [paused, ids["coupon_gift"] ?? ""].joined(separator: ",")
            #expect(try await sandbox.manage(.delete, "\(Self.path)?hsm_ids=\(two)").json == ["success": true])
            let left = try await sandbox.manage(.get, "\(Self.path)?limit=100").json
            #expect(left["data"]?.elements?.count == SampleTemplates.all.count - 2)
            #expect(try await sandbox.manage(.delete, Self.path).errorCode == 100)
        }
    }

    @Test func `templates of one business are not another's`() async throws {
        try await withSandbox { sandbox in
            let found = try await sandbox.manage(.get, "\(Self.path)?name=hello_world").json
            let id = try #require(found["data"]?.elements?.first?["id"]?.text)
            #expect(try await sandbox.manage(.get, id).json["name"]?.text == "hello_world")
            #expect(try await sandbox.call(.get, "/v25.0/\(id)", token: RunningSandbox.globexToken).errorCode == 100)
            let foreign = try await sandbox.call(
                .post, "/v25.0/\(Self.path)", Self.draft("x"), token: RunningSandbox.globexToken)
            #expect(foreign.errorCode == 100)
        }
    }

    @Test func `a marketing template is held after so many sends, then goes out or is dropped`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setRules(["pacing": ["after": 1, "hold_ms": 5, "releases": false]])
            let template: JSON = [
                "name": "spring_offer", "language": ["code": "en_US"],
                "components": [["type": "body", "parameters": [["type": "text", "text": "Ada"]]]],
            ]
            let first = try await sandbox.send("template", template).json
            #expect(first["messages"]?.elements?.first?["message_status"]?.text == "accepted")
            _ = await sandbox.hub.posts(3)
            let held = try await sandbox.send("template", template).json
            #expect(held["messages"]?.elements?.first?["message_status"]?.text == "held_for_quality_assessment")
            let failed = try #require(await sandbox.hub.posts(4).last?.statuses.first)
            #expect(failed["errors"]?.elements?.first?["code"]?.integer == 132015)
        }
    }
}
