import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("What a status says besides its word")
struct StatusDetailTests {
    private let phone = ContactIdentity(.phone, "+16505551234")

    @Test("Prices, the recipient's names, and the end of the free entry window")
    func priced() throws {
        let status = try Harness.status(Fixtures.priced)
        #expect(status.status == .sent)
        #expect(status.pricing == .init(model: "PMP", type: "free_entry_point", category: "referral_conversion"))
        #expect(
            status.recipient == [
                ContactIdentity(.whatsappUserID, "US.1349"), ContactIdentity(.whatsappParentUserID, "US.ENT.118"),
                phone,
            ])
        #expect(status.freeEntryUntil == Timestamp(seconds: 1_795_680_000))
    }

    @Test("Any other conversation has no free entry window")
    func marketing() throws {
        let status = try Harness.status(Fixtures.marketing)
        #expect(status.freeEntryUntil == nil && status.recipient == [phone])
        #expect(status.pricing == .init(model: "CBP", type: nil, category: "marketing"))
    }

    @Test("A lone contact tells more names of the recipient")
    func contact() throws {
        #expect(
            try Harness.status(Fixtures.statusWithContact).recipient == [
                ContactIdentity(.whatsappUserID, "BR.7"), ContactIdentity(.phone, "+5511987654321"),
                ContactIdentity(.phone, "+551187654321"),
            ])
    }

    @Test("A recipient may be known by user id alone; a voice note that was played was read")
    func userID() throws {
        let status = try Harness.status(Fixtures.statusByUserID)
        #expect(status.recipient == [ContactIdentity(.whatsappUserID, "US.1349")])
        #expect(status.status == .read && status.providerStatus == "played")
    }

    @Test("A group's participants lend it no names of theirs")
    func group() throws {
        let group = ContactIdentity(.whatsappGroup, "Y2FwaV9ncm91cA")
        for case .status(let status) in try Harness.batch(Fixtures.groupStatuses).updates {
            #expect(status.recipient == [group])
        }
    }
}
