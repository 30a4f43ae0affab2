/// A message of a conversation that the provider tells of: written by a person, or by the business with something other
/// than the hub.
public struct InboundMessage: Sendable, Equatable, Codable {
    public enum Origin: Sendable, Equatable, Codable {
        /// A person wrote it just now.
        case person
        /// The business wrote it just now, in the provider's own app.
        case businessApp
        /// It is from before the hub's time and is imported: nobody is told of it.
        case history(isFromBusiness: Bool, status: StatusUpdate.Status?)
    }

    /// The provider's id, unique in the channel.
    public var providerID: String
    /// The names that the channel knows the person by, the steadiest first; at least one. For what the business wrote it
    /// is the person whom it wrote to.
    public var sender: [ContactIdentity]
    /// The person's own name for themselves.
    public var profileName: String?
    /// The person's own handle, which is shown and never looked up.
    public var username: String?
    public var origin: Origin
    /// The group that it was written in; its conversation is then the group's.
    public var group: ContactIdentity?
    public var content: MessageContent
    /// What has to be fetched for the content's media.
    public var media: MediaReference?
    public var details: MessageDetails
    /// Whether the person may be answered freely for a while because of it (``SendWindow``).
    public var opensWindow: Bool
    public var sentAt: Timestamp
    /// The provider's message object, whole.
    public var raw: JSON

    public init(
        providerID: String, sender: [ContactIdentity], profileName: String? = nil, username: String? = nil,
        origin: Origin = .person, group: ContactIdentity? = nil, content: MessageContent, media: MediaReference? = nil,
        details: MessageDetails = MessageDetails(), opensWindow: Bool = true, sentAt: Timestamp, raw: JSON
    ) {
        self.providerID = providerID
        self.sender = sender
        self.profileName = profileName
        self.username = username
        self.origin = origin
        self.group = group
        self.content = content
        self.media = media
        self.details = details
        self.opensWindow = opensWindow
        self.sentAt = sentAt
        self.raw = raw
    }
}

/// What the provider says of a message that we sent.
public struct StatusUpdate: Sendable, Equatable, Codable {
    public enum Status: String, Sendable, Codable, CaseIterable {
        case sent, delivered, read, failed
    }

    public var providerID: String
    /// Nil for a status that the channel has and we do not know: it is kept and moves nothing.
    public var status: Status?
    /// The provider's word for the status.
    public var providerStatus: String
    /// Which of several recipients it is about, for a group.
    public var participant: String?
    /// The names that the channel knows the recipient by: a person who was only known by a number may get a user id.
    public var recipient: [ContactIdentity]
    /// The ``OutboundMessage/id`` that the provider returned with the status, where it does.
    public var correlation: String?
    public var failure: FailureReason?
    public var pricing: Pricing?
    /// Until when all messages to the person are free, because an advertisement led them here.
    public var freeEntryUntil: Timestamp?
    public var occurredAt: Timestamp
    /// The provider's status object, whole.
    public var raw: JSON

    /// What the provider charges, for display.
    public struct Pricing: Sendable, Equatable, Codable {
        /// Such as `PMP`, per message.
        public var model: String?
        /// Such as `regular`, `free_customer_service` or `free_entry_point`.
        public var type: String?
        /// Such as `marketing`, `utility` or `service`.
        public var category: String?

        public init(model: String?, type: String?, category: String?) {
            self.model = model
            self.type = type
            self.category = category
        }
    }

    public init(
        providerID: String, status: Status?, providerStatus: String, participant: String? = nil,
        recipient: [ContactIdentity] = [], correlation: String? = nil, failure: FailureReason? = nil,
        pricing: Pricing? = nil, freeEntryUntil: Timestamp? = nil, occurredAt: Timestamp, raw: JSON
    ) {
        self.providerID = providerID
        self.status = status
        self.providerStatus = providerStatus
        self.participant = participant
        self.recipient = recipient
        self.correlation = correlation
        self.failure = failure
        self.pricing = pricing
        self.freeEntryUntil = freeEntryUntil
        self.occurredAt = occurredAt
        self.raw = raw
    }
}
