/// Which statuses an accepted message will have, when each happens, and the order in which they are told.
struct StatusPlan: Hashable, Sendable {
    enum Status: String, Hashable, Sendable {
        case sent, delivered, read, failed
    }

    struct Step: Hashable, Sendable {
        let status: Status
        /// When it happens, counted from acceptance.
        let offset: Duration
        /// Prices come with `sent` and with one of `delivered` and `read`.
        let hasPricing: Bool
        var errorCode: Int?
    }

    /// In the order of telling.
    private(set) var steps: [Step]

    init(fate: SendFate, delays: SandboxConfiguration.StatusDelays, faults: FaultPlan) {
        let sent = Step(status: .sent, offset: delays.sent, hasPricing: true)
        switch fate {
        case .fails(let code):
            steps = [Step(status: .failed, offset: delays.sent, hasPricing: false, errorCode: code)]
        case .failsAfterSent(let code):
            steps = [sent, Step(status: .failed, offset: delays.delivered, hasPricing: false, errorCode: code)]
        case .arrives:
            steps = [sent]
            if !faults.skipDelivered {
                steps.append(Step(status: .delivered, offset: delays.delivered, hasPricing: true))
            }
            if let read = delays.read, !faults.readOff {
                steps.append(Step(status: .read, offset: read, hasPricing: faults.skipDelivered))
            }
        }
        if faults.reorder { disorder() }
    }

    /// Whether `delivered` will come, and with it the second price.
    var includesDelivered: Bool { steps.contains { $0.status == .delivered } }

    /// Shuffles until the order is a wrong one; a single step has no wrong order.
    private mutating func disorder() {
        let right = steps
        guard right.count > 1 else { return }
        repeat { steps.shuffle() } while steps == right
    }
}
