import Logging

/// The WhatsApp Cloud API as a business sees it: what was sent, what arrives, who has read what, and what goes wrong on request.
actor WhatsAppCloud {
    nonisolated let configuration: SandboxConfiguration
    nonisolated let courier: WebhookCourier
    nonisolated let logger: Logger
    /// What time it is here, for everything that ages.
    nonisolated let clock: SandboxClock
    let background: BackgroundWork
    var faults = FaultPlan()
    var tokens: TokenStore
    var app: AppState
    var usage = GraphUsage()
    /// What has changed of a number since the start, by phone number id.
    var numberStates: [String: NumberState] = [:]
    /// Health of business accounts where it is not good, by WABA id.
    var accountHealth: [String: NumberHealth] = [:]
    /// Unix milliseconds.
    nonisolated let startedAt: Int
    private nonisolated let numbers: [String: SandboxConfiguration.Number]
    var feed = PhoneFeed()
    var threads = BoundedMap<PhoneThread.Key, PhoneThread>(limit: 2000)
    /// The digits behind a user id, for sends to a user id.
    var customersByUserID = BoundedMap<String, String>(limit: 10_000)
    /// How strictly the platform is played.
    var rules = PlatformRules()
    var limits = PlatformLimits()
    var media = MediaStore()
    var uploads = BoundedMap<String, ResumableUpload>(limit: 1000)
    var templates = TemplateRegistry()
    /// The port that was bound, once it is.
    var boundPort: Int?
    /// Counts resets: statuses planned before one must not be sent after it.
    private(set) var generation = 0
    private var accepted: BoundedLog<AcceptedMessage>
    /// Accepted sends by callback data, for those still kept.
    private var timesAccepted: [String: Int] = [:]
    private var acceptedCount = 0

    init(
        configuration: SandboxConfiguration, courier: WebhookCourier, background: BackgroundWork, logger: Logger,
        clock: SandboxClock
    ) {
        self.configuration = configuration
        self.clock = clock
        self.courier = courier
        self.background = background
        self.logger = logger
        startedAt = clock.milliseconds
        tokens = TokenStore(configuration)
        app = AppState(configuration)
        numbers = Dictionary(configuration.numbers.map { ($0.phoneNumberID, $0) }) { first, _ in first }
        accepted = BoundedLog(limit: configuration.keptMessages)
    }

    /// Unix seconds by the sandbox's clock.
    nonisolated var now: Int { clock.seconds }

    func number(_ phoneNumberID: String?) -> SandboxConfiguration.Number? {
        phoneNumberID.flatMap { numbers[$0] }
    }

    func replaceFaults(_ plan: FaultPlan) { faults = plan }

    /// Back to a fresh start: no messages, no faults, nothing on its way.
    func reset() async {
        generation += 1
        clock.reset()
        faults = FaultPlan()
        tokens = TokenStore(configuration)
        app = AppState(configuration)
        usage = GraphUsage()
        numberStates = [:]
        accountHealth = [:]
        threads.removeAll()
        customersByUserID.removeAll()
        rules = PlatformRules()
        limits = PlatformLimits()
        media.removeAll()
        uploads.removeAll()
        templates.removeAll()
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
        feed.publishElsewhere(key)
    }
}
