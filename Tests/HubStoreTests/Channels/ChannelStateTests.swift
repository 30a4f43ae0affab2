import AdapterKit
import Testing

@testable import HubStore

struct ChannelStateTests {
    private let stores: Stores
    private let store: TenantStore
    private var now: Timestamp { Stores.now }

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func alert(_ code: String, _ effect: ChannelAlert.Effect, at seconds: Int64 = 0) -> ChannelAlert {
        ChannelAlert(
            code: code, title: "Something", severity: .warning, effect: effect, occurredAt: now + .seconds(seconds),
            raw: ["event": .string(code)])
    }

    @Test func whatTheProviderForbidsLastsUntilAPersonResumes() async throws {
        try await store.ingest([.alert(alert("banned", .pauses))], channel: "support", at: now)
        try await store.alert(
            channel: "support", FailureReason(code: "190", title: "Token"), pauses: true, at: now)
        let pause = try #require(try await store.channel("support").pause)
        #expect(pause.needsResume && pause.reason.code == "banned")
        #expect(try await store.resume(channel: "support", at: now))
        #expect(try await store.channel("support").pause == nil)
        #expect(try await !store.resume(channel: "support", at: now))
        // The same news again are none.
        let repeated = try await store.ingest([.alert(alert("banned", .pauses))], channel: "support", at: now)
        #expect(repeated == IngestSummary(repeats: 1))
        #expect(try await store.channel("support").pause == nil)
        #expect(try await store.log().map(\.type) == [.channelAlert, .channelAlert])
    }

    @Test func aProbeReplacesTheAlertsOfTheOneBefore() async throws {
        try await store.ingest([.alert(alert("told", .none))], channel: "support", at: now)
        func probe(_ codes: String...) -> ChannelProbe {
            ChannelProbe(
                limits: ChannelLimits(messagesPerSecond: 80, newContactsPerDay: .max, quality: "GREEN"),
                alerts: codes.map { alert($0, .none) }, credentialExpiresAt: now, facts: ["a": 1])
        }
        try await store.keep(probe("one", "two"), channel: "support", at: now)
        try await store.keep(probe("two"), channel: "support", at: now)
        let record = try await store.channel("support")
        #expect(Set(record.alerts.map(\.code)) == ["told", "two"])
        #expect(record.limits.newContactsPerDay == .max && record.facts == ["a": 1])
        #expect(record.json["limits"]?["new_contacts_per_day"] == "unlimited")
        // Told once each.
        #expect(try await store.log().count == 3)
        try await store.ingest([.limits(ChannelLimits(quality: "RED"))], channel: "support", at: now)
        #expect(
            try await store.channel("support").limits
                == ChannelLimits(
                    messagesPerSecond: 80, newContactsPerDay: .max, quality: "RED"))
        #expect(try await store.channel("sales") == ChannelRecord())
    }

    @Test func credentialsAreSealedAndAChannelsOwn() async throws {
        let secret = Secret("EAAG-a-token-that-must-not-be-seen")
        try await store.keep(secret, as: "access_token", channel: "support", at: now)
        try await store.keep(secret, as: "access_token", channel: "support", at: now)
        #expect(try await store.credential("access_token", channel: "support") == secret)
        #expect(try await store.credential("access_token", channel: "sales") == nil)
        try await store.keep(nil, as: "access_token", channel: "support", at: now)
        #expect(try await store.credential("access_token", channel: "support") == nil)
    }

    @Test func theRegistryFollowsSyncsAndNews() async throws {
        let channel = StoreChannel("support", account: "waba")
        func template(_ name: String, _ status: MessageTemplate.Status = .approved) -> MessageTemplate {
            MessageTemplate(
                providerID: name, name: name, language: "en_US", status: status, category: "UTILITY",
                components: [["type": "BODY", "text": "Hello {{1}}"]])
        }
        func news(_ name: String, _ status: MessageTemplate.Status?, at seconds: Int64) -> InboundUpdate {
            .template(
                TemplateUpdate(
                    providerID: nil, name: name, language: "en_US", status: status, reason: "WHY", quality: "RED",
                    occurredAt: now + .seconds(seconds), raw: ["at": .integer(seconds), "name": .string(name)]))
        }
        try await store.replaceTemplates([template("a"), template("b")], account: "waba", since: now, at: now)
        try await store.replaceTemplates([template("b"), template("c")], account: "waba", since: now, at: now)
        try await store.replaceTemplates([template("z")], account: "other", since: now, at: now)
        #expect(try await store.templates(account: "waba").map(\.template.name) == ["b", "c"])
        try await store.ingest(
            [
                news("b", .paused, at: 20), news("b", .approved, at: 10), news("c", .deleted, at: 20),
                news("d", nil, at: 1),
            ],
            channel: channel, at: now)
        let known = try await store.templates(account: "waba")
        #expect(known.map(\.template.name) == ["b", "d"])
        #expect(known[0].template.status == .paused && known[0].isWhole && known[0].template.components.count == 1)
        #expect(known[1].template.status == .unknown && !known[1].isWhole)
        let outcome = try await store.enqueue(
            NewMessage(
                channel: "support", recipient: .phone("+16505551234"),
                content: .template(.init(name: "b", language: "en_US")), idempotencyKey: "1", request: []),
            checks: SendChecks(channel: channel), at: now)
        guard case .refused(let problems) = outcome else {
            Issue.record("a paused template was queued")
            return
        }
        #expect(problems.map(\.code) == ["template_paused"])
    }

    @Test func newPeopleWaitWhileTheLimitIsReached() async throws {
        let limit = IntroductionLimit(channels: ["support", "sales"], perDay: 2)
        func send(_ digit: Int, _ channel: String = "support") async throws {
            _ = try await store.enqueue(
                NewMessage(
                    channel: channel, recipient: .phone("+1650555000\(digit)"),
                    content: .template(.init(name: "hello", language: "de")), idempotencyKey: "\(digit)\(channel)",
                    request: []), at: now)
        }
        try await send(1)
        try await send(2, "sales")
        try await send(3)
        #expect(try await store.lease(channel: "support", limit: 1, introductions: limit, at: now).count == 1)
        #expect(try await store.lease(channel: "sales", limit: 9, introductions: limit, at: now).count == 1)
        #expect(try await store.lease(channel: "support", limit: 9, introductions: limit, at: now).isEmpty)
        // Whoever is counted already may be written to again.
        try await send(2, "support")
        #expect(try await store.lease(channel: "support", limit: 9, introductions: limit, at: now).count == 1)
        let tomorrow = now + .seconds(86_401)
        #expect(try await store.nextDue(channel: "support").map { $0 <= tomorrow } == true)
        #expect(try await store.lease(channel: "support", limit: 9, introductions: limit, at: tomorrow).count == 1)
    }

    @Test func anAcceptanceTellsNamesAndWhetherItIsHeldBack() async throws {
        let outcome = try await store.enqueue(.text(key: "1"), at: now)
        let leased = try #require(try await store.lease(channel: "support", limit: 1, at: now).first)
        let other = ContactIdentity(.phone, "+5511912345678")
        try await store.settle(
            leased,
            .accepted(
                Acceptance(providerID: "wamid.1", state: "held_for_quality_assessment", identities: [other])),
            at: now)
        let message = try #require(try await store.message(id: outcome.queuedID ?? ""))
        #expect(message.json["provider_state"] == "held_for_quality_assessment")
        #expect(try await store.contact(id: message.contactID)?.identities.contains(other) == true)
    }
}
