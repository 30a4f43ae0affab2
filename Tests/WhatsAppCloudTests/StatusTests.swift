import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Statuses")
struct StatusTests {
    @Test(
        "Meta's words for a status",
        arguments: [
            ("sent", .sent), ("delivered", .delivered), ("read", .read), ("played", .read), ("failed", .failed),
            ("deleted", nil), ("warning", nil), ("SENT", nil),
        ] as [(String, StatusUpdate.Status?)])
    func words(word: String, status: StatusUpdate.Status?) throws {
        let update = try Harness.status(Fixtures.status(word))
        #expect(update.status == status && update.providerStatus == word && update.providerID == "wamid.s")
        #expect(update.failure == nil && update.occurredAt == Timestamp(seconds: 1_795_420_700))
    }

    @Test("A failed status has Meta's code, our title, Meta's words apart, and our message id")
    func failed() throws {
        let update = try Harness.status(Fixtures.failed)
        let failure = try #require(update.failure)
        #expect(failure.code == "131026")
        #expect(failure.title == "The message cannot be delivered to this person")
        #expect(failure.detail == "Message undeliverable: Message to 16505551234 undeliverable.")
        #expect(update.correlation == "msg_01jd0000000000000000000001")
    }

    @Test("Each participant of a group has a status of their own")
    func group() throws {
        let updates = try Harness.batch(Fixtures.groupStatuses).updates
        let participants = updates.compactMap { if case .status(let status) = $0 { status.participant } else { nil } }
        #expect(participants == ["16505551234", "16505557777"])
    }
}
