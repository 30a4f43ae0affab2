import AdapterKit
import AdapterTesting
import Testing

@testable import Google

@Suite("Uploads to Drive")
struct DriveUploadTests {
    /// Two whole pieces of 1 MiB and a rest.
    private static let film = DriveDesk.bytes(2 * 1024 * 1024 + 123_457)

    private func desk(_ drive: DriveModel = DriveModel(), tokens: [String] = ["token-1", "token-2"]) -> DriveDesk {
        let desk = DriveDesk(drive: drive, tokens: tokens)
        desk.conversations.write(DriveDesk.line("msg_1", "Look", media: ["med_1"]))
        desk.conversations.store("med_1", "video/mp4", "film.mp4", Self.film)
        return desk
    }

    /// Tries as often as the hub would, and says how often that was.
    private func deliver(_ desk: DriveDesk, crashing: Bool) async throws -> Int {
        var adapter = try desk.adapter()
        for attempt in 1...8 {
            if case .delivered = await adapter.deliver(DriveDesk.event("msg_1")) { return attempt }
            if crashing { adapter = try desk.adapter() }
            desk.clock.now = desk.clock.now + .seconds(300)
        }
        return .max
    }

    private func expectOneOfEach(_ desk: DriveDesk, _ comment: Comment) {
        #expect(desk.drive.files(named: "Comfile conversations").count == 1, comment)
        #expect(desk.drive.files(named: "Ada (cnv_1)").count == 1, comment)
        #expect(desk.drive.files(named: "Transcript 2026-11.txt").count == 1, comment)
        #expect(desk.drive.files(named: "med_1 film.mp4").map { $0.content == Self.film } == [true], comment)
        #expect(desk.drive.files.count == 4, comment)
        #expect(!desk.credentials.kept.keys.contains { $0.hasPrefix("upload/") }, comment)
    }

    /// The calls of an upload that nothing disturbs.
    private static let calls = 10

