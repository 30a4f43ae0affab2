/// How strictly the sandbox plays WhatsApp: rules that are off or mild until they are asked for.
///
/// Unlike faults they are no accidents: they are how the platform works, at the size a test wants.
struct PlatformRules: Hashable, Sendable {
    /// What becomes of a free-form message outside the customer service window of 24 hours.
    enum Window: String, CaseIterable, Sendable {
        /// It arrives.
        case off
        /// It is refused with 131047.
        case sync
        /// It is accepted and fails with 131047.
        case async
    }

    /// What a status says of the price of what is free before 2026-10-01.
    enum Pricing: String, CaseIterable, Sendable {
        /// Every message has its price.
        case regular
        /// Free-form messages, and utility templates inside the window, are `free_customer_service`.
        case freeService = "free_service"
    }

    /// How many different people outside the window may be written to in 24 hours, over all numbers.
    struct MessagingLimit: Hashable, Sendable {
        var users: Int
        /// The error of a send over it; Meta documents none.
        var code = 131048
    }

    /// A marketing template that is new to many is held back until its quality is known.
    struct Pacing: Hashable, Sendable {
        /// Sends of one template that go out at once; those after it are held.
        var after: Int
        /// How long one is held.
        var hold: Duration = .seconds(1)
        /// Whether what is held goes out then, or fails with 132015.
        var releases = true
    }

    var window = Window.off
    /// Messages a second and number, sent and received together; 80, 20 and 1,000 are Meta's levels. Nil: no limit.
    var throughput: Int?
    /// One message in 6 seconds to the same person, with bursts of 45.
    var pairLimit = false
    var messagingLimit: MessagingLimit?
    var pacing: Pacing?
    var pricing = Pricing.regular
    /// Which ids of a customer webhooks carry.
    var userIDs = CustomerIDs.Mode.noUsername
    /// The version whose shape statuses have; the configuration's unless given. `v23.0` and older have a `conversation`.
    var webhookVersion: String?
    /// How long the download address of a file lives.
    var mediaAddressSeconds = 300
    /// How `GET /{media_id}` writes the hash.
    var mediaHash = MediaItem.HashForm.hexadecimal
    /// How long a new or edited template is `PENDING`.
    var templateReview = Duration.milliseconds(500)
    /// The groups that exist, with the digits of their members; the business is a member of each.
    var groups: [String: [String]] = [:]
}
