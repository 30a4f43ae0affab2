import AdapterKit
import AdapterTesting
import Dispatch
import Logging
import Testing

@testable import HubCore
@testable import HubStore

struct WebhookIntakeTests {
    private let quarantine: Quarantine
    private let acme: TestTenant
    private let globex: TestTenant

    init() throws {
        let folder = try TemporaryFolder()
        let key = try #require(MasterKey(text: MasterKey.generate()))
        quarantine = try Quarantine(data: folder.path, masterKey: key)
        func tenant(_ id: String, _ account: String) throws -> TestTenant {
            try TestTenant(
                TenantConfiguration(
                    id: id, name: id, channels: [.scripted("support", app: "meta", account: account, parent: "9")]),
                folder: folder, masterKey: key)
        }
        acme = try tenant("acme", "1")
        globex = try tenant("globex", "2")
    }

    private func intake(_ tenants: [TestTenant]? = nil) throws -> WebhookIntake {
        let tenants = tenants ?? [acme, globex]
        let receiver = try ScriptedChannel(settings: AdapterSettings(["signature": .text("good")]), host: TestHost())
        return WebhookIntake(
            receivers: [.app("meta"): receiver, .channel(tenant: "acme", channel: "own"): receiver],
            tenants: Dictionary(uniqueKeysWithValues: tenants.map { ($0.tenant.id, $0.tenant) }),
            attribution: Attribution(tenants.map(\.tenant.configuration)), quarantine: quarantine, metrics: [:],
            channels: [:],
            logger: TestTenant.logger)
    }

    private func webhook(_ body: String, signature: String = "good") -> WebhookRequest {
        WebhookRequest(
            headers: [(name: "Signature", value: signature)], body: Array(body.utf8), receivedAt: ManualClock.start)
    }

    private func received(_ tenant: TestTenant) async throws -> [String] {
        try await tenant.events(.messageReceived).compactMap { $0["message"]?["provider_id"]?.string }
    }

    private func kept() async throws -> [QuarantinedBatch] { try await quarantine.batches(after: 0, limit: 100) }

    /// Two batches of acme around one of globex.
    private let mixed =
        #"[{"account":"1","messages":["a1"]},{"account":"2","messages":["g1","g2"]},{"account":"1","messages":["a2"]}]"#

    @Test func twoTenantsInOneWebhookEachGetTheirOwn() async throws {
        try await intake().receive(.app("meta"), webhook(mixed))
        #expect(try await received(acme) == ["a1", "a2"])
        #expect(try await received(globex) == ["g1", "g2"])
        #expect(try await kept().isEmpty)
        try await intake().receive(.app("meta"), webhook(mixed))
        #expect(try await received(acme).count == 2)
    }

