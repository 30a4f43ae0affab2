/// Which statuses an accepted message will have, when each happens, and the order in which they are told.
struct StatusPlan: Hashable, Sendable {
    enum Status: String, Hashable, Sendable {
        case sent, delivered, read, played, failed
    }

    struct Step: Hashable, Sendable {
        let status: Status
        /// When it happens, counted from acceptance.
        let offset: Duration
        /// Prices come with `sent` and with one of `delivered` and `read`.
        let hasPricing: Bool
        var errorCode: Int?
        /// Of a message to a group: the digits of the member who got or read it.
        var participant: String?
    }

    /// In the order of telling.
    private(set) var steps: [Step]

    /// - Parameters:
    ///   - isVoiceNote: whether it is played after it was read.
    ///   - participants: the digits of a group's members, each of whom gets and reads it; none for a single person.
    init(
        fate: SendFate, delays: SandboxConfiguration.StatusDelays, faults: FaultPlan, isVoiceNote: Bool = false,
        participants: [String] = []
    ) {
        let sent = Step(status: .sent, offset: delays.sent, hasPricing: true)
        switch fate {
        case .fails(let code):
            steps = [Step(status: .failed, offset: delays.sent, hasPricing: false, errorCode: code)]
        case .failsAfterSent(let code):
            steps = [sent, Step(status: .failed, offset: delays.delivered, hasPricing: false, errorCode: code)]
        case .arrives:
            steps = [sent]
            let people = participants.isEmpty ? [nil] : participants.map { Optional($0) }
            if !faults.skipDelivered {
                steps += people.map {
                    Step(status: .delivered, offset: delays.delivered, hasPricing: true, participant: $0)
                }
            }
            if let read = delays.read, !faults.readOff {
                steps += people.map {
                    Step(status: .read, offset: read, hasPricing: faults.skipDelivered, participant: $0)
                }
                if isVoiceNote {
                    steps += people.map {
                        Step(status: .played, offset: read + delays.played, hasPricing: false, participant: $0)
                    }
                }
            }
        }
        if faults.reorder { disorder() }
    }

    /// The plan of a message that is held back first.
    func delayed(by hold: Duration) -> StatusPlan {
        var plan = self
        plan.steps = steps.map { step in
            Step(
                status: step.status, offset: step.offset + hold, hasPricing: step.hasPricing, errorCode: step.errorCode,
                participant: step.participant)
        }
        return plan
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
