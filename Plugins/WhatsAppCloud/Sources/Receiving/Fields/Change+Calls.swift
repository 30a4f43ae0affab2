import AdapterKit

extension Change {
    /// `calls[]` and the statuses of calls. They are recorded, each event under an id of its own, and not taken; the
    /// session that a call offers stays in the raw object.
    func readCalls(into updates: inout UpdateList) {
        let people = PersonDirectory(value["contacts"]?.elements ?? [])
        let calls = updates.elements(value["calls"], "calls")
        let ids = calls.map(callee)
        let only = people.spokenFor(ids)
        for (call, ids) in zip(calls, ids) {
            updates.add { () throws(ItemProblem) in
                .message(try message(of: call, people.person(ids, isOnly: ids == only)))
            }
        }
        let statuses = updates.elements(value["statuses"], "statuses").map(StatusObject.init)
        let onlyRecipient = people.spokenFor(statuses.lazy.map(\.recipient))
        for status in statuses {
            updates.add { () throws(ItemProblem) in
                try call(of: status, people, isOnly: status.recipient == onlyRecipient)
            }
        }
        for error in updates.elements(value["errors"], "errors") { updates.append(notice(of: error)) }
    }

    /// How a call that the business made goes on: ringing, accepted, rejected.
    func call(of status: StatusObject, _ people: PersonDirectory, isOnly: Bool) throws(ItemProblem) -> InboundUpdate {
        guard !status.id.isEmpty, !status.word.isEmpty else { throw .statusWithoutID }
        let person = people.person(status.recipient, isOnly: isOnly)
        guard !person.identities.isEmpty else { throw .callWithoutPerson }
        return .message(
            InboundMessage(
                providerID: "\(status.id):\(status.word)", sender: person.identities, profileName: person.profileName,
                username: person.username, origin: .businessApp,
                content: .call(MessageContent.Call(event: "status", status: status.word)), opensWindow: false,
                sentAt: Timestamp(unixTime: status.timestamp, receivedAt: receivedAt), raw: status.raw))
    }

    private func message(of call: JSON, _ person: Person) throws(ItemProblem) -> InboundMessage {
        guard let id = call["id"]?.identifier, !id.isEmpty, let event = call["event"]?.string, !event.isEmpty else {
            throw .callWithoutID
        }
        guard !person.identities.isEmpty else { throw .callWithoutPerson }
        let isOfBusiness = isOfBusiness(call)
        let content = MessageContent.Call(
            event: event, status: call["status"]?.string, startedAt: Timestamp(call["start_time"]),
            endedAt: Timestamp(call["end_time"]), duration: call["duration"]?.identifier.flatMap { Int64($0) })
        return InboundMessage(
            providerID: "\(id):\(event)", sender: person.identities, profileName: person.profileName,
            username: person.username, origin: isOfBusiness ? .businessApp : .person, content: .call(content),
            // The window counts from the call, not from its end.
            opensWindow: !isOfBusiness && event != "terminate",
            sentAt: Timestamp(unixTime: call["timestamp"], receivedAt: receivedAt), raw: call)
    }

    private func callee(_ call: JSON) -> PersonIDs {
        let side = isOfBusiness(call) ? "to" : "from"
        return PersonIDs(
            phone: call[side]?.identifier, userID: call["\(side)_user_id"]?.identifier,
            parentUserID: call["\(side)_parent_user_id"]?.identifier)
    }

    private func isOfBusiness(_ call: JSON) -> Bool {
        if let direction = call["direction"]?.string { return direction.uppercased() == "BUSINESS_INITIATED" }
        guard let from = call["from"]?.identifier else { return false }
        return isBusinessNumber(from)
    }
}

extension Change {
    /// Whether it is the number that the change is of.
    func isBusinessNumber(_ text: String) -> Bool {
        guard let own = value["metadata"]?["display_phone_number"]?.identifier.flatMap({ PhoneNumber($0) }) else {
            return false
        }
        return PhoneNumber(text)?.e164 == own.e164
    }
}
