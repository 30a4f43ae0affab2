import AdapterKit

extension Change {
    /// `contacts[]`, `messages[]`, `statuses[]` and `errors[]`.
    func readMessages(into updates: inout UpdateList) {
        let lists = ValueLists(value, into: &updates)
        let people = PersonDirectory(lists.contacts)
        let reason = lists.errors.first.map(Self.reason)
        let messages = lists.messages.map(MessageObject.init)
        let only = people.spokenFor(messages.lazy.map(\.from))
        for message in messages {
            if message.type == MessageType.system.rawValue {
                readSystem(message, people, isOnly: message.from == only, into: &updates)
            } else {
                updates.add { () throws(ItemProblem) in
                    let person = people.person(message.from, isOnly: message.from == only)
                    return .message(
                        try InboundMessage(message, of: person, reason: reason, receivedAt: receivedAt))
                }
            }
        }
        readStatuses(lists.statuses.map(StatusObject.init), people, into: &updates)
        for error in lists.errors {
            updates.append(.notice(AccountNotice(kind: "errors", occurredAt: occurredAt, raw: error)))
        }
        // Beside what we know there may be lists that are newer than this code.
        if !lists.others.isEmpty { updates.append(notice(of: .object(lists.others))) }
    }

    func readStatuses(_ statuses: [StatusObject], _ people: PersonDirectory, into updates: inout UpdateList) {
        let only = people.spokenFor(statuses.lazy.map(\.recipient))
        for status in statuses {
            updates.add { () throws(ItemProblem) in
                let isOnly = status.recipient == only
                if status.isOfCall { return try call(of: status, people, isOnly: isOnly) }
                return .status(try StatusUpdate(status, people: people, isOnly: isOnly, receivedAt: receivedAt))
            }
        }
    }

    /// The message first, as its sender still has the old names: by them it finds the contact, which then gets the new
    /// ones and loses those that may become somebody else's.
    private func readSystem(
        _ message: MessageObject, _ people: PersonDirectory, isOnly: Bool, into updates: inout UpdateList
    ) {
        let change = SystemChange(message)
        updates.add { () throws(ItemProblem) in
            let named = people.person(message.from, isOnly: isOnly)
            let person = Person(identities: change.known, profileName: named.profileName, username: named.username)
            return .message(try InboundMessage(message, of: person, receivedAt: receivedAt))
        }
        guard !message.id.isEmpty, !change.added.isEmpty else { return }
        updates.append(
            .contact(
                ContactUpdate(
                    identities: change.known, added: change.added, retired: change.retired,
                    occurredAt: message.sentAt(receivedAt))))
    }

    /// An error that stands beside the messages. Each of them may carry it, so it is cut.
    private static func reason(_ error: JSON) -> FailureReason {
        var reason = GraphError(error).reason
        if let detail = reason.detail, detail.utf8.count > 1024 {
            reason.detail = String(detail.unicodeScalars.prefix(512))
        }
        return reason
    }
}

/// The lists of a change of messages, its members walked once.
private struct ValueLists {
    private(set) var contacts: [JSON] = []
    private(set) var messages: [JSON] = []
    private(set) var statuses: [JSON] = []
    private(set) var errors: [JSON] = []
    private(set) var others: [JSON.Member] = []

    init(_ value: JSON, into updates: inout UpdateList) {
        for member in value.members {
            switch member.name {
            case "messaging_product", "metadata": break
            case "contacts": contacts = member.value.elements
            case "messages": messages = updates.elements(member.value, "messages")
            case "statuses": statuses = updates.elements(member.value, "statuses")
            case "errors": errors = updates.elements(member.value, "errors")
            default: others.append(member)
            }
        }
    }
}
