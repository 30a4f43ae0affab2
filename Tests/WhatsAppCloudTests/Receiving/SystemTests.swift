import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("What the app tells of a person")
struct SystemTests {
    private func read(_ body: String) throws -> (message: InboundMessage, contact: ContactUpdate?) {
        let updates = try Harness.batch(body).updates
        guard case .message(let message)? = updates.first else { throw Harness.Missing() }
        guard updates.count > 1 else { return (message, nil) }
        guard updates.count == 2, case .contact(let contact) = updates[1] else { throw Harness.Missing() }
        return (message, contact)
    }

    private let oldPhone = ContactIdentity(.phone, "+16505551234")
    private let newPhone = ContactIdentity(.phone, "+12195555358")
    private let oldID = ContactIdentity(.whatsappUserID, "US.1")
    private let newID = ContactIdentity(.whatsappUserID, "US.2")

    @Test("A changed number: the message is the old contact's, which then has the new number and not the old one")
    func number() throws {
        let (message, contact) = try read(Fixtures.numberChanged)
        #expect(message.sender == [oldPhone] && !message.opensWindow)
        #expect(
            message.content
                == .system(
                    .init(
                        kind: "user_changed_number", body: "User Sheena changed from 16505551234 to 12195555358",
                        identities: [newPhone])))
        #expect(
            contact
                == ContactUpdate(
                    identities: [oldPhone], added: [newPhone], retired: [oldPhone],
                    occurredAt: Timestamp(seconds: 1_795_420_700)))
    }

    @Test("With the number the user id changes as well")
    func numberAndID() throws {
        let (message, contact) = try read(Fixtures.numberAndIDChanged)
        #expect(message.sender == [oldID, oldPhone])
        #expect(contact?.added == [newID, newPhone] && contact?.retired == [oldID, oldPhone])
    }

    @Test("The older names mean the same, also without a sender")
    func olderNames() throws {
        for members in [#""from":"16505551234""#, #""a":1"#] {
            let body = Fixtures.system(
                #""type":"customer_changed_number","new_wa_id":"12195555358","customer":"16505551234""#, members)
            let (message, contact) = try read(body)
            #expect(message.sender == [oldPhone])
            #expect(contact?.added == [newPhone] && contact?.retired == [oldPhone])
        }
    }

    @Test("A changed user id: the number stays, whichever id the message has as its sender's")
    func userID() throws {
        let (message, contact) = try read(Fixtures.userIDChanged)
        let (oldParent, newParent) = (
            ContactIdentity(.whatsappParentUserID, "US.ENT.1"), ContactIdentity(.whatsappParentUserID, "US.ENT.2")
        )
        #expect(message.sender == [oldID, oldParent, oldPhone])
        #expect(contact?.added == [newID, newParent] && contact?.retired == [oldID, oldParent])
        let (_, bare) = try read(Fixtures.userIDChangedWithoutPrevious)
        #expect(bare?.identities == [oldID] && bare?.added == [newID] && bare?.retired == [oldID])
    }

    @Test("Where only the new names are told there is nobody to change")
    func newOnly() throws {
        let (message, contact) = try read(
            Fixtures.system(#""type":"user_changed_user_id","user_id":"US.2""#, #""from_user_id":"US.2""#))
        #expect(message.sender == [newID] && contact == nil)
    }

    @Test("A changed security code changes no name")
    func identity() throws {
        let (message, contact) = try read(Fixtures.identityChanged)
        #expect(contact == nil && message.sender == [oldPhone] && !message.opensWindow)
        #expect(
            message.content
                == .system(.init(kind: "customer_identity_changed", body: "Sheena's security code changed")))
    }

    @Test("A system message without an id changes nobody, as a repeat could not be told")
    func withoutID() throws {
        let body = Fixtures.numberChanged.replacing(#""id":"wamid.system","#, with: "")
        let batch = try #require(try Harness.receive(body).first)
        #expect(batch.updates.isEmpty && batch.problem == "a message without an id")
    }
}
