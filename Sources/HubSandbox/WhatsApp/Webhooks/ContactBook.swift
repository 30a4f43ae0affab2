import Synchronization

/// The portfolio's contact book, as far as it can be seen: webhooks of a customer with a username tell the phone number
/// only while the book has it.
final class ContactBook: Sendable {
    private let forgotten = Mutex<Set<String>>([])

    /// Takes the phone number of a user out of the book.
    func forget(_ userID: String) { _ = forgotten.withLock { $0.insert(userID) } }

    func reset() { forgotten.withLock { $0 = [] } }

    /// The update without the phone number of a customer who is not in the book.
    func hiding(_ update: WebhookUpdate) -> WebhookUpdate {
        guard let contact = update.contact, contact["profile"]?["username"] != nil,
            let userID = contact["user_id"]?.text, forgotten.withLock({ $0.contains(userID) })
        else { return update }
        var update = update
        update.contact = contact.without(["wa_id"])
        update.element = update.element.without(["from", "recipient_id"])
        return update
    }
}
