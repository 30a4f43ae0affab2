import FoundationEssentials
import Logging

/// The WhatsApp Cloud API as a business sees it: what was sent, what arrives, who has read what, and what goes wrong on request.
actor WhatsAppCloud {
    nonisolated let configuration: SandboxConfiguration
    nonisolated let courier: WebhookCourier
    nonisolated let logger: Logger
    let background: BackgroundWork
    var faults = FaultPlan()
    var feed = PhoneFeed()
    var threads = BoundedMap<PhoneThread.Key, PhoneThread>(limit: 2000)
    /// The digits behind a user id, for sends to a user id.
    var customersByUserID = BoundedMap<String, String>(limit: 10_000)
    /// Counts resets: statuses planned before one must not be sent after it.
    private(set) var generation = 0
    private var accepted: BoundedLog<AcceptedMessage>
    /// Accepted sends by callback data, for those still kept.
    private var timesAccepted: [String: Int] = [:]
    private var acceptedCount = 0

    init(
        configuration: SandboxConfiguration, courier: WebhookCourier, background: BackgroundWork, logger: Logger
    ) {
        self.configuration = configuration
        self.courier = courier
        self.background = background
        self.logger = logger
        accepted = BoundedLog(limit: configuration.keptMessages)
    }

    /// Unix seconds.
    static var now: Int { Int(Date().timeIntervalSince1970) }

    func number(_ phoneNumberID: String?) -> SandboxConfiguration.Number? {
        configuration.numbers.first { $0.phoneNumberID == phoneNumberID }
    }

    func replaceFaults(_ plan: FaultPlan) { faults = plan }

    /// Back to a fresh start: no messages, no faults, nothing on its way.
    func reset() async {
        generation += 1
        faults = FaultPlan()
        threads.removeAll()
        customersByUserID.removeAll()
        accepted.removeAll()
        timesAccepted = [:]
        acceptedCount = 0
        feed.publishReset()
        await courier.reset()
    }

    func keep(_ message: AcceptedMessage) {
        acceptedCount += 1
        if let data = message.message.callbackData { timesAccepted[data, default: 0] += 1 }
        guard let dropped = accepted.append(message)?.message.callbackData else { return }
        let left = timesAccepted[dropped, default: 1] - 1
        timesAccepted[dropped] = left > 0 ? left : nil
    }

    /// The accepted sends that are kept, oldest first.
    /// - Parameter matches: which to list.
    func acceptedMessages(where matches: (AcceptedMessage) -> Bool) -> JSON {
        let kept = accepted.elements
        let items = kept.filter(matches).map { message in
            message.json(times: message.message.callbackData.flatMap { timesAccepted[$0] } ?? 1)
        }
        return ["accepted": JSON(acceptedCount), "kept": JSON(kept.count), "messages": .array(items)]
    }

    /// The accepted send of that id, while it is kept.
    func acceptedMessage(_ id: String) -> AcceptedMessage? { accepted.elements.last { $0.id == id } }

    /// Changes a thread and tells its phone pages of the message that changed.
    func change(_ key: PhoneThread.Key, _ body: (inout PhoneThread) -> PhoneThread.Message?) {
        guard let message = threads.update(key, initial: PhoneThread(), body) else { return }
        feed.publish(["type": "message", "message": message.json], to: key)
    }
}
