import AdapterKit

extension Change {
    /// `history[]`, the conversations of the WhatsApp Business app from before the hub's time, in chunks of up to thousands
    /// of messages; or `messages[]`, the media of some of them.
    func readHistory(into updates: inout UpdateList) {
        for chunk in updates.elements(value["history"], "history") {
            guard case .object = chunk else {
                updates.report(.notAnObject)
                continue
            }
            let errors = updates.elements(chunk["errors"], "errors")
            let threads = updates.elements(chunk["threads"], "threads")
            for error in errors { updates.append(.alert(declined(error))) }
            for thread in threads { readThread(thread, into: &updates) }
            // How far the import is, and nothing else.
            if errors.isEmpty, threads.isEmpty { updates.append(notice(of: chunk)) }
        }
        let people = PersonDirectory(value["contacts"]?.elements ?? [])
        for element in updates.elements(value["messages"], "messages") {
            readHistoric(element, thread: [], people, into: &updates)
        }
        for error in updates.elements(value["errors"], "errors") { updates.append(.alert(declined(error))) }
    }

    private func readThread(_ thread: JSON, into updates: inout UpdateList) {
        guard case .object = thread else { return updates.report(.notAnObject) }
        let context = thread["context"]
        let ids = PersonIDs(
            phone: (thread["id"] ?? context?["wa_id"])?.identifier,
            userID: (thread["user_id"] ?? context?["user_id"])?.identifier,
            parentUserID: (thread["parent_user_id"] ?? context?["parent_user_id"])?.identifier)
        let person = ids.identities
        let messages = updates.elements(thread["messages"], "messages")
        for message in messages { readHistoric(message, thread: person, PersonDirectory([]), into: &updates) }
        if messages.isEmpty { updates.append(notice(of: thread)) }
    }

    private func readHistoric(
        _ element: JSON, thread: [ContactIdentity], _ people: PersonDirectory, into updates: inout UpdateList
    ) {
        updates.add { () throws(ItemProblem) in
            let message = MessageObject(element)
            let isFromBusiness = isFromBusiness(message, thread: thread)
            var person = people.person(isFromBusiness ? message.to : message.from, isOnly: true)
            // The thread is the person. A number that is spelled another way in its messages must not split it.
            if !thread.isEmpty {
                person.identities = (thread + person.identities.filter { $0.kind != .phone }).steadiestFirst
            }
            let status = Self.status(element["history_context"]?["status"]?.string)
            return .message(
                try InboundMessage(
                    message, of: person, origin: .history(isFromBusiness: isFromBusiness, status: status),
                    receivedAt: receivedAt))
        }
    }

    private func isFromBusiness(_ message: MessageObject, thread: [ContactIdentity]) -> Bool {
        let from = message.from.identities
        if from.contains(where: thread.contains) { return false }
        if let phone = message.from.phone, isBusinessNumber(phone) { return true }
        // Only what the business wrote says whom it went to.
        return message.to.phone != nil || message.to.userID != nil
    }

    /// The words of the app's own states.
    private static func status(_ word: String?) -> StatusUpdate.Status? {
        switch word?.uppercased() {
        case "SENT": .sent
        case "DELIVERED": .delivered
        case "READ", "PLAYED": .read
        case "ERROR", "FAILED": .failed
        default: nil
        }
    }

    /// The business did not share its history, or Meta could not.
    private func declined(_ error: JSON) -> ChannelAlert {
        let reason = GraphError(error).reason
        return ChannelAlert(
            code: "history.\(reason.code)", title: "No history is imported: \(reason.title)", severity: .information,
            occurredAt: occurredAt,
            raw: .object(["time": time, "field": .string(field), "value": error]))
    }
}
