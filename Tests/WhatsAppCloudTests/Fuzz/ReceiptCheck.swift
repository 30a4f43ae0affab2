import AdapterKit

/// What has to hold for the receipt of any body, however broken.
struct ReceiptCheck {
    /// Reads a body whose signature held.
    let receive: ([UInt8]) -> WebhookReceipt?

    /// What does not hold; nil when all is well.
    func finding(_ body: [UInt8]) -> String? {
        guard let receipt = receive(body) else { return "it is refused" }
        guard receive(body) == receipt else { return "it is read differently a second time" }
        var size = 0
        for batch in receipt.batches {
            let replay = batch.replayBody.string.map { Array($0.utf8) } ?? batch.replayBody.encoded
            guard receive(replay)?.batches == [batch] else { return "a replay body does not give its batch again" }
            size += replay.count + batch.updates.reduce(0) { $0 + $1.size } + (batch.problem?.utf8.count ?? 0)
            if let lost = loss(in: batch) { return lost }
        }
        // A byte that is no UTF-8 becomes three, and each change stands in an envelope of its own.
        return size > 8 * body.count + 512 * (1 + receipt.batches.count) ? "the receipt is too large" : nil
    }

    /// Lists whose every element has to become an update, or a problem.
    private static let lists: [String: [String]] = [
        "messages": ["messages", "statuses", "errors"], "calls": ["calls", "statuses", "errors"],
        "smb_message_echoes": ["message_echoes", "messages", "errors"],
        "message_echoes": ["message_echoes", "messages", "errors"],
        "user_preferences": ["user_preferences"], "smb_app_state_sync": ["state_sync"],
        "user_id_update": ["user_id_update"],
        "history": ["history", "messages", "errors"],
    ]

    private func loss(in batch: InboundBatch) -> String? {
        guard batch.problem == nil else { return nil }
        if batch.updates.isEmpty { return "a batch has neither an update nor a problem" }
        if batch.account == nil { return "a batch without a problem has no account" }
        for case .message(let message) in batch.updates where message.sender.isEmpty || message.providerID.isEmpty {
            return "a message has no sender or no id"
        }
        guard let change = batch.replayBody["entry"]?.elements.first?["changes"]?.elements.first,
            let field = change["field"]?.string, let lists = Self.lists[field], let value = change["value"]
        else { return nil }
        let items = lists.reduce(0) { $0 + (value[$1]?.elements.count ?? 0) }
        return batch.updates.count < items ? "\(items) items of \(field) give \(batch.updates.count) updates" : nil
    }
}

extension InboundUpdate {
    /// About how much there is to store of it, in bytes.
    var size: Int {
        switch self {
        case .message(let message):
            message.raw.encoded.count + (message.content.json?.encoded.count ?? 0) + message.details.json.encoded.count
                + (message.profileName?.utf8.count ?? 0)
        case .status(let status): status.raw.encoded.count + (status.failure?.detail?.utf8.count ?? 0)
        case .contact(let contact): (contact.name?.utf8.count ?? 0) + 300 * contact.added.count
        case .consent: 300
        case .template(let template): template.raw.encoded.count + (template.reason?.utf8.count ?? 0)
        case .alert(let alert): alert.raw.encoded.count
        case .limits: 16
        case .notice(let notice): notice.raw.encoded.count + notice.kind.utf8.count
        }
    }
}
