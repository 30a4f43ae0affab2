import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("What the business wrote with its app, and before")
struct ConversationTests {
    private func messages(_ body: String) throws -> [InboundMessage] {
        try Harness.batch(body).updates.compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    private let sheena = ContactIdentity(.phone, "+16505551234")
    private let pablo = ContactIdentity(.phone, "+16505557777")

    @Test("An echo is the business's message in the person's conversation, and opens no window")
    func echoes() throws {
        let echoes = try messages(Fixtures.appEcho)
        #expect(echoes.map(\.origin) == [.businessApp, .businessApp, .businessApp])
        #expect(echoes.map(\.sender) == [[ContactIdentity(.whatsappUserID, "US.1349"), sheena], [pablo], [pablo]])
        #expect(echoes.allSatisfy { !$0.opensWindow })
        #expect(echoes[0].content == .text(.init(body: "It comes in blue")))
        #expect(echoes[1].media?.providerID == "8003")
        #expect(echoes[2].content == .revoke(MessageReference(providerID: "wamid.echo2")))
        let other = try messages(Fixtures.apiEcho)
        #expect(other.map(\.sender) == [[ContactIdentity(.whatsappUserID, "US.1349")]])
        #expect(other.map(\.origin) == [.businessApp])
    }

    @Test("An echo into a group belongs to the group")
    func groupEcho() throws {
        let body = Fixtures.field(
            "smb_message_echoes",
            #""message_echoes":[{"from":"15550783881","group_id":"g1","id":"wamid.g","type":"text","text":{"body":"x"}}]"#
        )
        let group = ContactIdentity(.whatsappGroup, "g1")
        #expect(try messages(body).map(\.sender) == [[group]])
        #expect(try messages(body).map(\.group) == [group])
    }

    @Test("History is each thread's person's, with its direction and status")
    func history() throws {
        let history = try messages(Fixtures.history)
        #expect(history.map(\.providerID) == ["wamid.h1", "wamid.h2", "wamid.h3", "wamid.h4", "wamid.h5"])
        #expect(history.map(\.sender) == [[sheena], [sheena], [sheena], [pablo], [pablo]])
        #expect(
            history.map(\.origin) == [
                .history(isFromBusiness: false, status: .read), .history(isFromBusiness: true, status: .delivered),
                .history(isFromBusiness: true, status: .read), .history(isFromBusiness: true, status: .failed),
                .history(isFromBusiness: true, status: nil),
            ])
        #expect(history.allSatisfy { !$0.opensWindow })
        #expect(history[0].sentAt == Timestamp(seconds: 1_780_000_000))
        #expect(history[2].content == .unsupported(.init(type: "media_placeholder")))
    }

    @Test("Media of the history takes the placeholder's id, and lives from now on")
    func historyMedia() throws {
        let media = try #require(try messages(Fixtures.historyMedia).first)
        #expect(media.providerID == "wamid.h3" && media.sender == [sheena])
        #expect(media.origin == .history(isFromBusiness: true, status: nil))
        #expect(media.media?.expiresAt == Harness.receivedAt + .seconds(7 * 86_400))
    }

    @Test("A person whose number is spelled another way in a thread stays one person")
    func spelling() throws {
        let body = Fixtures.history.replacing(#""from":"16505551234""#, with: #""from":"1650555123""#)
        let first = try #require(try messages(body).first)
        #expect(first.sender == [sheena] && first.origin == .history(isFromBusiness: false, status: .read))
    }

    @Test("History that is not shared is an alert, and its progress a notice")
    func aroundHistory() throws {
        guard case .alert(let alert)? = try Harness.batch(Fixtures.historyDeclined).updates.first,
            case .notice(let notice)? = try Harness.batch(Fixtures.historyProgress).updates.first
        else { throw Harness.Missing() }
        #expect(alert.code == "history.2593109" && alert.severity == .information && alert.effect == .none)
        #expect(notice.kind == "history" && notice.raw["value"]?["metadata"]?["progress"] == 100)
    }

    @Test("Twenty thousand messages of history are read, each once", .timeLimit(.minutes(2)))
    func long() throws {
        let threads = (0..<200).map { thread in
            let messages = (0..<100).map {
                #"{"from":"1650555\#(1000 + thread)","id":"wamid.\#(thread).\#($0)","timestamp":"1780000000","type":"text","text":{"body":"x"}}"#
            }
            return #"{"id":"1650555\#(1000 + thread)","messages":["# + messages.joined(separator: ",") + "]}"
        }
        let body = Fixtures.field("history", #""history":[{"threads":["# + threads.joined(separator: ",") + "]}]")
        #expect(try Set(messages(body).map(\.providerID)).count == 20_000)
    }

    @Test("Ten thousand messages of as many people are joined to their contacts", .timeLimit(.minutes(2)))
    func manyContacts() throws {
        let contacts = (0..<10_000).map { #"{"profile":{"name":"N\#($0)"},"wa_id":"165055\#(10_000 + $0)"}"# }
        let items = (0..<10_000).reversed().map {
            #"{"from":"165055\#(10_000 + $0)","id":"wamid.\#($0)","type":"text","text":{"body":"x"}}"#
        }
        let body = Fixtures.change(
            #""contacts":["# + contacts.joined(separator: ",") + #"],"messages":["# + items.joined(separator: ",") + "]"
        )
        let read = try messages(body)
        #expect(read.count == 10_000 && read.first?.profileName == "N9999" && read.last?.profileName == "N0")
    }
}
