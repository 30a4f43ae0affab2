import AdapterKit

/// One change of a webhook: a field and what is said of it.
struct Change {
    let field: String
    let value: JSON
    /// When Meta noticed, for news of accounts; messages have times of their own.
    let time: JSON?
    let receivedAt: Timestamp

    var occurredAt: Timestamp { Timestamp(unixTime: time, receivedAt: receivedAt) }

    /// What is kept of news. The entry's time is part of it: it is all that tells a repeat from the same thing happening
    /// again.
    var raw: JSON { .object(["time": time, "field": .string(field), "value": value]) }

    /// The change as something without a model.
    var notice: InboundUpdate { .notice(AccountNotice(kind: field, occurredAt: occurredAt, raw: raw)) }

    /// One item of the change as something without a model.
    func notice(of item: JSON) -> InboundUpdate {
        let raw = JSON.object(["time": time, "field": .string(field), "value": item])
        return .notice(AccountNotice(kind: field, occurredAt: occurredAt, raw: raw))
    }

    func read(_ field: WebhookField, into updates: inout UpdateList) {
        switch field {
        case .messages: readMessages(into: &updates)
        case .messageEchoes, .appMessageEchoes: readEchoes(into: &updates)
        case .history: readHistory(into: &updates)
        case .appStateSync: readAppState(into: &updates)
        case .calls: readCalls(into: &updates)
        case .userPreferences: readPreferences(into: &updates)
        case .userIDUpdate: readUserIDs(into: &updates)
        case .templateStatus, .templateQuality, .templateComponents, .templateCategory:
            updates.add { () throws(ItemProblem) in .template(try TemplateUpdate(self)) }
        case .numberQuality, .businessCapability: readLimits(field, into: &updates)
        case .accountUpdate, .accountAlerts, .accountReview, .accountSettings, .security, .numberName,
            .businessUsername, .flows, .paymentConfiguration, .partnerSolutions:
            updates.append(alert(field).map(InboundUpdate.alert) ?? notice)
        case .groupLifecycle, .groupParticipants, .groupSettings, .groupStatus, .handovers, .consumerProfile,
            .automaticEvents, .trackingEvents:
            updates.append(notice)
        }
    }
}
