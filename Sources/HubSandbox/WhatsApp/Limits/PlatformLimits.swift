/// What the platform counts to keep its limits; rules say which of them hold.
struct PlatformLimits: Sendable {
    /// A business number and a person.
    typealias Pair = PhoneThread.Key

    private var throughput = ThroughputMeter()
    private var pairs = PairMeter()
    private var audience = AudienceMeter()
    private var entryPoints = BoundedMap<Pair, EntryPoint>(limit: 10_000)

    /// Counts a message that a number received; it is never refused.
    mutating func noteInbound(_ number: String, rules: PlatformRules, now: Int) {
        if let limit = rules.throughput { _ = throughput.admit(number, limit: limit, now: now) }
    }

    /// Counts a send.
    /// - Parameter now: Unix milliseconds.
    /// - Returns: the error over the limit of messages a second.
    mutating func admit(_ number: String, rules: PlatformRules, now: Int) -> GraphError? {
        guard let limit = rules.throughput else { return nil }
        return throughput.admit(number, limit: limit, now: now) ? nil : .catalogued(130429)
    }

    /// Counts a send to a person.
    /// - Parameters:
    ///   - isInWindow: whether the person wrote within 24 hours, which keeps them out of the messaging limit.
    ///   - now: Unix milliseconds.
    /// - Returns: the error over the pair rate or the messaging limit.
    mutating func admit(_ pair: Pair, isInWindow: Bool, rules: PlatformRules, now: Int) -> GraphError? {
        if let limit = rules.messagingLimit, !isInWindow {
            guard audience.admit(pair.customer, limit: limit.users, now: now) else {
                return .catalogued(limit.code, "The messaging limit of \(limit.users) people in 24 hours is reached.")
            }
        }
        if rules.pairLimit, !pairs.admit(pair, now: now) { return .catalogued(131056) }
        return nil
    }

    /// A person came by an advertisement or a page's button.
    /// - Parameter now: Unix seconds.
    mutating func noteReferral(_ pair: Pair, now: Int) { entryPoints.set(pair, EntryPoint(referredAt: now)) }

    /// Whether a free entry point is open; the first answer within a day opens it.
    /// - Parameter now: Unix seconds.
    /// - Returns: its end in Unix seconds.
    mutating func freeEntryPoint(_ pair: Pair, now: Int) -> Int? {
        guard var point = entryPoints[pair] else { return nil }
        point.answer(now: now)
        entryPoints.set(pair, point)
        return point.end(now: now)
    }
}

/// 72 hours without charge that begin with the business's answer to somebody who came by an advertisement.
struct EntryPoint: Hashable, Sendable {
    /// Unix seconds.
    let referredAt: Int
    private(set) var openedAt: Int?

    init(referredAt: Int) { self.referredAt = referredAt }

    mutating func answer(now: Int) {
        if openedAt == nil, now - referredAt < 86_400 { openedAt = now }
    }

    /// When it closes, or nil while it is not open.
    func end(now: Int) -> Int? {
        guard let openedAt, case let end = openedAt + 72 * 3600, now < end else { return nil }
        return end
    }
}
