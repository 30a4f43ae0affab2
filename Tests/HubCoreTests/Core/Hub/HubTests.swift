import AdapterKit
import AdapterTesting
import Foundation
import HubStore
import Synchronization
import Testing

@testable import HubCore

struct HubTests {
    private let folder: TemporaryFolder
    private let hub: Hub
    /// Scripts are found by name from settings, so each test has its own.
    private let name = UUID().uuidString

    init() throws {
        folder = try TemporaryFolder()
        hub = try Hub(
            folder: DataFolder(path: folder.path, masterKey: try #require(MasterKey(text: MasterKey.generate()))),
            catalogue: AdapterCatalogue([ScriptedChannel.self, ScriptedSystem.self]), http: RecordingHTTP(),
            health: Health(), logger: TestTenant.logger)
    }

    private func tenant(
        _ id: String, account: String, name: String? = nil, script: String? = nil, events: [String] = ["message.*"]
    ) -> TenantConfiguration {
        TenantConfiguration(
            id: id, name: name ?? id,
            apiKeys: [APIKeyConfiguration(name: "crm", key: Secret("key-of-\(id)"), scopes: [.messagesSend])],
            channels: [
                .scripted(
                    "support", app: "meta", account: account, ["script": .text(script ?? "none")])
            ],
            systems: [SystemConfiguration(name: "crm", adapter: "scripted-system", settings: .init([:]))],
            routes: [RouteConfiguration(to: "crm", events: events)])
    }

    private func configuration(_ tenants: TenantConfiguration...) -> HubConfiguration {
        HubConfiguration(
            listen: ListenAddress(host: "127.0.0.1", port: 0),
            operatorListen: ListenAddress(host: "127.0.0.1", port: 0),
            dataPath: folder.path, masterKey: .inline(Secret("key")),
            apps: [
                AppConfiguration(
                    name: "meta", adapter: "scripted", settings: AdapterSettings(["signature": .text("good")]))
            ], tenants: tenants)
    }

    private func webhook(_ body: String) -> WebhookRequest {
        WebhookRequest(
            headers: [(name: "Signature", value: "good")], body: Array(body.utf8), receivedAt: ManualClock.start)
    }

    private func queue(_ tenant: Tenant, _ key: String = "1") async throws -> String {
        let outcome = try await tenant.store.enqueue(
            NewMessage(
                channel: "support", recipient: .phone("+16505551234"), content: .text(.init(body: "hi")),
                idempotencyKey: key, request: []), checks: SendChecks(channel: .support), at: hub.clock.now)
        guard case .queued(let id) = outcome else { throw NeverHappened() }
        return id
    }

    private func isAccepted(_ id: String, _ tenant: Tenant) async throws -> Bool {
        try await tenant.store.message(id: id)?.status == .accepted
    }

    @Test func aReloadLeavesAnUnchangedTenantAlone() async throws {
        let latch = Latch()
        let script = ChannelScript(clock: hub.clock) { message, _ in
            await latch.pass()
            return .accepted(providerID: message.id)
        }
        script.register(name)
        try await hub.apply(configuration(tenant("acme", account: "1", script: name), tenant("globex", account: "2")))
        let before = try #require(try await hub.caller(key: "key-of-acme")?.tenant)
        let id = try await queue(before)
        try await eventually("it is under way") { script.underWay == 1 }
        // Returns although acme's send still waits for its answer.
        try await hub.apply(
            configuration(
                tenant("acme", account: "1", script: name), tenant("globex", account: "2", name: "Globex Inc")))
        let after = try #require(try await hub.caller(key: "key-of-acme")?.tenant)
        #expect(after.store === before.store)
        #expect(script.underWay == 1)
        #expect(try await hub.caller(key: "key-of-globex")?.tenant.configuration.name == "Globex Inc")
        latch.open()
        try await eventually("it is sent") { try await isAccepted(id, after) }
        let next = try await queue(after, "2")
        try await eventually("the lane still works") { try await isAccepted(next, after) }
        await hub.stop()
        #expect(script.sent.map(\.id) == [id, next])
    }

    @Test(arguments: ["changed", "stopped"])
    func aSendUnderWayEndsAsItEndsWhenItsTenantIs(_ how: String) async throws {
        let latch = Latch()
        let script = ChannelScript(clock: hub.clock) { message, _ in
            await latch.pass()
            return Task.isCancelled
                ? .uncertain(reason: FailureReason(code: "cancelled", title: "Cancelled"))
                : .accepted(providerID: message.id)
        }
        script.register(name)
        try await hub.apply(configuration(tenant("acme", account: "1", script: name)))
        let acme = try #require(try await hub.caller(key: "key-of-acme")?.tenant)
        let id = try await queue(acme)
        try await eventually("it is under way") { script.underWay == 1 }
        let opening = Task {
            // Gives the change time to reach the lane; if it has not, the test proves less, but never fails.
            try await Task.sleep(for: .milliseconds(100))
            latch.open()
        }
        if how == "changed" {
            try await hub.apply(configuration(tenant("acme", account: "1", name: "Acme Ltd", script: name)))
        } else {
            await hub.stop()
        }
        #expect(try await isAccepted(id, acme))
        try await opening.value
        if how == "changed" {
            let next = try await queue(acme, "2")
            try await eventually("the new lane works") { try await isAccepted(next, acme) }
            await hub.stop()
        } else {
            await acme.store.close()
        }
    }

    @Test func theKeyOfARemovedTenantOpensNothing() async throws {
        try await hub.apply(configuration(tenant("acme", account: "1"), tenant("globex", account: "2")))
        #expect(try await hub.caller(key: "key-of-globex")?.tenant.id == "globex")
        #expect(try await hub.caller(key: "key-of-globex ") == nil)
        #expect(try await hub.caller(key: "") == nil)
        try await hub.apply(configuration(tenant("acme", account: "1")))
        #expect(try await hub.caller(key: "key-of-globex") == nil)
        #expect(try await hub.caller(key: "key-of-acme")?.scopes == [.messagesSend])
        #expect(hub.tenants.map(\.id) == ["acme"])
        try await hub.receive(.app("meta"), webhook(#"[{"account":"2","messages":["x"]}]"#))
        #expect(try await hub.quarantined(after: 0, limit: 10).count == 1)
        await hub.stop()
    }

    @Test func aSettingThatAnAdapterRefusesChangesNothing() async throws {
        ChannelScript(clock: hub.clock).register(name)
        try await hub.apply(configuration(tenant("acme", account: "1", script: name)))
        let acme = try #require(try await hub.caller(key: "key-of-acme")?.tenant)
        let problem = await #expect(throws: ModuleProblem.self) {
            try await hub.apply(
                configuration(
                    tenant("acme", account: "1", name: "changed", script: name), tenant("globex", account: "2"),
                    tenant("initech", account: "3", script: "refused")))
        }
        #expect(problem?.description == "tenants.initech.channels.support.script: is refused")
        #expect(try await hub.caller(key: "key-of-globex") == nil)
        #expect(try await hub.caller(key: "key-of-acme")?.tenant.configuration.name == "acme")
        #expect(hub.tenants.map(\.id) == ["acme"])
        let id = try await queue(acme)
        try await eventually("the lane still works") { try await isAccepted(id, acme) }
        await hub.stop()
    }

    @Test func whatWasNobodysIsPlacedAfterAReload() async throws {
        try await hub.apply(configuration(tenant("acme", account: "1")))
        try await hub.receive(
            .app("meta"), webhook(#"[{"account":"2","messages":["g1"]},{"account":"7","messages":["x"]}]"#))
        #expect(try await hub.replayQuarantine().placed == 0)
        try await hub.apply(configuration(tenant("acme", account: "1"), tenant("globex", account: "2")))
        let (placed, kept) = try await hub.replayQuarantine()
        #expect(placed == 1)
        #expect(kept.count == 1 && kept.values.allSatisfy { $0.contains("account") })
        let globex = try #require(try await hub.caller(key: "key-of-globex")?.tenant)
        #expect(try await globex.store.events(after: 0, limit: 10).map(\.type) == [.messageReceived])
        #expect(try await hub.quarantined(after: 0, limit: 10).count == 1)
        await hub.stop()
    }

    @Test func aSystemHasItsPlaceInTheLogBeforeTheFirstEvent() async throws {
        // Its routes ask for nothing that comes, so its place stays where it was put.
        try await hub.apply(configuration(tenant("acme", account: "1", events: ["message.failed"])))
        try await hub.receive(.app("meta"), webhook(#"[{"account":"1","messages":["a1"]}]"#))
        let store = try #require(try await hub.caller(key: "key-of-acme")?.tenant.store)
        #expect(try await store.subscription(system: "crm", settings: "").cursor == 0)
        await hub.stop()
    }

    @Test func aFollowerSeesWhatIsNewAndEndsWhenItIsTold() async throws {
        try await hub.apply(configuration(tenant("acme", account: "1")))
        let acme = try #require(try await hub.caller(key: "key-of-acme")?.tenant)
        let follower = acme.follow(after: 0, heartbeat: .seconds(600))
        #expect(try await follower.next()?.isEmpty == true)
        let waiting = Task { try await follower.next()?.map(\.sequence) }
        try await hub.receive(.app("meta"), webhook(#"[{"account":"1","messages":["a1"]}]"#))
        #expect(try await waiting.value == [1])
        let ending = Task { try await follower.next() == nil }
        follower.stop()
        #expect(try await ending.value)
        await hub.stop()
    }

    @Test func beforeAConfigurationIsThereNothingIsTaken() async throws {
        await #expect(throws: WebhookRefusal.unavailable) { try await hub.receive(.app("meta"), webhook("[]")) }
        #expect(try await hub.caller(key: "key-of-acme") == nil)
        await hub.stop()
    }
}
