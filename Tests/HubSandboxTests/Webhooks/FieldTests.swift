import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct FieldTests {
    /// The table of webhook fields in Meta's pages.
    private static let fields = [
        "messages", "message_template_status_update", "message_template_quality_update",
        "message_template_components_update", "template_category_update", "phone_number_quality_update",
        "phone_number_name_update", "business_capability_update", "account_alerts", "account_update",
        "account_review_update", "account_settings_update", "security", "user_preferences", "calls",
        "smb_message_echoes", "smb_app_state_sync", "history", "message_echoes", "messaging_handovers",
        "consumer_profile", "flows", "group_lifecycle_update", "group_participants_update", "group_settings_update",
        "group_status_update", "payment_configuration_update", "partner_solutions", "automatic_events",
        "business_username_updates", "user_id_update", "tracking_events",
    ]

    private static let accountEvents = [
        "ACCOUNT_DELETED", "ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION", "DISABLED_UPDATE", "ACCOUNT_OFFBOARDED",
        "ACCOUNT_RECONNECTED", "PARTNER_ADDED", "PARTNER_REMOVED", "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED",
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
        "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "VOLUME_BASED_PRICING_TIER_UPDATE", "AD_ACCOUNT_LINKED",
        "MM_LITE_TERMS_SIGNED",
    ]

    @Test func `every field and every account event has an example`() {
        #expect(WebhookExamples.fields == Set(Self.fields))
        for event in Self.accountEvents { #expect(WebhookExamples.named("account_update.\(event)") != nil) }
        #expect(Set(WebhookExamples.all.map(\.name)).count == WebhookExamples.all.count)
    }

    @Test func `every example arrives signed, under its own field and at its own level`() async throws {
        try await withSandbox { sandbox in
            let listed = try await sandbox.control(.get, "examples").json["examples"]?.elements ?? []
            let names = listed.compactMap { $0["example"]?.text }
            #expect(names == WebhookExamples.all.map(\.name))
            for name in names {
                let answer = try await sandbox.control(
                    .post, "field", ["waba": JSON(RunningSandbox.waba), "example": JSON(name)])
                #expect(answer.json["acknowledged"]?.flag == true, "\(name)")
            }
            let posts = await sandbox.hub.posts(names.count)
            for (name, post) in zip(names, posts) {
                #expect(post.signature == WebhookSignature.header(of: post.body, secret: "sandbox-app-secret"))
                #expect(post.body.allSatisfy { $0 < 0x80 }, "\(name)")
                let field = name.prefix { $0 != "." }
                #expect(post.changes.count == 1 && post.changes[0]["field"]?.text == String(field))
                let isOfNumber = WebhookField.ofNumbers.contains(String(field))
                #expect((post.changes[0]["value"]?["metadata"] != nil) == isOfNumber, "\(name)")
                #expect((post.entries[0]["time"]?.integer != nil) == !isOfNumber, "\(name)")
                #expect(post.entries[0]["id"]?.text == RunningSandbox.waba)
            }
        }
    }

    @Test func `any field with any value, known or not`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.control(
                .post, "field",
                [
                    "phone_number_id": JSON(RunningSandbox.globex), "field": "moon_phase_update",
                    "value": ["phase": "välkommen/☾"],
                ])
            #expect(answer.json["status"]?.integer == 200)
            let post = try #require(await sandbox.hub.posts(1).first)
            #expect(post.changes == [["value": ["phase": "välkommen/☾"], "field": "moon_phase_update"]])
            // Escaped with lower-case hex digits, as Meta does.
            let body = String(decoding: post.body, as: UTF8.self)
            #expect(body.contains(#"v\u00e4lkommen\/\u263e"#))
        }
    }

    @Test func `members of an example can be replaced`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.control(
                .post, "field",
                [
                    "waba": JSON(RunningSandbox.waba), "example": "message_template_status_update.PAUSED",
                    "value": ["message_template_name": "spring_offer", "message_template_id": 42],
                ])
            let value = try #require(await sandbox.hub.posts(1).first?.changes.first?["value"])
            #expect(value["event"]?.text == "PAUSED")
            #expect(value["message_template_name"]?.text == "spring_offer")
            #expect(value["message_template_id"]?.integer == 42)
            #expect(value["other_info"]?["title"]?.text == "FIRST_PAUSE")
        }
    }

    @Test(
        arguments: [
            (["waba": "1", "example": "security.PIN_CHANGED"], 404), (["example": "security.PIN_CHANGED"], 400),
            (["waba": "102290129340398", "example": "nothing"], 404), (["waba": "102290129340398", "field": "x"], 400),
        ] as [(JSON, Int)])
    func `a call that makes no sense is refused`(body: JSON, status: Int) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.control(.post, "field", body)
            #expect(answer.status == status)
            #expect(answer.json["error"]?["message"]?.text?.isEmpty == false)
            #expect(await sandbox.hub.posts.isEmpty)
        }
    }

    @Test func `faults and retries are those of messages`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(["duplicates": 2])
            await sandbox.hub.answerNext(500, 500)
            let answer = try await sandbox.control(
                .post, "field", ["waba": JSON(RunningSandbox.waba), "example": "account_update.DISABLED_UPDATE"])
            #expect(answer.json["status"]?.integer == 500)
            let posts = await sandbox.hub.posts(3)
            #expect(Set(posts.map(\.body)).count == 1)
        }
    }
}
