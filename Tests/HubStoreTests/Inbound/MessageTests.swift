import AdapterKit
import Testing

@testable import HubStore

struct MessageTests {
    private let store: TenantStore
    private let stores: Stores

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func ingest(_ messages: InboundMessage..., channel: String = "support") async throws -> IngestSummary {
        try await store.ingest(messages.map { .message($0) }, channel: channel, at: Stores.now)
    }

    @Test func aRepeatIsRecognisedInTheSameCallInALaterOneAndAfterReopening() async throws {
        #expect(try await ingest(.text("wamid.A"), .text("wamid.A")) == IngestSummary(messages: 1, repeats: 1))
        #expect(try await ingest(.text("wamid.A")) == IngestSummary(repeats: 1))
        await store.close()
        #expect(try await ingest(.text("wamid.A")) == IngestSummary(repeats: 1))
        #expect(try await store.log().map(\.type) == [.messageReceived])
    }

    @Test func oneIdOnTwoChannelsIsTwoMessages() async throws {
        #expect(try await ingest(.text("wamid.A")) == IngestSummary(messages: 1))
        #expect(try await ingest(.text("wamid.A"), channel: "sales") == IngestSummary(messages: 1))
        let conversations = try #require(try await store.conversations(after: nil, limit: 10))
        #expect(conversations.elements.map(\.channel) == ["sales", "support"])
        #expect(Set(conversations.elements.map(\.contactID)).count == 1)
    }

    @Test func theEventTellsWhatTheMessageIs() async throws {
        _ = try await ingest(.text("wamid.A", body: "Grüße 👋\u{0}"))
        let event = try #require(try await store.log().first)
        let message = try #require(event.data["message"])
        #expect(event.data["channel"] == "support")
        #expect(event.data["contact"]?["name"] == "Sheena Nelson")
        #expect(event.data["contact"]?["identities"] == [["kind": "phone", "value": "+16505551234"]])
        #expect(message["text"]?["body"]?.string == "Grüße 👋\u{0}")
        #expect(message["status"] == "received")
        #expect(message["direction"] == "inbound")
        #expect(message["provider_id"] == "wamid.A")
        #expect(message["raw"] == nil)
        let id = try #require(message["id"]?.string)
        #expect(try await store.message(id: id)?.json == message)
    }

    @Test func aTypeWithoutAModelIsKeptAndShownWhole() async throws {
        let raw: JSON = ["id": "wamid.A", "type": "order", "order": ["total": .number("37.440"), "items": [1, nil]]]
        let message = InboundMessage(
            providerID: "wamid.A", sender: [ContactIdentity(.phone, "+16505551234")],
            content: .unsupported(.init(type: "order")), sentAt: Stores.now, raw: raw)
        #expect(try await ingest(message) == IngestSummary(messages: 1))
        let shown = try #require(try await store.log().first?.data["message"])
        #expect(shown["type"] == "order")
        #expect(shown["raw"] == raw)
        let id = try #require(shown["id"]?.string)
        #expect(try await store.message(id: id)?.json["raw"] == raw)
    }

    @Test func messagesOfOneContactOnOneChannelAreOneConversation() async throws {
        _ = try await ingest(.text("wamid.A"), .text("wamid.B"))
        _ = try await ingest(.text("wamid.C", from: [ContactIdentity(.phone, "+16505550000")]))
        let conversations = try #require(try await store.conversations(after: nil, limit: 10)).elements
        #expect(conversations.count == 2)
        let first = try #require(conversations.last)
        let page = try #require(try await store.messages(conversation: first.id, after: nil, limit: 10))
        #expect(page.elements.map(\.providerID) == ["wamid.B", "wamid.A"])
    }

    @Test func aNoticeIsToldOnce() async throws {
        let notice = AccountNotice(kind: "account_update", occurredAt: Stores.now, raw: ["event": "DISABLED_UPDATE"])
        let template = AccountNotice(
            kind: "message_template_status_update", occurredAt: Stores.now, raw: ["event": "APPROVED"])
        let updates: [InboundUpdate] = [.notice(notice), .notice(notice), .notice(template)]
        let summary = try await store.ingest(updates, channel: "support", at: Stores.now)
        #expect(summary == IngestSummary(notices: 2, repeats: 1))
        #expect(try await store.log().map(\.type) == [.channelAlert, .channelAlert])
    }

    @Test func aPageFollowsThePageBefore() async throws {
        for number in 0..<5 { _ = try await ingest(.text("wamid.\(number)")) }
        let conversation = try #require(try await store.conversations(after: nil, limit: 1)?.elements.first?.id)
        var seen: [String?] = []
        var after: String?
        repeat {
            let page = try #require(try await store.messages(conversation: conversation, after: after, limit: 2))
            seen += page.elements.map(\.providerID)
            after = page.next
        } while after != nil
        #expect(seen == ["wamid.4", "wamid.3", "wamid.2", "wamid.1", "wamid.0"])
        let afterJunk = try await store.messages(conversation: conversation, after: "junk", limit: 2)
        #expect(afterJunk?.elements.count == nil)
        let ofJunk = try await store.messages(conversation: "junk", after: nil, limit: 2)
        #expect(ofJunk?.elements.count == nil)
    }
}
