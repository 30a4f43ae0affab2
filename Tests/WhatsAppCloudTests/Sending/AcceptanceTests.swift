import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("What Meta says when it takes a message")
struct AcceptanceTests {
    private func accepted(_ contacts: String, _ message: String, to recipient: [ContactIdentity]) throws -> Acceptance {
        let body = #"{"messaging_product":"whatsapp","contacts":\#(contacts),"messages":[\#(message)]}"#
        let outcome = SendAnswer(HTTPAnswer(status: 200, body: Array(body.utf8)), to: recipient).outcome
        guard case .accepted(let acceptance) = outcome else { throw Harness.Missing() }
        return acceptance
    }

    @Test(
        "A message that is held back was taken, and that is said",
        arguments: [
            (#""accepted""#, nil), ("null", nil), (#""held_for_quality_assessment""#, "held_for_quality_assessment"),
            (#""paused""#, "paused"),
        ] as [(String, String?)])
    func state(status: String, state: String?) throws {
        let acceptance = try accepted("[]", #"{"id":"wamid.a","message_status":\#(status)}"#, to: [])
        #expect(acceptance == Acceptance(providerID: "wamid.a", state: state))
    }

    @Test("Names that were not sent to are told: another number, a user id")
    func identities() throws {
        let phone = ContactIdentity(.phone, "+5511987654321")
        let acceptance = try accepted(
            #"[{"input":"+5511987654321","wa_id":"551187654321","user_id":"BR.77","parent_user_id":"BR.ENT.7"}]"#,
            #"{"id":"wamid.a"}"#, to: [phone])
        #expect(
            acceptance.identities == [
                ContactIdentity(.whatsappUserID, "BR.77"), ContactIdentity(.whatsappParentUserID, "BR.ENT.7"),
                ContactIdentity(.phone, "+551187654321"),
            ])
        #expect(
            try accepted(#"[{"input":"+5511987654321","wa_id":"5511987654321"}]"#, #"{"id":"wamid.a"}"#, to: [phone])
                .identities == [])
    }

    @Test("A message to a user id has no number to tell, and a group none of one person")
    func none() throws {
        let person = [ContactIdentity(.whatsappUserID, "US.1")]
        #expect(try accepted(#"[{"input":"US.1","user_id":"US.1"}]"#, #"{"id":"w"}"#, to: person).identities == [])
        let group = [ContactIdentity(.whatsappGroup, "Y2Fw")]
        #expect(
            try accepted(#"[{"input":"Y2Fw","wa_id":"16505551234"}]"#, #"{"id":"w","group_id":"Y2Fw"}"#, to: group)
                .identities == [])
        let two = #"[{"input":"a","wa_id":"16505551234"},{"input":"b","wa_id":"16505557777"}]"#
        #expect(try accepted(two, #"{"id":"w"}"#, to: person).identities == [])
    }
}
