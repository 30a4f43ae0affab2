import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("News of people")
struct PeopleTests {
    @Test(
        "Marketing is stopped and allowed again; the time is a number or text",
        arguments: [("stop", false), ("resume", true), ("signup", true), ("STOP", false)])
    func preferences(word: String, isGranted: Bool) throws {
        for time in ["1795420700", #""1795420700""#] {
            guard
                case .consent(let consent)? = try Harness.batch(
                    Fixtures.preference(word, timestamp: time)
                ).updates.first
            else { throw Harness.Missing() }
            #expect(
                consent
                    == ConsentUpdate(
                        person: [ContactIdentity(.whatsappUserID, "US.1349"), ContactIdentity(.phone, "+16505551234")],
                        profileName: "Pablo M.", purpose: .marketing, isGranted: isGranted, word: word,
                        occurredAt: Timestamp(seconds: 1_795_420_700)))
        }
    }

    @Test("A preference may name the person by user id alone; what is not known is a notice")
    func otherPreferences() throws {
        guard case .consent(let consent)? = try Harness.batch(Fixtures.preferenceByUserID).updates.first,
            case .notice(let notice)? = try Harness.batch(Fixtures.preference("pause")).updates.first
        else { throw Harness.Missing() }
        #expect(consent.person == [ContactIdentity(.whatsappUserID, "US.1349")] && consent.isGranted)
        #expect(notice.kind == "user_preferences" && notice.raw["value"]?["value"] == "pause")
    }

    @Test("The app's address book becomes contacts; who is removed stays")
    func addressBook() throws {
        let updates = try Harness.batch(Fixtures.addressBook).updates
        let contacts = updates.compactMap { if case .contact(let contact) = $0 { contact } else { nil } }
        #expect(contacts.map(\.name) == ["Pablo Morales", "Sheena"])
        #expect(
            contacts.map(\.identities) == [
                [ContactIdentity(.phone, "+16505551234")], [ContactIdentity(.phone, "+16505557777")],
            ])
        #expect(contacts.allSatisfy { $0.isImported && $0.added.isEmpty && $0.retired.isEmpty })
        #expect(updates.filter(\.isNotice).count == 2)
    }

    @Test("A user id update adds the new ids and retires the old ones")
    func userID() throws {
        guard case .contact(let contact)? = try Harness.batch(Fixtures.userIDUpdate).updates.first else {
            throw Harness.Missing()
        }
        let old = [ContactIdentity(.whatsappUserID, "US.1"), ContactIdentity(.whatsappParentUserID, "US.ENT.1")]
        #expect(contact.identities == old + [ContactIdentity(.phone, "+16505551234")])
        #expect(contact.retired == old)
        #expect(
            contact.added == [
                ContactIdentity(.whatsappUserID, "US.2"), ContactIdentity(.whatsappParentUserID, "US.ENT.2"),
            ])
    }

    @Test("A parent user id is an identity, as is one in place of the number")
    func parent() throws {
        let expected = [
            ContactIdentity(.whatsappUserID, "US.1349"), ContactIdentity(.whatsappParentUserID, "US.ENT.118"),
        ]
        #expect(try Harness.message(Fixtures.parentID).sender == expected)
        let inPlace = Fixtures.change(#""messages":[{"from":"US.ENT.118","id":"wamid.a"}]"#)
        #expect(try Harness.message(inPlace).sender == [expected[1]])
    }

    @Test("A name that is no name is cut, so that it cannot be made large by repeating it")
    func longName() throws {
        let body = Fixtures.text.replacing("Sheena Nelson", with: String(repeating: "é", count: 5000))
        #expect(try Harness.message(body).profileName == String(repeating: "é", count: 256))
    }

    @Test(
        "News of people without a number are kept, and given to nobody",
        arguments: WebhookField.allCases.filter(\.isOfPeople))
    func withoutNumber(field: WebhookField) throws {
        let batch = try #require(try Harness.receive(Fixtures.accountChange(field.rawValue, #"{"a":1}"#)).first)
        #expect(batch.updates.isEmpty && batch.problem == "\(field.rawValue) without metadata.phone_number_id")
    }
}
