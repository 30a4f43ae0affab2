/// Messages a second of each number.
struct ThroughputMeter: Sendable {
    private struct Second: Sendable {
        var start: Int
        var count: Int
    }

    private var seconds: [String: Second] = [:]

    /// Counts one message.
    /// - Parameter now: Unix milliseconds.
    /// - Returns: false when the second that runs has had as many already.
    mutating func admit(_ number: String, limit: Int, now: Int) -> Bool {
        var second = seconds[number] ?? Second(start: now, count: 0)
        if now - second.start >= 1000 || now < second.start { second = Second(start: now, count: 0) }
        second.count += 1
        seconds[number] = second
        return second.count <= limit
    }
}

/// One message in six seconds from a number to a person; a burst borrows from the time after it.
struct PairMeter: Sendable {
    /// Milliseconds that one message takes of the allowance.
    static let interval = 6000
    /// Messages that may come at once.
    static let burst = 45

    /// When each pair's allowance is whole again, in Unix milliseconds.
    private var paidUntil = BoundedMap<PlatformLimits.Pair, Int>(limit: 20_000)

    /// Counts one message, unless the allowance is used up.
    mutating func admit(_ pair: PlatformLimits.Pair, now: Int) -> Bool {
        let start = max(paidUntil[pair] ?? now, now)
        guard start - now <= (Self.burst - 1) * Self.interval else { return false }
        paidUntil.set(pair, start + Self.interval)
        return true
    }
}

/// The different people that a portfolio wrote to outside the window in 24 hours.
struct AudienceMeter: Sendable {
    private static let day = 86_400_000

    /// When the last message went to each, in Unix milliseconds.
    private var people: [String: Int] = [:]

    /// Counts a person, unless they are new and the limit is reached.
    mutating func admit(_ person: String, limit: Int, now: Int) -> Bool {
        if let last = people[person], now - last < Self.day {
            people[person] = now
            return true
        }
        if people.count >= limit { people = people.filter { now - $0.value < Self.day } }
        guard people.count < limit else { return false }
        people[person] = now
        return true
    }
}
