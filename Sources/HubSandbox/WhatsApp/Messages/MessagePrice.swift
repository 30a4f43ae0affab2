/// What a message costs, as its statuses say. Only the kind is played, not the amount.
struct MessagePrice: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        case regular
        /// An answer inside the customer service window, before 2026-10-01.
        case freeCustomerService = "free_customer_service"
        /// Anything within 72 hours of the answer to somebody who came by an advertisement.
        case freeEntryPoint = "free_entry_point"
    }

    let kind: Kind
    /// `marketing`, `utility`, `authentication`, `service` or `referral_conversion`.
    let category: String
    /// Of a free entry point: its end in Unix seconds.
    let entryPointEnd: Int?

    /// - Parameters:
    ///   - template: nil for a free-form message.
    ///   - isInWindow: whether the customer wrote within 24 hours.
    ///   - entryPointEnd: when a free entry point that is open closes.
    init(template: MessageTemplate?, isInWindow: Bool, pricing: PlatformRules.Pricing, entryPointEnd: Int?) {
        self.entryPointEnd = entryPointEnd
        let own = template?.category.lowercased() ?? "service"
        if entryPointEnd != nil {
            (kind, category) = (.freeEntryPoint, "referral_conversion")
        } else if pricing == .freeService, isInWindow, own == "service" || own == "utility" {
            (kind, category) = (.freeCustomerService, own)
        } else {
            (kind, category) = (.regular, own)
        }
    }

    /// The `pricing` member of a status.
    var json: JSON {
        [
            "billable": .bool(kind == .regular), "pricing_model": "PMP", "type": JSON(kind.rawValue),
            "category": JSON(category),
        ]
    }

    /// The `conversation` member of a status: in webhooks from v24 on inside a free entry point only.
    /// - Parameters:
    ///   - step: its end stands in `sent` alone.
    ///   - time: Unix seconds of the status.
    func conversation(
        of id: String, step: StatusPlan.Status, time: Int, webhookVersion: String
    ) -> JSON? {
        guard entryPointEnd != nil || Self.isOld(webhookVersion) else { return nil }
        let end = entryPointEnd ?? time + 86_400
        return [
            "id": JSON(Self.conversationID(of: id)), "expiration_timestamp": step == .sent ? JSON(String(end)) : nil,
            "origin": ["type": JSON(category)],
        ]
    }

    private static func isOld(_ version: String) -> Bool {
        (version.dropFirst().split(separator: ".").first.flatMap { Int($0) } ?? 24) < 24
    }

    /// Old versions have a conversation of its own for each message.
    private static func conversationID(of id: String) -> String {
        id.utf8.suffix(24).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined().prefix(32).description
    }
}
