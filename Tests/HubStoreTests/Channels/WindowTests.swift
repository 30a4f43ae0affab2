import AdapterKit
import Testing

@testable import HubStore

struct WindowTests {
    private static let channel = StoreChannel(
        "support", account: "waba", window: SendWindow(duration: .seconds(86_400), freeEntry: .seconds(3 * 86_400)))
    private let stores: Stores
    private let store: TenantStore
    private var now: Timestamp { Stores.now }

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func receive(
        _ id: String, at time: Timestamp, opensWindow: Bool = true, referral: Bool = false, group: String? = nil,
        origin: InboundMessage.Origin = .person
    ) async throws {
        var message = InboundMessage.text(id)
        message.sentAt = time
        message.opensWindow = opensWindow
        message.origin = origin
        message.group = group.map { ContactIdentity(.whatsappGroup, $0) }
        if referral { message.details.referral = MessageDetails.Referral(sourceType: "ad") }
        try await store.ingest([.message(message)], channel: Self.channel, at: now)
    }

    private func send(_ key: String, _ content: MessageContent = .text(.init(body: "hi")), at time: Timestamp)
        async throws -> EnqueueOutcome
    {
        let message = NewMessage(
            channel: "support", recipient: .phone("+16505551234"), content: content, idempotencyKey: key,
            request: Array(key.utf8))
        return try await store.enqueue(message, checks: SendChecks(channel: Self.channel), at: time)
    }

    private func closesAt() async throws -> Timestamp? {
        try await store.conversations(after: nil, limit: 1)?.elements.first?.windowClosesAt
    }

    @Test func theWindowCountsFromTheProvidersTimeAndIsNeverShortened() async throws {
        try await receive("A", at: now)
        #expect(try await closesAt() == now + .seconds(86_400))
        try await receive("B", at: now + .seconds(-3600))
        #expect(try await closesAt() == now + .seconds(86_400))
        try await receive("C", at: now + .seconds(60))
        #expect(try await closesAt() == now + .seconds(86_460))
    }

    @Test func aFreeAnswerNeedsAnOpenWindow() async throws {
        #expect(try await send("0", at: now) == .windowClosed(since: nil, templates: []))
        try await receive("A", at: now)
        #expect(try await send("1", at: now + .seconds(86_399)).queuedID != nil)
        let closed = now + .seconds(86_400)
        #expect(try await send("2", at: closed) == .windowClosed(since: closed, templates: []))
        // What was taken stays taken, whenever it is asked for again.
        guard case .repeated = try await send("1", at: closed) else {
            Issue.record("the repeat was refused")
            return
        }
    }

    @Test func theRefusalNamesTheTemplatesThatCanBeSent() async throws {
        let templates = [
            ("hello", MessageTemplate.Status.approved), ("paused", .paused), ("waiting", .pending),
        ].map { MessageTemplate(providerID: "1", name: $0, language: "en_US", status: $1, category: "UTILITY") }
        try await store.replaceTemplates(templates, account: "waba", since: now, at: now)
        #expect(
            try await send("1", at: now)
                == .windowClosed(since: nil, templates: [TemplateName(name: "hello", language: "en_US")]))
        let template = MessageContent.template(.init(name: "hello", language: "en_US"))
        #expect(try await send("2", template, at: now).queuedID != nil)
    }

    @Test func onlyWhatAPersonWroteOpensIt() async throws {
        try await receive("A", at: now, opensWindow: false)
        try await receive("B", at: now, origin: .businessApp)
        try await receive("C", at: now, origin: .history(isFromBusiness: false, status: nil))
        #expect(try await closesAt() == nil)
    }

    @Test func theAnswerToAnAdvertisementStartsAFreeEntry() async throws {
        try await receive("A", at: now, referral: true)
        _ = try await send("1", at: now)
        let later = now + .seconds(3600)
        let leased = try #require(try await store.lease(channel: "support", limit: 1, at: later).first)
        try await store.settle(
            leased, .accepted(Acceptance(providerID: "wamid.1")), window: Self.channel.window, at: later)
        let conversation = try await store.conversations(after: nil, limit: 1)?.elements.first
        #expect(conversation?.freeEntryClosesAt == later + .seconds(3 * 86_400))
    }

    @Test func aGroupHasItsOwnConversationAndNoWindow() async throws {
        try await receive("A", at: now)
        try await receive("B", at: now, group: "group-1")
        let page = try #require(try await store.conversations(after: nil, limit: 10))
        #expect(page.elements.count == 2)
        let group = try #require(page.elements.first { $0.windowClosesAt == nil })
        let messages = try #require(try await store.messages(conversation: group.id, after: nil, limit: 10))
        #expect(messages.elements.count == 1)
        // The author is the person, the conversation the group's.
        #expect(messages.elements.first?.contactID != group.contactID)
        #expect(messages.elements.first?.json["group_id"] == "group-1")
        let message = NewMessage(
            channel: "support", recipient: .contact(group.contactID), content: .text(.init(body: "hi")),
            idempotencyKey: "g", request: [])
        let outcome = try await store.enqueue(message, checks: SendChecks(channel: Self.channel), at: now)
        #expect(outcome.queuedID != nil)
    }
}
