import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("What people write")
struct ChatTests {
    @Test("A location has its place; one without numbers is unsupported")
    func location() throws {
        #expect(
            try Harness.message(Fixtures.location).content
                == .location(
                    .init(
                        latitude: 37.4419, longitude: -122.1629, name: "Café", address: "101 Forest Ave",
                        url: "https://example.com/cafe")))
        for degrees in ["1e999", "null", #""north""#, "721"] {
            let body = Fixtures.message(#""type":"location","location":{"latitude":\#(degrees),"longitude":1}"#)
            #expect(try Harness.message(body).content == .unsupported(.init(type: "location")), "\(degrees)")
        }
    }

    @Test("A contact card has all of its parts, and may have no name")
    func contacts() throws {
        guard case .contacts(let cards) = try Harness.message(Fixtures.contacts).content else {
            throw Harness.Missing()
        }
        let card = try #require(cards.first)
        #expect(
            card.name?.formatted == "Barbara J. Johnson" && card.name?.middle == "Joana" && card.name?.suffix == "Esq.")
        #expect(card.phones.map(\.phone) == ["+1 (650) 555-9999"] && card.phones.map(\.channelID) == ["16505559999"])
        #expect(card.emails.map(\.value) == ["barbara@example.com"] && card.urls.map(\.type) == ["COMPANY"])
        #expect(card.addresses.map(\.zip) == ["94025"] && card.organisation?.title == "Counsel")
        #expect(card.birthday == "1999-01-23" && card.vcard == "BEGIN:VCARD\nEND:VCARD")
        guard case .contacts(let shared) = try Harness.message(Fixtures.contactRequest).content else {
            throw Harness.Missing()
        }
        #expect(shared.first?.name == nil && shared.first?.origin == "contact_request")
    }

    @Test("A reaction names its message; it is taken back with an empty emoji or with none")
    func reaction() throws {
        let target = MessageReference(providerID: "wamid.target")
        #expect(try Harness.message(Fixtures.reaction).content == .reaction(.init(to: target, emoji: "👍")))
        #expect(try Harness.message(Fixtures.reactionEmptied).content == .reaction(.init(to: target, emoji: nil)))
        #expect(try Harness.message(Fixtures.reactionRemoved).content == .reaction(.init(to: target, emoji: nil)))
        let lost = Fixtures.message(#""type":"reaction","reaction":{"emoji":"x"}"#)
        #expect(try Harness.message(lost).content == .unsupported(.init(type: "reaction")))
    }

    @Test("An edit has the new content and its media, a revoke what it takes back; neither opens the window")
    func edits() throws {
        let edit = try Harness.message(Fixtures.edit)
        let original = MessageReference(providerID: "wamid.before")
        let image = MessageContent.media(.init(.image, mimeType: "image/png", caption: "now with a caption"))
        #expect(edit.content == .edit(.init(of: original, content: image)))
        #expect(edit.media?.providerID == "7003" && !edit.opensWindow)
        let revoke = try Harness.message(Fixtures.revoke)
        #expect(revoke.content == .revoke(original) && !revoke.opensWindow)
        let suspended = try Harness.message(Fixtures.suspendedEdit)
        guard case .unsupported(let unsupported) = suspended.content else { throw Harness.Missing() }
        #expect(unsupported.original == "edit" && !suspended.opensWindow)
    }

    @Test("An edit of an edit, or of nothing, is unsupported")
    func strangeEdits() throws {
        for edit in [
            #"{"original_message_id":"a","message":{"type":"edit","edit":{"original_message_id":"b","message":{"type":"text"}}}}"#,
            #"{"original_message_id":"a"}"#, #"{"message":{"type":"text","text":{"body":"x"}}}"#, "7",
        ] {
            let message = try Harness.message(Fixtures.message(#""type":"edit","edit":"# + edit))
            #expect(message.content == .unsupported(.init(type: "edit")) && message.media == nil)
        }
    }

    @Test("What Meta does not hand on has the kind that it was, and why")
    func unsupported() throws {
        let poll = try Harness.message(Fixtures.poll)
        guard case .unsupported(let unsupported) = poll.content else { throw Harness.Missing() }
        #expect(unsupported.type == "unsupported" && unsupported.original == "poll_creation")
        #expect(unsupported.reason?.code == "131051" && poll.details.problems.map(\.code) == ["131051"])
        #expect(poll.opensWindow)
        guard case .unsupported(let unknown) = try Harness.message(Fixtures.unknown).content else {
            throw Harness.Missing()
        }
        #expect(unknown.type == "unknown" && unknown.reason?.code == "131051")
        let newer = try Harness.message(Fixtures.newer)
        #expect(newer.content == .unsupported(.init(type: "hologram")) && newer.raw["hologram"]?["of"] == "a cat")
    }

    @Test("A type that is no word is not shown")
    func strangeType() throws {
        let message = try Harness.message(Fixtures.message(#""type":"<b>hi</b>","<b>hi</b>":{}"#))
        #expect(message.content == .unsupported(.init(type: "unknown")))
    }

    @Test("A request for a welcome opens the window, as it waits for an answer")
    func welcome() throws {
        let message = try Harness.message(Fixtures.requestWelcome)
        #expect(message.content == .requestWelcome && message.opensWindow)
    }

    @Test("What stands around a message is kept: what it answers, known or not, and how it came here")
    func details() throws {
        #expect(
            try Harness.message(Fixtures.reply).details
                == MessageDetails(repliesTo: MessageReference(providerID: "wamid.neverseen")))
        #expect(try Harness.message(Fixtures.forwarded).details == MessageDetails(isForwarded: true))
        #expect(
            try Harness.message(Fixtures.forwardedOften).details
                == MessageDetails(isForwarded: true, isForwardedOften: true))
        #expect(
            try Harness.message(Fixtures.productEnquiry).details
                == MessageDetails(
                    repliesTo: MessageReference(providerID: "wamid.product"),
                    product: .init(catalogID: "194836987003835", productID: "di9ozbzfi4")))
        #expect(
            try Harness.message(Fixtures.advertisement).details.referral
                == .init(
                    sourceType: "ad", sourceID: "120226305854810726", sourceURL: "https://fb.me/3cr4Wqqkv",
                    headline: "Chat with us", body: "Summer succulents are here!", mediaType: "image",
                    mediaURL: "https://scontent.xx.fbcdn.net/image", clickID: "Aff-n8ZTODiE79d22KtAwQKj9e",
                    welcomeText: "Hi there! Let us know how we can help!"))
    }

    @Test("A group's message has the group, and its author as sender")
    func group() throws {
        let message = try Harness.message(Fixtures.group)
        #expect(
            message.group
                == ContactIdentity(.whatsappGroup, "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD"))
        #expect(
            message.sender == [ContactIdentity(.whatsappUserID, "US.1349"), ContactIdentity(.phone, "+16505551234")])
    }

    @Test("A list that is newer than this code is kept beside the messages")
    func otherList() throws {
        let body = Fixtures.change(
            #""messages":[{"from":"16505551234","id":"wamid.a","type":"text","text":{"body":"x"}}],"polls":[{"id":"1"}]"#
        )
        let updates = try Harness.batch(body).updates
        guard updates.count == 2, case .notice(let notice) = updates[1] else { throw Harness.Missing() }
        #expect(notice.kind == "messages" && notice.raw["value"]?["polls"]?.elements.count == 1)
    }
}
