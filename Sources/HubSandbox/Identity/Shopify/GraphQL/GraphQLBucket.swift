/// The bucket of query costs: full at first, emptied by calls, filled again as time goes by.
struct GraphQLBucket: Sendable {
    /// Points that the bucket holds, and points that come back each second: those of a shop on the standard plan.
    var capacity = 2000
    var restoreRate = 100

    private var level: Int
    /// Unix milliseconds.
    private var filledAt: Int

    init(now: Int) {
        level = capacity
        filledAt = now
    }

    /// Takes points out.
    /// - Parameter now: Unix milliseconds.
    /// - Returns: false when there are not enough, and takes none then.
    mutating func take(_ cost: Int, now: Int) -> Bool {
        level = min(capacity, level + max(0, now - filledAt) * restoreRate / 1000)
        filledAt = now
        guard cost <= level else { return false }
        level -= cost
        return true
    }

    /// Leaves so many points, as a busy neighbour of the same app would.
    mutating func drain(to level: Int, now: Int) {
        self.level = min(capacity, level)
        filledAt = now
    }

    /// `extensions.cost` of an answer.
    func json(cost: Int, actual: Int?) -> JSON {
        [
            "requestedQueryCost": JSON(cost), "actualQueryCost": actual.map { JSON($0) } ?? .null,
            "throttleStatus": [
                "maximumAvailable": .number("\(capacity).0"), "currentlyAvailable": JSON(level),
                "restoreRate": .number("\(restoreRate).0"),
            ],
        ]
    }
}
