import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Meta's rules for texts, media, contacts and reactions")
struct ContentRulesTests {
    static func text(_ count: Int) -> String { String(repeating: "a", count: count) }

    /// One below, at and above the limit.
    private func limit(_ most: Int, _ problem: String, _ message: (String) -> (String, String)) throws {
        for count in [1, most - 1, most] {
            let (type, object) = message(Self.text(count))
            #expect(try SendFixtures.problems(type, object) == [], "\(count)")
        }
        let (type, object) = message(Self.text(most + 1))
        #expect(try SendFixtures.problems(type, object) == [problem])
    }

    @Test("A text has up to 4,096 characters")
    func body() throws { try limit(4096, "/text/body wrong_length") { ("text", #"{"body":"\#($0)"}"#) } }

    @Test("Characters are Unicode scalars: a family is seven of them, a plain emoji one")
    func scalars() {
        func problems(_ text: String) -> [RequestProblem] { ContentCheck.problems(of: .text(.init(body: text))) }
        #expect(problems(String(repeating: "😀", count: 4096)) == [])
        #expect(problems(String(repeating: "👨‍👩‍👧‍👦", count: 585)) == [])
        #expect(problems(String(repeating: "👨‍👩‍👧‍👦", count: 586)).map(\.code) == ["wrong_length"])
    }

    @Test("A caption has up to 1,024 characters", arguments: ["image", "video", "document"])
    func caption(type: String) throws {
        try limit(1024, "/\(type)/caption wrong_length") { (type, #"{"id":"med_a","caption":"\#($0)"}"#) }
    }

    @Test("A document's name has up to 240 characters; other names are not sent, and so not measured")
    func filename() throws {
        try limit(240, "/document/filename wrong_length") { ("document", #"{"id":"med_a","filename":"\#($0)"}"#) }
        #expect(try SendFixtures.problems("image", #"{"id":"med_a","filename":"\#(Self.text(300))"}"#) == [])
    }

    @Test("A sound and a sticker have no caption", arguments: ["audio", "sticker"])
    func noCaption(type: String) throws {
        #expect(
            try SendFixtures.problems(type, #"{"id":"med_a","caption":"C"}"#) == ["/\(type)/caption not_allowed"])
        #expect(try SendFixtures.problems(type, #"{"id":"med_a","caption":""}"#) == [])
    }

    @Test("Only a sound is a voice note", arguments: ["image", "video", "document", "sticker"])
    func voice(type: String) throws {
        #expect(try SendFixtures.problems(type, #"{"id":"med_a","voice":true}"#) == ["/\(type)/voice not_allowed"])
    }

    @Test(
        "A link is a whole https address",
        arguments: [
            "http://a.example/i.png", "ftp://a.example/i.png", "//a.example/i.png", "a.example/i.png", "https://",
            "https:///i.png", "https://user@a.example/", "https://a.example/a b", "javascript:alert(1)",
            "https://a.example:0/", "data:image/png;base64,AA", "https://a.example\\\\@b.example/",
        ])
    func link(address: String) throws {
        #expect(
            try SendFixtures.problems("image", #"{"link":"\#(address)"}"#) == ["/image/link wrong_value"], "\(address)")
    }

    @Test(
        "Addresses of every usual form are links",
        arguments: [
            "https://a.example", "HTTPS://A.example/i.png?x=1&y=%20#top", "https://a.example:8443/", "https://[::1]/i",
            "https://bücher.example/ü", "https://a.example?q=1",
        ])
    func goodLink(address: String) throws {
        #expect(try SendFixtures.problems("image", #"{"link":"\#(address)"}"#) == [])
    }

    @Test("Media has an id or a link, not both and not none")
    func idOrLink() {
        for media in [
            MessageContent.Media(.image), .init(.image, id: "med_a", link: "https://a.example"),
        ] {
            #expect(ContentCheck.problems(of: .media(media)).map(\.code) == ["id_or_link"])
        }
    }

    @Test("A contact has a name of two parts, phones with a number and a date of birth")
    func contact() throws {
        let cases: [(String, [String])] = [
            (#"[{"name":{"formatted_name":"J","first_name":"J"}}]"#, []),
            (#"[{"name":{"formatted_name":"J","prefix":"Dr"},"birthday":"1990-02-28"}]"#, []),
            (#"[{"phones":[{"phone":"+1"}]}]"#, ["/contacts/0/name missing"]),
            (#"[{"name":{"formatted_name":"J"}}]"#, ["/contacts/0/name missing"]),
            (
                #"[{"name":{"formatted_name":"J","last_name":"J"},"phones":[{"type":"WORK"}],"birthday":"28.2.1990"}]"#,
                ["/contacts/0/phones/0/phone missing", "/contacts/0/birthday wrong_value"]
            ),
            (
                #"[{"name":{"formatted_name":"J","last_name":"J"},"birthday":"1990-13-01"}]"#,
                ["/contacts/0/birthday wrong_value"]
            ),
        ]
        for (object, problems) in cases { #expect(try SendFixtures.problems("contacts", object) == problems) }
    }

    @Test("A message has up to 257 contacts")
    func contacts() {
        let card = ContactCard(lenient: ["name": ["formatted_name": "J", "first_name": "J"]])
        for (count, codes) in [(1, []), (256, []), (257, []), (258, ["wrong_count"]), (0, ["wrong_count"])] {
            let content = MessageContent.contacts(Array(repeating: card, count: count))
            #expect(ContentCheck.problems(of: content).map(\.code) == codes, "\(count)")
        }
    }

    @Test(
        "A reaction is one emoji",
        arguments: [
            ("😀", true), ("❤", true), ("❤️", true), ("👍🏽", true), ("👨‍👩‍👧‍👦", true), ("🇩🇪", true), ("5️⃣", true), ("™️", true),
            ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", true), ("5", false), ("#", false), ("a", false), ("😀😀", false), ("😀 ", false), (":)", false),
            ("é", false),
        ])
    func emoji(text: String, isEmoji: Bool) throws {
        let problems = try SendFixtures.problems("reaction", #"{"message_id":"msg_a","emoji":"\#(text)"}"#)
        #expect(problems == (isEmoji ? [] : ["/reaction/emoji wrong_value"]))
    }

    @Test("What a business cannot send is no message to send")
    func types() {
        let contents: [MessageContent] = [
            .requestWelcome, .unsupported(.init(type: "poll")), .button(.init(payload: nil, text: "Yes")),
            .revoke(.init(id: "msg_a")), .system(.init(kind: "user_changed_number", body: nil)),
        ]
        for content in contents {
            #expect(ContentCheck.problems(of: content).map(\.code) == ["unsupported_type"], "\(content.type)")
        }
    }

    @Test("Everything that is wrong is said at once, and no value is repeated")
    func all() throws {
        let long = Self.text(1025)
        let content = try SendFixtures.content(
            "image", #"{"link":"http://secret.example/","caption":"\#(long)","voice":true}"#)
        let problems = ContentCheck.problems(of: content)
        #expect(problems.map(\.pointer) == ["/image/link", "/image/caption", "/image/voice"])
        #expect(problems.allSatisfy { !$0.detail.contains("secret") && !$0.detail.contains(long) })
    }
}
