/// What is so of a business number at the moment; everything that its endpoints read and change.
struct NumberState: Sendable {
    /// Register and deregister calls in 72 hours; more are refused with 133016.
    static let registrationLimit = 10
    static let registrationWindow = 72 * 3_600_000
    /// Wrong PINs in a row after which no PIN is taken for a time (133008).
    static let pinGuesses = 5
    static let pinPause = 10 * 60_000
    /// How long a verification code lives.
    static let codeLifetime = 10 * 60_000
    /// Contacts and history of a number that came from the WhatsApp Business app may be asked for this long after.
    static let syncWindow = 24 * 3_600_000

    struct VerificationCode: Hashable, Sendable {
        let text: String
        /// Unix milliseconds.
        let expiresAt: Int
    }

    var isRegistered = true
    /// The PIN of two-step verification, once one is set.
    var pin: String?
    /// `VERIFIED`, `NOT_VERIFIED` or `EXPIRED`.
    var codeVerification = "VERIFIED"
    /// Times of register and deregister calls, in Unix milliseconds.
    var registrations: [Int] = []
    var wrongPINs = 0
    /// Unix milliseconds until which no PIN is taken.
    var pinLockedUntil = 0
    var code: VerificationCode?
    var dataRegion: String?

    /// `GREEN`, `YELLOW`, `RED` or `NA`.
    var quality = "GREEN"
    /// `STANDARD`, `HIGH` or `NOT_APPLICABLE`.
    var throughput = "STANDARD"
    /// Of the portfolio: `TIER_250` … `TIER_UNLIMITED`.
    var messagingLimit = "TIER_100K"
    /// Connection status where it is not what registration makes it, e.g. `FLAGGED`.
    var status: String?
    var nameStatus = "APPROVED"
    var newName: String?
    /// Coexistence: the number is also used in the WhatsApp Business app.
    var isOnBusinessApp = false
    var isOfficial = false
    var health: NumberHealth?

    var profile = BusinessProfile()
    /// By feature, e.g. `calling`.
    var settings: [String: JSON] = [:]
    var username: BusinessUsername?
    var blocked = BlockList()

    /// When the number came, in Unix milliseconds: contacts and history can be had for a day after.
    var onboardedAt = 0
    var syncs: Set<String> = []
    /// What the number brings from the WhatsApp Business app.
    var appHistory = HistoryPlan()
    /// Whether the business has agreed to hand it over.
    var sharesHistory = true

    /// `CONNECTED`, `DISCONNECTED`, `UNVERIFIED` … as `status` says it.
    var connection: String {
        if let status { return status }
        if isRegistered { return "CONNECTED" }
        return codeVerification == "VERIFIED" ? "DISCONNECTED" : "UNVERIFIED"
    }
}

/// What `health_status` says of one object.
struct NumberHealth: Hashable, Sendable {
    /// `AVAILABLE`, `LIMITED` or `BLOCKED`.
    var canSend: String
    /// Elements `{error_code, error_description, possible_solution}`.
    var errors: [JSON] = []
    var additionalInfo: [String] = []
}

extension WhatsAppCloud {
    /// The state of a number; a fresh one until something changes it.
    func state(of number: SandboxConfiguration.Number) -> NumberState {
        numberStates[number.phoneNumberID] ?? NumberState(onboardedAt: startedAt)
    }

    /// Changes the state of a number. What a change did before it threw stays: wrong PINs are counted, too.
    @discardableResult
    func changeState<Result>(
        of number: SandboxConfiguration.Number, _ change: (inout NumberState) throws(GraphError) -> Result
    ) throws(GraphError) -> Result {
        var state = state(of: number)
        defer { numberStates[number.phoneNumberID] = state }
        return try change(&state)
    }
}
