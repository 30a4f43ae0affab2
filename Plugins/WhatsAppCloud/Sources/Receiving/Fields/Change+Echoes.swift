import AdapterKit

extension Change {
    /// `message_echoes[]`: what the business wrote with the WhatsApp Business app, or with another program than the hub.
    func readEchoes(into updates: inout UpdateList) {
        let people = PersonDirectory(value["contacts"]?.elements ?? [])
        // Of `message_echoes` the shape is not published: there the list may have the usual name.
        let echoes =
            updates.elements(value["message_echoes"], "message_echoes")
            + updates.elements(value["messages"], "messages")
        let messages = echoes.map(MessageObject.init)
        let only = people.spokenFor(messages.lazy.map(\.to))
        for message in messages {
            updates.add { () throws(ItemProblem) in
                var person = people.person(message.to, isOnly: message.to == only)
                // What is written to a group is written to nobody else.
                if person.identities.isEmpty, let group = message.group { person.identities = [group] }
                return .message(
                    try InboundMessage(message, of: person, origin: .businessApp, receivedAt: receivedAt))
            }
        }
        for error in updates.elements(value["errors"], "errors") { updates.append(notice(of: error)) }
    }
}
