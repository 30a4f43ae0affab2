import AdapterKit

extension Change {
    /// `state_sync[]`: the address book of the WhatsApp Business app.
    func readAppState(into updates: inout UpdateList) {
        for element in updates.elements(value["state_sync"], "state_sync") {
            updates.add { () throws(ItemProblem) in
                guard case .object = element else { throw .notAnObject }
                let isRemoval = element["action"]?.string == "remove"
                // Somebody who leaves the address book is still somebody whom the business wrote with.
                guard element["type"]?.string ?? "contact" == "contact", !isRemoval, let contact = element["contact"]
                else { return notice(of: element) }
                let ids = PersonIDs(
                    phone: (contact["phone_number"] ?? contact["wa_id"])?.identifier,
                    userID: contact["user_id"]?.identifier, parentUserID: contact["parent_user_id"]?.identifier)
                let identities = ids.identities
                guard !identities.isEmpty else { throw .contactWithoutName }
                let name = [contact["full_name"]?.string, contact["first_name"]?.string].lazy
                    .compactMap(\.self).first { !$0.isEmpty }
                return .contact(
                    ContactUpdate(
                        identities: identities, name: name, isImported: true,
                        occurredAt: Timestamp(unixTime: element["metadata"]?["timestamp"], receivedAt: receivedAt)))
            }
        }
    }

    /// `user_preferences[]`: a person stops marketing messages, or wants them again.
    func readPreferences(into updates: inout UpdateList) {
        let people = PersonDirectory(value["contacts"]?.elements ?? [])
        let elements = updates.elements(value["user_preferences"], "user_preferences")
        for element in elements {
            updates.add { () throws(ItemProblem) in
                guard case .object = element else { throw .notAnObject }
                let ids = PersonIDs(
                    phone: element["wa_id"]?.identifier, userID: element["user_id"]?.identifier,
                    parentUserID: element["parent_user_id"]?.identifier)
                let person = people.person(ids, isOnly: elements.count == 1)
                guard !person.identities.isEmpty else { throw .preferenceWithoutPerson }
                guard element["category"]?.string ?? "marketing_messages" == "marketing_messages",
                    let word = element["value"]?.string, let isGranted = Self.isGranted(word)
                else { return notice(of: element) }
                return .consent(
                    ConsentUpdate(
                        person: person.identities, profileName: person.profileName, purpose: .marketing,
                        isGranted: isGranted, word: word,
                        occurredAt: Timestamp(unixTime: element["timestamp"], receivedAt: receivedAt)))
            }
        }
    }

    private static func isGranted(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "stop": false
        case "resume", "signup": true
        default: nil
        }
    }

    /// `user_id_update[]`: a person's user id changed. Documented in July 2026 and perhaps withdrawn; the same news comes
    /// as a system message.
    func readUserIDs(into updates: inout UpdateList) {
        for element in updates.elements(value["user_id_update"], "user_id_update") {
            updates.add { () throws(ItemProblem) in
                guard case .object = element else { throw .notAnObject }
                let (id, parent) = (element["user_id"], element["parent_user_id"])
                let old = PersonIDs(
                    phone: element["wa_id"]?.identifier, userID: id?["previous"]?.identifier,
                    parentUserID: parent?["previous"]?.identifier)
                let new = PersonIDs(
                    userID: id?["current"]?.identifier, parentUserID: parent?["current"]?.identifier
                ).identities
                let known = old.identities.filter { !new.contains($0) }
                guard !known.isEmpty else { throw .contactWithoutName }
                guard !new.isEmpty else { return notice(of: element) }
                let kinds = Set(new.map(\.kind))
                return .contact(
                    ContactUpdate(
                        identities: known, added: new, retired: known.filter { kinds.contains($0.kind) },
                        occurredAt: Timestamp(unixTime: element["timestamp"], receivedAt: receivedAt)))
            }
        }
    }
}
