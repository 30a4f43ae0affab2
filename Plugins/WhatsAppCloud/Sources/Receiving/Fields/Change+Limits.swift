import AdapterKit

extension Change {
    /// News of what the number or the account may send.
    func readLimits(_ field: WebhookField, into updates: inout UpdateList) {
        let event = value["event"]?.string?.uppercased()
        var limits = ChannelLimits()
        // The first one counts: the others are older names of the same.
        let names = [
            "max_daily_conversations_per_business", "max_daily_conversation_per_business", "current_limit",
            "max_daily_conversation_per_phone",
        ]
        // A limit of nobody would stop the channel for a misunderstanding.
        limits.newContactsPerDay = names.lazy.compactMap { MessagingLimit.people(value[$0]) }.first { $0 > 0 }
        if event == "THROUGHPUT_UPGRADE" { limits.messagesPerSecond = ChannelLimits.upgradedMessagesPerSecond }
        if limits != ChannelLimits() { updates.append(.limits(limits)) }
        if field == .numberQuality, let alert = alert(field) { updates.append(.alert(alert)) }
    }
}

extension ChannelLimits {
    /// What a number of unlimited reach gets in the place of 80.
    static let upgradedMessagesPerSecond = 1000
}