    @Test("An upload that nothing disturbs takes the calls that it needs, in multiples of 256 KiB")
    func undisturbed() async throws {
        let desk = desk()
        #expect(try await deliver(desk, crashing: false) == 1)
        expectOneOfEach(desk, "undisturbed")
        #expect(desk.drive.calls.count == Self.calls)
        let ranges = desk.drive.calls.compactMap { $0.headers["content-range"] }
        let total = Self.film.count
        #expect(
            ranges == [
                "bytes 0-1048575/\(total)", "bytes 1048576-2097151/\(total)", "bytes 2097152-\(total - 1)/\(total)",
            ])
    }

    private static let faults: [(String, DriveModel.Fault)] = [
        ("no connection", .notConnected), ("the answer is lost", .answerLost),
        ("503 before the work", .answer(HTTPAnswer(status: 503))),
        ("500 after the work", .answerAfter(HTTPAnswer(status: 500))),
        ("429", .answer(DriveModel.error(429, "rateLimitExceeded", headers: [("Retry-After", "3")]))),
        ("403 for the rate", .answer(DriveModel.error(403, "userRateLimitExceeded"))),
        ("401", .answer(DriveModel.error(401, "authError"))), ("the session is gone", .sessionGone),
        ("nothing of a piece arrives", .cut(0)), ("one byte of a piece arrives", .cut(1)),
        ("262143 bytes arrive", .cut(262_143)), ("262144 bytes arrive", .cut(262_144)),
        ("600000 bytes arrive", .cut(600_000)),
        ("all but one byte arrive", .cut(1_048_575)), ("half a piece is stored and said", .short(524_288)),
    ]

    @Test("Row 100: cut off at any call, in any way, there is exactly one file in the end", arguments: faults.indices)
    func cut(index: Int) async throws {
        let (name, fault) = Self.faults[index]
        for call in 0..<Self.calls {
            for crashing in [false, true] {
                let desk = desk()
                desk.drive.expect([call: fault])
                let attempts = try await deliver(desk, crashing: crashing)
                #expect(attempts <= 2, "\(name) at call \(call): \(attempts) attempts")
                expectOneOfEach(desk, "\(name) at call \(call)")
            }
        }
    }

    @Test("Row 100: cut off twice, there is exactly one file in the end")
    func cutTwice() async throws {
        let kinds: [DriveModel.Fault] = [.answerLost, .cut(300_000), .answer(HTTPAnswer(status: 503)), .sessionGone]
        for first in 0..<Self.calls {
            for second in first + 1...first + 3 {
                for (index, kind) in kinds.enumerated() {
                    let desk = desk()
                    desk.drive.expect([first: kind, second: kinds[(index + 1) % kinds.count]])
                    #expect(try await deliver(desk, crashing: true) <= 3)
                    expectOneOfEach(desk, "calls \(first) and \(second), kind \(index)")
                }
            }
        }
    }

    @Test("A crash between any two notes of what was done makes nothing twice")
    func crash() async throws {
        let undisturbed = desk()
        _ = try await deliver(undisturbed, crashing: false)
        let writes = undisturbed.credentials.writes
        #expect(writes > 10)
        for write in 0..<writes {
            let desk = desk()
            desk.credentials.fail(at: write)
            #expect(try await deliver(desk, crashing: true) <= 2, "write \(write)")
            expectOneOfEach(desk, "write \(write)")
        }
    }

    @Test("Row 100: a 308 without Range stores nothing, and the upload goes on from the start")
    func withoutRange() async throws {
        let desk = desk()
        let index = try await firstPiece()
        desk.drive.expect([index: .answer(HTTPAnswer(status: 308))])
        #expect(try await deliver(desk, crashing: false) == 1)
        let ranges = desk.drive.calls.compactMap { $0.headers["content-range"] }
        #expect(ranges.prefix(2).allSatisfy { $0.hasPrefix("bytes 0-1048575/") })
        expectOneOfEach(desk, "without Range")
    }

    @Test("Row 100: what Drive stored counts, less than was sent and not more")
    func ranges() async throws {
        let index = try await firstPiece()
        let short = desk()
        short.drive.expect([index: .short(262_144)])
        #expect(try await deliver(short, crashing: false) == 1)
        let ranges = short.drive.calls.compactMap { $0.headers["content-range"] }
        #expect(ranges.dropFirst().first?.hasPrefix("bytes 262144-1310719/") == true)
        expectOneOfEach(short, "less")
        let strange = desk()
        strange.drive.expect([index: .answer(HTTPAnswer(status: 308, headers: [("Range", "bytes=0-9999999")]))])
        #expect(try await deliver(strange, crashing: false) == 1)
        expectOneOfEach(strange, "more")
    }

    @Test("Row 100: a Drive that takes pieces and stores nothing is left after a while, and tried again later")
    func stubborn() async throws {
        let index = try await firstPiece()
        let desk = desk()
        desk.drive.expect(
            Dictionary(uniqueKeysWithValues: (index..<index + 40).map { ($0, .answer(HTTPAnswer(status: 308))) }))
        guard case .failed(let reason, _) = try await desk.adapter().deliver(DriveDesk.event("msg_1")) else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.code == "no_progress" && desk.drive.calls.count < index + 8)
    }

    @Test("Row 100: a full Drive is told as such, and 401 renews once", arguments: [0, 1, 2])
    func account(piece: Int) async throws {
        let index = try await firstPiece() + piece
        let full = desk()
        full.drive.expect([index: .answer(DriveModel.error(403, "storageQuotaExceeded"))])
        guard case .failed(let reason, nil) = try await full.adapter().deliver(DriveDesk.event("msg_1")) else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.code == "storageQuotaExceeded" && reason.title.contains("full"))
        let dead = desk(tokens: ["token-1", "nobody"])
        dead.drive.expect([index: .answer(DriveModel.error(401, "authError"))])
        guard case .failed(let refused, _) = try await dead.adapter().deliver(DriveDesk.event("msg_1")) else {
            Issue.record("not a failure")
            return
        }
        #expect(refused.code == "401" && dead.grant.renewals == 1)
        let renewed = desk()
        renewed.drive.expect([index: .answer(DriveModel.error(401, "authError"))])
        #expect(try await deliver(renewed, crashing: false) == 1)
        #expect(renewed.grant.renewals == 1)
        #expect(renewed.drive.calls.last?.headers["authorization"] == "Bearer token-2")
        expectOneOfEach(renewed, "renewed")
    }

    @Test("Row 100: when to come again is what Drive says")
    func wait() async throws {
        let desk = desk()
        desk.drive.expect([2: .answer(DriveModel.error(403, "userRateLimitExceeded", headers: [("Retry-After", "7")]))])
        guard case .failed(let reason, .seconds(7)?) = try await desk.adapter().deliver(DriveDesk.event("msg_1")) else {
            Issue.record("not a failure with a time")
            return
        }
        #expect(reason.code == "userRateLimitExceeded" && !reason.title.contains("Google says"))
    }

    @Test(
        "Row 101: an upload that Drive sends to another server is refused, and no token goes there",
        arguments: [
            "https://evil.example", "http://drive.example", "https://drive.example:8443",
            "https://drive.example@evil.example",
            "https://drive.example.evil.example", "//evil.example", "", "https://drive.example\\@evil.example",
        ])
    func otherServer(host: String) async throws {
        let desk = desk(DriveModel(sessionHost: host))
        guard case .failed(let reason, _) = try await desk.adapter().deliver(DriveDesk.event("msg_1")) else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.code == "session_elsewhere")
        #expect(desk.drive.calls.allSatisfy { $0.url.hasPrefix("https://drive.example/") })
        #expect(!desk.credentials.kept.keys.contains { $0.hasPrefix("upload/") })
    }

    @Test("Row 101: a session that was kept for another server is not called")
    func keptElsewhere() async throws {
        let desk = desk()
        desk.drive.expect([try await firstPiece(): .answer(DriveModel.error(429, "rateLimitExceeded"))])
        _ = try await desk.adapter().deliver(DriveDesk.event("msg_1"))
        let name = try #require(desk.credentials.kept.keys.first { $0.hasPrefix("upload/") })
        try await desk.credentials.keep(Secret("https://evil.example/upload?upload_id=1"), as: name)
        #expect(try await deliver(desk, crashing: true) == 1)
        #expect(desk.drive.calls.allSatisfy { $0.url.hasPrefix("https://drive.example/") })
        expectOneOfEach(desk, "kept elsewhere")
    }

    @Test("Row 102: a redirect is followed nowhere", arguments: [301, 302, 303, 307])
    func redirect(status: Int) async throws {
        let answer = HTTPAnswer(status: status, headers: [("Location", "https://evil.example/")])
        for call in [0, 1, 2, 3, try await firstPiece()] {
            let desk = desk()
            desk.drive.expect([call: .answer(answer)])
            let outcome = try await desk.adapter().deliver(DriveDesk.event("msg_1"))
            // Call 0 asks for changes, which nothing depends on.
            if call > 0 {
                guard case .failed(let reason, _) = outcome else {
                    Issue.record("not a failure")
                    continue
                }
                #expect(reason.code == "redirect_refused")
            }
            #expect(desk.drive.calls.allSatisfy { $0.url.hasPrefix("https://drive.example/") })
        }
    }

    @Test("A file that ends early, or is gone, is not filed as half of one")
    func broken() async throws {
        struct Short: ByteSource {
            let count = 500_000
            func next() async throws -> [UInt8]? { nil }
        }
        let desk = desk()
        let client = DriveClient(
            driveURL: DriveModel.base, uploadURL: DriveModel.upload, http: desk.drive, grant: desk.grant)
        _ = try await desk.adapter().test()
        let parent = try #require(desk.drive.files.first?.key)
        let upload = ResumableUpload(client: client, pieceSize: 262_144, sessions: nil)
        let metadata: JSON = ["id": "new", "name": "x", "parents": [.string(parent)]]
        await #expect(throws: ProviderFailure.self) {
            _ = try await upload.run(.new(metadata), mimeType: "image/png") { Short() }
        }
        await #expect(throws: ProviderFailure.self) {
            _ = try await upload.run(.new(metadata), mimeType: "image/png") { nil }
        }
        #expect(desk.drive.files["new"] == nil)
    }

    /// The number of the call with the first piece.
    private func firstPiece() async throws -> Int {
        let desk = desk()
        _ = try await deliver(desk, crashing: false)
        return try #require(desk.drive.calls.firstIndex { $0.method == "PUT" })
    }
}
