import AdapterKit

/// Reads one change: the messages and statuses of a phone number, or news of an account.
struct ChangeReader {
    let entry: EntryHeader
    let receivedAt: Timestamp

    func batch(of change: JSON, replayBody: JSON) -> InboundBatch {
        let value = change["value"] ?? .null
        let channel = value["metadata"]?["phone_number_id"]?.identifier
        let account = channel.map(ProviderAccount.channel) ?? entry.id?.identifier.map(ProviderAccount.parent)
        var batch = InboundBatch(account: account, updates: [], replayBody: replayBody)
        guard let field = change["field"]?.string, case .object = value else {
            batch.problem = "a change has no field or no value"
            return batch
        }
        guard account != nil else {
            batch.problem = "a change names no account"
            return batch
        }
        guard field == "messages" else {
            batch.updates = [notice(field, change)]
            return batch
        }
        // Without a number no channel can be told, and a guess could show one tenant's messages to another.
        guard channel != nil else {
            batch.problem = "messages without metadata.phone_number_id"
            return batch
        }
        readItems(of: value, into: &batch)
        // For example contacts alone: nothing that we model, and still something that was said.
        if batch.updates.isEmpty && batch.problem == nil { batch.updates = [notice(field, change)] }
        return batch
    }

    private func readItems(of value: JSON, into batch: inout InboundBatch) {
        let items = value["messages"]?.elements ?? []
        let senders = SenderDirectory(contacts: value["contacts"]?.elements ?? [], messages: items)
        var problems: [String] = []
        func add(_ read: () throws(ItemProblem) -> InboundUpdate) {
            do throws(ItemProblem) {
                batch.updates.append(try read())
            } catch {
                // The same problem of many items is said once.
                if !problems.contains(error.rawValue) { problems.append(error.rawValue) }
            }
        }
        for message in items {
            add { () throws(ItemProblem) in
                .message(try InboundMessage(message, senders: senders, receivedAt: receivedAt))
            }
        }
        for status in value["statuses"]?.elements ?? [] {
            add { () throws(ItemProblem) in .status(try StatusUpdate(status, receivedAt: receivedAt)) }
        }
        for error in value["errors"]?.elements ?? [] {
            add { .notice(AccountNotice(kind: "errors", occurredAt: time, raw: error)) }
        }
        for name in ["messages", "statuses", "errors"] {
            switch value[name] {
            case nil, .null, .array: break
            default: problems.append("\(name) is no list")
            }
        }
        if !problems.isEmpty { batch.problem = problems.joined(separator: "; ") }
    }

    /// The entry's time is part of what is kept: it is all that tells a repeat from the same thing happening again.
    private func notice(_ field: String, _ change: JSON) -> InboundUpdate {
        let raw = JSON.object(["time": entry.time, "field": .string(field), "value": change["value"]])
        return .notice(AccountNotice(kind: field, occurredAt: time, raw: raw))
    }

    private var time: Timestamp { Timestamp(unixTime: entry.time, receivedAt: receivedAt) }
}

/// Why one item of a change cannot be taken; the others can.
enum ItemProblem: String, Error {
    case messageWithoutID = "a message without an id"
    case messageWithoutSender = "a message without a sender"
    case statusWithoutID = "a status without an id or a status"
}
