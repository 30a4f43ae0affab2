/// One of the names that a channel knows a person by. A person may have several, and any may be missing.
public struct ContactIdentity: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// E.164 with its plus, such as `+16505551234`.
        case phone
        /// WhatsApp's business-scoped user id, such as `US.13491208655302741918`.
        case whatsappUserID = "whatsapp_user_id"
        /// The same for a group of business portfolios, such as `US.ENT.11815799212886844830`.
        case whatsappParentUserID = "whatsapp_parent_user_id"
        /// A WhatsApp group, whose conversation is one of its own.
        case whatsappGroup = "whatsapp_group"
    }

    public var kind: Kind
    public var value: String

    public init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = value
    }
}