    @Test func aWrongSignatureStoresNothing() async throws {
        await #expect(throws: WebhookRefusal.rejected(.signatureWrong)) {
            try await intake().receive(.app("meta"), webhook(mixed, signature: "bad"))
        }
        await #expect(throws: WebhookRefusal.unknownEndpoint) {
            try await intake().receive(.app("other"), webhook(mixed))
        }
        #expect(try await received(acme).isEmpty)
        #expect(try await kept().isEmpty)
    }

    @Test(arguments: [
        #"[{"account":"3","messages":["x"]}]"#, #"[{"parent":"9","messages":["x"]}]"#, #"[{"messages":["x"]}]"#,
    ])
    func whatIsNobodysIsKeptOnce(body: String) async throws {
        for _ in 0..<2 { try await intake().receive(.app("meta"), webhook(body)) }
        let batches = try await kept()
        #expect(batches.map(\.body) == [Array(body.utf8)])
        #expect(batches.map(\.endpoint) == ["apps/meta"])
        #expect(try await received(acme).isEmpty)
        #expect(try await received(globex).isEmpty)
    }

    @Test func anAccountOfAnotherEndpointIsNotPlaced() async throws {
        try await intake().receive(.channel(tenant: "acme", channel: "own"), webhook(mixed))
        #expect(try await received(acme).isEmpty)
        #expect(try await received(globex).isEmpty)
        #expect(try await kept().count == 3)
    }

    @Test func aBatchWithAProblemIsKeptAndWhatCanBeReadIsStored() async throws {
        let body =
            #"[{"account":"1","messages":["a1"],"problem":"a status has no id"},{"account":"2","messages":["g1"]}]"#
        try await intake().receive(.app("meta"), webhook(body))
        #expect(try await received(acme) == ["a1"])
        #expect(try await received(globex) == ["g1"])
        #expect(try await kept().map(\.reason) == ["a status has no id"])
    }

    @Test func aBodyThatCannotBeReadAtAllIsKeptByteForByte() async throws {
        try await intake().receive(.app("meta"), webhook("not json"))
        #expect(try await kept().map(\.body) == [Array("not json".utf8)])
    }

    @Test func aReplayPlacesABatchOnceItsAccountIsKnown() async throws {
        try await intake([acme]).receive(.app("meta"), webhook(mixed))
        #expect(try await received(acme) == ["a1", "a2"])
        let batch = try #require(try await kept().first)
        #expect(await (try intake([acme])).replay(batch)?.contains("account") == true)
        #expect(await (try intake()).replay(batch) == nil)
        #expect(try await received(globex) == ["g1", "g2"])
        #expect(await (try intake()).replay(batch) == nil)
        #expect(try await received(globex) == ["g1", "g2"])
    }

    @Test func aTenantThatIsBusyHasTheWholeWebhookSentAgain() async throws {
        let opened = DispatchSemaphore(value: 0)
        let (stream, arrived) = AsyncStream.makeStream(of: Void.self)
        let (isFull, full) = AsyncStream.makeStream(of: Void.self)
        // The writer stands, and the queue behind it fills up.
        let holding = Task { [acme] in
            try await acme.store.write { _ in
                arrived.finish()
                opened.wait()
            }
        }
        for await _ in stream {}
        // Whichever of two that fill the queue comes second is refused: from then on it is full.
        let filling = Task { [acme] in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        do {
                            try await acme.store.write(weight: TenantStore.queueLimit) { _ in }
                            return true
                        } catch {
                            full.finish()
                            return false
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        for await _ in isFull {}
        let intake = try intake()
        await #expect(throws: WebhookRefusal.unavailable) { try await intake.receive(.app("meta"), webhook(mixed)) }
        opened.signal()
        try await holding.value
        #expect(try await filling.value == [false, true])
        #expect(try await received(acme).isEmpty)
        #expect(try await kept().isEmpty)
        try await intake.receive(.app("meta"), webhook(mixed))
        #expect(try await received(acme) == ["a1", "a2"])
        #expect(try await received(globex) == ["g1", "g2"])
    }

    @Test func anUpdateThatCannotBeStoredTakesNoOtherWithIt() async throws {
        try await acme.store.write { context in
            try context.connection.run(
                """
                CREATE TRIGGER poison BEFORE INSERT ON messages WHEN NEW.type = 'poison'
                BEGIN SELECT RAISE(ABORT, 'no'); END
                """, [])
        }
        let body =
            #"[{"account":"1","messages":["a1","a2","a3"],"types":["text","poison","text"]},{"account":"1","messages":["a4"]}]"#
        try await intake().receive(.app("meta"), webhook(body))
        #expect(try await received(acme) == ["a1", "a3", "a4"])
        let batch = try #require(try await kept().first)
        #expect(try await kept().count == 1)
        #expect(await (try intake()).replay(batch) != nil)
        try await acme.store.write { try $0.connection.run("DROP TRIGGER poison", []) }
        #expect(await (try intake()).replay(batch) == nil)
        #expect(try await received(acme) == ["a1", "a3", "a4", "a2"])
    }
}
