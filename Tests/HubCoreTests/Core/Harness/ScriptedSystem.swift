import AdapterKit
import Synchronization

/// A business system whose answers the test scripts.
struct ScriptedSystem: SystemAdapter {
    static let manifest = AdapterManifest(
        name: "scripted-system", kind: .system, version: "1.0.0", summary: "A system for tests.",
        settings: SettingsSchema([SettingsField("script", .text, summary: "Names the script.")]), hosts: [],
        privacy: PrivacyDeclaration(touches: [], recipients: [], retention: "none", export: "none", erasure: "none"))

    private let script: SystemScript?

    init(settings: AdapterSettings, host: any AdapterHost) { script = nil }

    init(_ script: SystemScript) { self.script = script }

    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome { await script?.deliver(delivery) ?? .delivered }
}

/// What becomes of each delivery, and what was handed over.
final class SystemScript: Sendable {
    struct Attempt: Sendable {
        var delivery: EventDelivery
        var at: Timestamp
        var outcome: DeliveryOutcome

        var sequence: Int64 { json["sequence"]?.integer ?? 0 }
        var conversation: String { json["data"]?["conversation_id"]?.string ?? "" }
        private var json: JSON { (try? JSON.parse(delivery.body)) ?? .null }
    }

    private let clock: any ClockPort
    private let answer: @Sendable (EventDelivery) async -> DeliveryOutcome
    private let state = Mutex<[Attempt]>([])

    init(
        clock: any ClockPort,
        _ answer: @escaping @Sendable (EventDelivery) async -> DeliveryOutcome = { _ in .delivered }
    ) {
        self.clock = clock
        self.answer = answer
    }

    /// In the order of their ends.
    var attempts: [Attempt] { state.withLock { $0 } }
    var delivered: [Attempt] { attempts.filter { $0.outcome == .delivered } }

    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome {
        let now = clock.now
        let outcome = await answer(delivery)
        state.withLock { $0.append(Attempt(delivery: delivery, at: now, outcome: outcome)) }
        return outcome
    }
}
