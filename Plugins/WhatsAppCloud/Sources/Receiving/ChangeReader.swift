import AdapterKit

/// Reads one change into the batch of its account.
struct ChangeReader {
    let entry: EntryHeader
    let receivedAt: Timestamp

    func batch(of change: JSON, replayBody: JSON) -> InboundBatch {
        let value = change["value"] ?? .null
        let number = Self.account(value["metadata"]?["phone_number_id"])
        let account = number.map(ProviderAccount.channel) ?? parent(value).map(ProviderAccount.parent)
        var batch = InboundBatch(account: account, updates: [], replayBody: replayBody)
        guard let field = change["field"]?.string, case .object = value else {
            batch.problem = "a change has no field or no value"
            return batch
        }
        guard account != nil else {
            batch.problem = "a change names no account"
            return batch
        }
        let news = Change(field: field, value: value, time: entry.time, receivedAt: receivedAt)
        guard let known = WebhookField(rawValue: field) else {
            batch.updates = [news.notice]
            return batch
        }
        guard number != nil || !known.isOfPeople else {
            batch.problem = "\(known.rawValue) without metadata.phone_number_id"
            return batch
        }
        var updates = UpdateList()
        news.read(known, into: &updates)
        // For example contacts alone: nothing that we model, and still something that was said.
        if updates.isEmpty { updates.append(news.notice) }
        batch.updates = updates.updates
        batch.problem = updates.problem
        return batch
    }

    /// News of a partner's link to an account may stand in an entry of the partner's own business, and then name the
    /// account inside.
    private func parent(_ value: JSON) -> String? {
        Self.account(value["waba_info"]?["waba_id"]) ?? Self.account(entry.id)
    }

    private static func account(_ id: JSON?) -> String? {
        id?.identifier.flatMap { $0.isEmpty ? nil : $0 }
    }
}
