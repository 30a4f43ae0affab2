/// What goes wrong on purpose. Counted faults use themselves up.
struct FaultPlan: Sendable {
    /// An error for the next sends.
    struct Refusal: Hashable, Sendable {
        var code: Int
        /// HTTP status in place of the catalogue's.
        var http: Int?
        var count: Int
    }

    /// How webhooks travel.
    var delivery = DeliveryFaults()
    /// Statuses of a message are sent in a wrong order, with their true timestamps.
    var reorder = false
    /// Answers of `POST …/messages` take this much longer.
    var slow: Duration = .zero
    var throttle: Refusal?
    var error: Refusal?
    /// Sends that are taken, get their statuses, and are never answered: the connection closes.
    var acceptThenDrop = 0
    /// Sends that are answered 200 and then fail.
    var failAsync: Refusal?
    /// Sends that are answered 200, reach `sent`, and then fail.
    var failedAfterSent: Refusal?
    /// Numbers whose token is no longer accepted.
    var deadTokens: Set<String> = []
    /// Why, as subcodes of error 190; a number that is not in here is dead without one.
    var deadTokenSubcodes: [String: Int] = [:]
    /// `sent` reaches the webhook before the send is answered.
    var statusBeforeAnswer = false
    var skipDelivered = false
    /// The customer has switched read receipts off.
    var readOff = false
    /// Sends that close the connection and are not taken.
    var drop = 0
    /// Calls other than sends that are refused.
    var managementError: Refusal?
    var mediaFault: MediaFault?
    /// Sends of media by link whose file cannot be fetched.
    var linkFailure: Refusal?
    /// Free-form messages to a customer who did not write within 24 hours fail with 131047.
    var closedWindow = false
}

/// What goes wrong on the way of webhooks to their receiver.
struct DeliveryFaults: Hashable, Sendable {
    /// How often each webhook is posted.
    var copies = 1
    /// Webhooks of this long are collected into one post, over numbers and tenants.
    var batchWindow: Duration = .zero
    /// A webhook that was answered 200 comes again after this long.
    var lateRetry: Duration?
    var payload = PayloadFaults()
    var signature = SignatureFault.none
}

/// What is to become of an accepted send.
enum SendFate: Hashable, Sendable {
    case arrives
    case fails(code: Int)
    case failsAfterSent(code: Int)
}

extension FaultPlan {
    /// The error for the next send, used up by one.
    mutating func takeRefusal() -> GraphError? {
        (Self.take(&error) ?? Self.take(&throttle))?.graphError
    }

    /// The error for the next call that is no send, used up by one.
    mutating func takeManagementRefusal() -> GraphError? { Self.take(&managementError)?.graphError }

    /// Whether the next send is not taken and its connection closes, used up by one.
    mutating func takeConnectionLoss() -> Bool {
        guard drop > 0 else { return false }
        drop -= 1
        return true
    }

    /// The fate of the next accepted send, used up by one.
    mutating func takeFate() -> SendFate {
        if let refusal = Self.take(&failAsync) { return .fails(code: refusal.code) }
        if let refusal = Self.take(&failedAfterSent) { return .failsAfterSent(code: refusal.code) }
        return .arrives
    }

    /// Whether the next accepted send is left without an answer, used up by one.
    mutating func takeDrop() -> Bool {
        guard acceptThenDrop > 0 else { return false }
        acceptThenDrop -= 1
        return true
    }

    static func take(_ refusal: inout Refusal?) -> Refusal? {
        guard var current = refusal else { return nil }
        let taken = current
        current.count -= 1
        refusal = current.count > 0 ? current : nil
        return taken
    }
}

extension FaultPlan.Refusal {
    fileprivate var graphError: GraphError {
        var error = GraphError.catalogued(code)
        if let http { error.http = http }
        return error
    }
}
