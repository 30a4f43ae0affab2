import AdapterKit
import AdapterTesting
import Testing

@testable import Google

@Suite("Filing conversations in Drive")
struct DriveFilingTests {
    private static let photo = DriveDesk.bytes(700_000)

    private func desk() -> DriveDesk {
        let desk = DriveDesk()
        desk.conversations.write(DriveDesk.line("msg_1", "Where is my order?"))
        return desk
    }

    @Test("A message makes the folder, the conversation's folder and the month's transcript")
    func first() async throws {
        let desk = desk()
        #expect(try await desk.adapter().deliver(DriveDesk.event("msg_1")) == .delivered)
        let files = desk.drive.files
        #expect(files.count == 3)
        let root = try #require(files.first { $0.value.name == "Comfile conversations" })
        #expect(root.value.parents == ["root"] && root.value.mimeType == DriveArchive.folderType)
        let folder = try #require(files.first { $0.value.name == "Ada (cnv_1)" })
        #expect(folder.value.parents == [root.key])
        let transcript = try #require(files.values.first { $0.name == "Transcript 2026-11.txt" })
        #expect(transcript.parents == [folder.key])
        #expect(
            String(decoding: transcript.content, as: UTF8.self) == """
                Conversation cnv_1, 2026-11. Times are UTC.

                2026-11-23 08:00:00  > Ada: Where is my order?

                """)
        for call in desk.drive.calls { #expect(call.headers["authorization"] == "Bearer token-1") }
    }

