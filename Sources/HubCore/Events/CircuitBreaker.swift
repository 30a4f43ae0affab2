import AdapterKit

/// Spares an endpoint that does not answer: closed it lets all through, open none, and half-open one, to see.
struct CircuitBreaker: Sendable, Equatable {
    enum State: Equatable {
        case closed
        /// Nothing passes until then.
        case open(until: Timestamp)
        /// One may pass.
        case halfOpen
    }

    /// Failures in a row that open it.
    static let threshold = 5
    static let firstPause: Duration = .seconds(5)
    static let longestPause: Duration = .seconds(300)

    private var failuresInRow = 0
    private var timesOpened = 0
    private var openUntil: Timestamp?

    func state(at now: Timestamp) -> State {
        guard let openUntil else { return .closed }
        return openUntil > now ? .open(until: openUntil) : .halfOpen
    }

    mutating func succeeded() { self = CircuitBreaker() }

    /// - Parameters:
    ///   - retryAfter: The endpoint asks to be left alone for so long, which opens the breaker at once.
    ///   - jitter: 0 to 1: makes a pause up to 20 % longer.
    mutating func failed(retryAfter: Duration?, jitter: Double, now: Timestamp) {
        let isHalfOpen = state(at: now) == .halfOpen
        failuresInRow += 1
        guard failuresInRow >= Self.threshold || isHalfOpen || retryAfter != nil else { return }
        // Attempts that were under way when it opened do not open it further.
        if case .open = state(at: now), retryAfter == nil { return }
        let pause = min(Self.firstPause * (1 << min(timesOpened, 10)), Self.longestPause) * (1 + 0.2 * jitter)
        timesOpened += 1
        openUntil = max(openUntil ?? now, now + max(pause, retryAfter ?? .zero))
    }
}
