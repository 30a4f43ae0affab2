import AdapterKit
import Testing

@testable import HubStore

struct NewsTests {
    private let stores: Stores
    private let store: TenantStore
    private let old = ContactIdentity(.phone, "+16505551234")
    private let new = ContactIdentity(.phone, "+16505559999")
    private let userID = ContactIdentity(.whatsappUserID, "US.13491208655302741918")
    private var now: Timestamp { Stores.now }

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    @discardableResult
    private func ingest(_ updates: InboundUpdate...) async throws -> IngestSummary {
        try await store.ingest(updates, channel: "support", at: now)
    }

    private func contacts() async throws -> [ContactRecord] {
        try await store.contacts(after: nil, limit: 100)?.elements ?? []
    }

    @Test func aNumberThatChangesKeepsItsHistoryAndFreesTheOldOne() async throws {
        try await ingest(.message(.text("A", from: [old])))
        let change = ContactUpdate(identities: [old], added: [new], retired: [old], occurredAt: now)
        #expect(try await ingest(.contact(change)) == IngestSummary(notices: 1))
        try await ingest(.message(.text("B", from: [new])))
        #expect(try await contacts().map(\.identities) == [[new]])
        // Somebody else gets the old number, and the news come once more.
        try await ingest(.message(.text("C", from: [old], name: "Other")))
        #expect(try await ingest(.contact(change)) == IngestSummary(repeats: 1))
        #expect(Set(try await contacts().map(\.identities)) == [[new], [old]])
    }

    @Test func aStatusTellsTheUserIDOfSomebodyKnownByNumber() async throws {
        let id = try await store.sent("wamid.1", key: "1", phone: old.value)
        var status = StatusUpdate.of("wamid.1", .sent)
        status.recipient = [userID, old]
        status.pricing = StatusUpdate.Pricing(model: "PMP", type: "regular", category: "marketing")
        try await ingest(.status(status))
        #expect(try await contacts().map { Set($0.identities) } == [[old, userID]])
        // From now on the person may write without a number.
        try await ingest(.message(.text("A", from: [userID])))
        #expect(try await contacts().count == 1)
        let message = try #require(try await store.message(id: id))
        #expect(message.json["pricing"]?["category"] == "marketing")
    }

    @Test func theParentIDJoinsTheUserIDsOfOnePerson() async throws {
        let parent = ContactIdentity(.whatsappParentUserID, "US.ENT.1")
        try await ingest(.message(.text("A", from: [userID, parent])))
        let other = ContactIdentity(.whatsappUserID, "US.2")
        try await ingest(.message(.text("B", from: [other, parent])))
        #expect(try await contacts().map { Set($0.identities) } == [[userID, parent, other]])
    }

    @Test func consentIsWhatWasSaidLast() async throws {
        func consent(_ isGranted: Bool, _ seconds: Int64) -> InboundUpdate {
            .consent(
                ConsentUpdate(
                    person: [old], purpose: .marketing, isGranted: isGranted, word: isGranted ? "resume" : "stop",
                    occurredAt: now + .seconds(seconds)))
        }
        #expect(try await ingest(consent(false, 10)) == IngestSummary(notices: 1))
        #expect(try await ingest(consent(false, 10)) == IngestSummary(repeats: 1))
        // Older than what is known: heard, and changes nothing.
        #expect(try await ingest(consent(true, 5)) == IngestSummary(notices: 1))
        #expect(try await contacts().first?.consents?.map(\.isGranted) == [false])
        try await store.replaceTemplates(
            [
                MessageTemplate(
                    providerID: "1", name: "offer", language: "de", status: .approved, category: "MARKETING"),
                MessageTemplate(
                    providerID: "2", name: "receipt", language: "de", status: .approved, category: "UTILITY"),
            ], account: "account", since: now, at: now)
        func send(_ name: String) async throws -> EnqueueOutcome {
            try await store.enqueue(
                NewMessage(
                    channel: "support", recipient: .phone(old.value),
                    content: .template(.init(name: name, language: "de")), idempotencyKey: name, request: []), at: now)
        }
        #expect(try await send("offer") == .marketingStopped(since: now + .seconds(10)))
        #expect(try await send("receipt").queuedID != nil)
        try await ingest(consent(true, 20))
        #expect(try await send("offer").queuedID != nil)
    }

    @Test func historyIsImportedWithoutATold() async throws {
        var mine = InboundMessage.text("A")
        mine.origin = .history(isFromBusiness: true, status: .read)
        var theirs = InboundMessage.text("B")
        theirs.origin = .history(isFromBusiness: false, status: nil)
        var media = InboundMessage.text("C")
        media.origin = theirs.origin
        media.content = .unsupported(.init(type: "media_placeholder"))
        try await ingest(
            .message(mine), .message(theirs), .message(media),
            .contact(ContactUpdate(identities: [new], name: "Ada", isImported: true, occurredAt: now)))
        #expect(try await store.log().isEmpty)
        #expect(Set(try await contacts().map(\.name)) == ["Sheena Nelson", "Ada"])
        // The media come later, and fill the place that was kept.
        media.content = .media(.init(.image))
        media.media = MediaReference(providerID: "1", expiresAt: now + .seconds(86_400))
        try await ingest(.message(media))
        #expect(try await ingest(.message(media)) == IngestSummary(repeats: 1))
        let conversation = try #require(try await store.conversations(after: nil, limit: 1)?.elements.first)
        let messages = try #require(try await store.messages(conversation: conversation.id, after: nil, limit: 10))
        #expect(messages.elements.map { $0.json["type"]?.string } == ["image", "text", "text"])
        #expect(messages.elements.map(\.status) == [.received, .received, .read])
        #expect(messages.elements[0].json["image"]?["id"]?.string?.hasPrefix("med_") == true)
        #expect(try await store.leaseMedia(channel: "support", limit: 9, at: now).count == 1)
    }

    @Test func whatTheBusinessWroteInTheAppIsEchoed() async throws {
        var message = InboundMessage.text("A")
        message.origin = .businessApp
        try await ingest(.message(message))
        let log = try await store.log()
        #expect(log.map(\.type) == [.messageEchoed])
        #expect(log.first?.data["message"]?["direction"] == "outbound")
    }

    @Test func referencesNameTheHubsMessageWhereItIsKnown() async throws {
        try await ingest(.message(.text("A")))
        let log = try await store.log()
        let id = try #require(log.first?.data["message"]?["id"]?.string)
        var reaction = InboundMessage.text("B")
        reaction.content = .reaction(.init(to: MessageReference(providerID: "A"), emoji: "👍"))
        var answer = InboundMessage.text("C")
        answer.details.repliesTo = MessageReference(providerID: "never seen")
        var revoke = InboundMessage.text("D")
        revoke.content = .revoke(MessageReference(providerID: "A"))
        var foreign = InboundMessage.text("E", from: [new])
        foreign.content = .edit(.init(of: MessageReference(providerID: "A"), content: .text(.init(body: "x"))))
        try await ingest(.message(reaction), .message(answer), .message(revoke), .message(foreign))
        let messages = try await store.log().compactMap { $0.data["message"] }
        #expect(messages[1]["reaction"]?["message_id"]?.string == id)
        #expect(messages[2]["context"]?["message_id"] == .null)
        #expect(messages[2]["context"]?["provider_message_id"] == "never seen")
        let original = try #require(try await store.message(id: id))
        #expect(original.json["revoked_at"]?.string == now.description)
        // Nobody changes what another person wrote.
        #expect(original.json["edited_at"] == nil)
    }
}