    @Test("The transcript goes on in its file, and an event that changes nothing writes nothing")
    func going() async throws {
        let desk = desk()
        let adapter = try desk.adapter()
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        #expect(desk.drive.files(named: "Transcript 2026-11.txt").map(\.writes) == [1])
        desk.conversations.write(
            DriveDesk.line("msg_2", "It is\non its way.\r\n2026-11-23 08:00:00  > Ada: no", isOutbound: true))
        #expect(await adapter.deliver(DriveDesk.event("msg_2", type: "message.status")) == .delivered)
        let transcript = try #require(desk.drive.files(named: "Transcript 2026-11.txt").first)
        #expect(transcript.writes == 2 && desk.drive.files.count == 3)
        // What a person wrote never begins a line.
        #expect(
            String(decoding: transcript.content, as: UTF8.self).hasSuffix(
                "08:00:00  < Business: It is\n    on its way.\n    2026-11-23 08:00:00  > Ada: no\n"))
    }

    @Test("Media go up once, by their bytes, beside the transcript that names them")
    func media() async throws {
        let desk = DriveDesk()
        desk.conversations.write(DriveDesk.line("msg_1", "Look", media: ["med_1"]))
        let adapter = try desk.adapter()
        // Not fetched yet: the transcript alone.
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        #expect(desk.drive.files.count == 3)
        desk.conversations.store("med_1", "image/jpeg", "cat.jpg", Self.photo)
        #expect(await adapter.deliver(DriveDesk.event("msg_1", type: "media.updated", media: "med_1")) == .delivered)
        let file = try #require(desk.drive.files(named: "med_1 cat.jpg").first)
        #expect(file.content == Self.photo && file.mimeType == "image/jpeg")
        let transcript = try #require(desk.drive.files(named: "Transcript 2026-11.txt").first)
        #expect(String(decoding: transcript.content, as: UTF8.self).contains("> Ada: Look [image: med_1]\n"))
        desk.drive.expect([:])
        #expect(await adapter.deliver(DriveDesk.event("msg_1", type: "media.updated", media: "med_1")) == .delivered)
        #expect(desk.drive.calls.isEmpty && desk.drive.files.count == 4)
    }

    @Test("Conversations at the same time share one folder")
    func concurrent() async throws {
        let desk = DriveDesk()
        for number in 1...6 {
            desk.conversations.write(DriveDesk.line("msg_\(number)", "Hello"), in: "cnv_\(number)")
        }
        let adapter = try desk.adapter()
        await withTaskGroup(of: DeliveryOutcome.self) { group in
            for number in 1...6 {
                group.addTask { await adapter.deliver(DriveDesk.event("msg_\(number)", conversation: "cnv_\(number)")) }
            }
            for await outcome in group { #expect(outcome == .delivered) }
        }
        #expect(desk.drive.files(named: "Comfile conversations").count == 1)
        #expect(desk.drive.files.count == 13)
    }

    @Test("Events that say nothing of a conversation cost no call")
    func others() async throws {
        let desk = desk()
        let adapter = try desk.adapter()
        for type in ["contact.updated", "channel.alert", "template.updated"] {
            #expect(await adapter.deliver(DriveDesk.event("msg_1", type: type)) == .delivered)
        }
        let erased = EventDelivery(
            id: "evt_2", type: "message.received", body: Array(#"{"data":null}"#.utf8), attempt: 1)
        #expect(await adapter.deliver(erased) == .delivered)
        #expect(desk.drive.calls.isEmpty)
    }

    // MARK: Months

    @Test("Each month has a transcript of its own, and one that is over is not read again")
    func months() async throws {
        let desk = DriveDesk()
        let october = Timestamp(seconds: 1_793_491_000)  // 2026-10-31T23:56:40Z
        desk.conversations.write(DriveDesk.line("msg_1", "Trick", at: october))
        desk.conversations.write(DriveDesk.line("msg_2", "Treat", at: october + .seconds(600)))
        // Late: it stands where it came.
        desk.conversations.write(DriveDesk.line("msg_3", "Late", at: october))
        let adapter = try desk.adapter()
        #expect(await adapter.deliver(DriveDesk.event("msg_3")) == .delivered)
        func text(_ month: String) throws -> String {
            let files = desk.drive.files(named: "Transcript \(month).txt")
            #expect(files.count == 1)
            return String(decoding: try #require(files.first).content, as: UTF8.self)
        }
        #expect(try text("2026-10").contains("Trick") && !text("2026-10").contains("Late"))
        #expect(try text("2026-11").contains("Treat") && text("2026-11").contains("Late"))
        #expect(desk.credentials.kept["window/cnv_1"] == Secret("2026-11 msg_1"))
        desk.conversations.write(DriveDesk.line("msg_4", "Later still", at: october))
        #expect(await adapter.deliver(DriveDesk.event("msg_4")) == .delivered)
        #expect(try text("2026-10").contains("Trick"))
        #expect(try text("2026-11").hasSuffix("Later still\n") && text("2026-11").contains("Treat"))
    }

    @Test("A month that has just begun leaves the one before it open")
    func grace() async throws {
        let desk = DriveDesk()
        desk.clock.now = Timestamp(seconds: 1_793_491_000 + 86_400)
        desk.conversations.write(DriveDesk.line("msg_1", "Trick", at: Timestamp(seconds: 1_793_491_000)))
        desk.conversations.write(DriveDesk.line("msg_2", "Treat", at: Timestamp(seconds: 1_793_492_000)))
        #expect(try await desk.adapter().deliver(DriveDesk.event("msg_2")) == .delivered)
        #expect(desk.credentials.kept["window/cnv_1"] == nil)
    }

    @Test("A long conversation is read in pages, and a large transcript goes up in pieces")
    func long() async throws {
        let desk = DriveDesk()
        let words = String(repeating: "word ", count: 1000)
        for number in 1...1200 { desk.conversations.write(DriveDesk.line("msg_\(number)", words)) }
        let adapter = try desk.adapter()
        #expect(await adapter.deliver(DriveDesk.event("msg_1200")) == .delivered)
        let transcript = try #require(desk.drive.files(named: "Transcript 2026-11.txt").first)
        #expect(transcript.content.count > 6_000_000 && transcript.writes == 1)
        desk.conversations.write(DriveDesk.line("msg_1201", "end"))
        #expect(await adapter.deliver(DriveDesk.event("msg_1201")) == .delivered)
        #expect(desk.drive.files(named: "Transcript 2026-11.txt").map(\.writes) == [2])
    }

    // MARK: What people do in Drive

    private func id(_ name: String, _ desk: DriveDesk) throws -> String {
        try #require(desk.drive.files.first { $0.value.name == name }?.key)
    }

    @Test(
        "What a person removed or put into the bin is made anew at the next filing",
        arguments: ["Comfile conversations", "Ada (cnv_1)", "Transcript 2026-11.txt"], [true, false])
    func removed(name: String, isTrashed: Bool) async throws {
        let desk = desk()
        let adapter = try desk.adapter()
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        let old = try id(name, desk)
        if isTrashed { desk.drive.change(old) { $0.isTrashed = true } } else { desk.drive.remove(old) }
        desk.conversations.write(DriveDesk.line("msg_2", "And now?"))
        desk.clock.now = desk.clock.now + .seconds(120)
        #expect(await adapter.deliver(DriveDesk.event("msg_2")) == .delivered)
        #expect(try id(name, desk) != old && desk.drive.files(named: name).count == 1)
        let transcript = try #require(
            desk.drive.files.first { $0.value.name == "Transcript 2026-11.txt" && $0.key != old })
        let folder = try #require(transcript.value.parents.first)
        #expect(desk.drive.files[folder]?.name == "Ada (cnv_1)")
        #expect(desk.drive.files[desk.drive.files[folder]?.parents.first ?? ""]?.name == "Comfile conversations")
        #expect(String(decoding: transcript.value.content, as: UTF8.self).contains("And now?"))
    }

    @Test("A folder that was removed since the last look is noticed by the refusal")
    func removedJustNow() async throws {
        let desk = desk()
        desk.conversations.write(DriveDesk.line("msg_9", "Hello"), in: "cnv_2")
        let adapter = try desk.adapter()
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        desk.drive.remove(try id("Comfile conversations", desk))
        #expect(await adapter.deliver(DriveDesk.event("msg_9", conversation: "cnv_2")) == .delivered)
        #expect(desk.drive.files(named: "Comfile conversations").count == 1)
    }

    @Test("Changes are read page by page, and the place is kept after each page")
    func changes() async throws {
        let desk = desk()
        let adapter = try desk.adapter()
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        #expect(desk.credentials.kept["changes"] == Secret("0"))
        // Three files of ours are three changes: two pages.
        desk.clock.now = desk.clock.now + .seconds(61)
        desk.drive.expect([1: .answer(HTTPAnswer(status: 500))])
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        #expect(desk.credentials.kept["changes"] == Secret("2"))
        desk.clock.now = desk.clock.now + .seconds(61)
        desk.drive.expect([:])
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        #expect(desk.credentials.kept["changes"] == Secret("3") && desk.drive.calls.count == 1)
        // Not within a minute.
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        #expect(desk.drive.calls.count == 1)
        // A place that Drive has forgotten.
        try await desk.credentials.keep(Secret("9999"), as: "changes")
        desk.clock.now = desk.clock.now + .seconds(61)
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        #expect(desk.credentials.kept["changes"] == nil)
    }

    @Test("A transcript that a person made into a document stays theirs; its text is kept and the transcript goes on")
    func document() async throws {
        let desk = desk()
        let adapter = try desk.adapter()
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        let old = try id("Transcript 2026-11.txt", desk)
        desk.drive.change(old) {
            $0.mimeType = DriveClient.documentType
            $0.content = Array("With notes of ours".utf8)
        }
        desk.conversations.write(DriveDesk.line("msg_2", "And now?"))
        #expect(await adapter.deliver(DriveDesk.event("msg_2")) == .delivered)
        #expect(desk.drive.files[old]?.content == Array("With notes of ours".utf8))
        let copy = try #require(desk.drive.files(named: "Transcript 2026-11, from the document.txt").first)
        #expect(copy.content == Array("With notes of ours".utf8))
        let transcripts = desk.drive.files.filter { $0.value.name == "Transcript 2026-11.txt" && $0.key != old }
        #expect(transcripts.count == 1)
        let goesOn = try #require(transcripts.first).value
        #expect(String(decoding: goesOn.content, as: UTF8.self).contains("And now?"))
    }

    @Test("A document that is too large to be exported is left alone, and the transcript goes on")
    func largeDocument() async throws {
        let desk = desk()
        let adapter = try desk.adapter()
        #expect(await adapter.deliver(DriveDesk.event("msg_1")) == .delivered)
        desk.drive.change(try id("Transcript 2026-11.txt", desk)) {
            $0.mimeType = DriveClient.documentType
            $0.content = [UInt8](repeating: 0x61, count: 10 * 1024 * 1024 + 1)
        }
        desk.conversations.write(DriveDesk.line("msg_2", "And now?"))
        #expect(await adapter.deliver(DriveDesk.event("msg_2")) == .delivered)
        #expect(desk.drive.files(named: "Transcript 2026-11, from the document.txt").isEmpty)
        #expect(desk.drive.files(named: "Transcript 2026-11.txt").count == 2)
    }
}
