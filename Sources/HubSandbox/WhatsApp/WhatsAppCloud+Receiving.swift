/// A customer writes.
extension WhatsAppCloud {
    /// Takes a customer's message and posts its webhook.
    /// - Returns: the message id and what the business's webhook did with the first post.
    func receive(_ message: InboundMessage) async -> (id: String, outcome: WebhookPost.Outcome) {
        let (id, key) = take(message)
        return (id, await post(message, id: id, key: key))
    }

    /// Takes a customer's message; its webhook follows in the background.
    func receiveInBackground(_ message: InboundMessage) -> String {
        let (id, key) = take(message)
        background.start { _ = await self.post(message, id: id, key: key) }
        return id
    }

    private func take(_ message: InboundMessage) -> (String, PhoneThread.Key) {
        let id = message.content["id"]?.text ?? MessageID.make(party: message.customer, author: .customer)
        customersByUserID.set(message.userID, message.customer)
        let key = PhoneThread.Key(phoneNumberID: message.number.phoneNumberID, customer: message.customer)
        noteInbound(message, key: key)
        let time = now
        change(key) { thread in
            thread.customerName = message.name ?? thread.customerName
            return Self.show(message, id: id, time: time, in: &thread)
        }
        if let number = message.newNumber { moveChat(key, to: number) }
        return (id, key)
    }

    /// A customer takes their chat along to a new number; under the old one it stays as it was.
    private func moveChat(_ key: PhoneThread.Key, to customer: String) {
        let new = PhoneThread.Key(phoneNumberID: key.phoneNumberID, customer: customer)
        guard let thread = threads[key], threads[new] == nil else { return }
        threads.set(new, thread)
    }

    /// Puts a customer's message into the thread, or does to another message what it says.
    /// - Returns: the message that changed.
    private static func show(
        _ message: InboundMessage, id: String, time: Int, in thread: inout PhoneThread
    ) -> PhoneThread.Message? {
        switch message.type {
        case "reaction":
            thread.heard(id, at: time)
            let reaction = message.content["reaction"]
            return thread.react(
                reaction?["message_id"]?.text ?? "", with: reaction?["emoji"]?.text ?? "", byCustomer: true)
        case "revoke":
            thread.heard(id, at: nil)
            return thread.revoke(message.content["revoke"]?["original_message_id"]?.text ?? "")
        case "edit":
            thread.heard(id, at: nil)
            let edit = message.content["edit"]
            guard let content = edit?["message"] else { return nil }
            return thread.edit(
                edit?["original_message_id"]?.text ?? "", to: MessagePreview(inbound: content))
        default:
            let shown = PhoneThread.Message(
                id: id, isFromCustomer: true, preview: message.preview, time: time, progress: .pending)
            thread.append(shown)
            return shown
        }
    }

    private func post(_ message: InboundMessage, id: String, key: PhoneThread.Key) async -> WebhookPost.Outcome {
        if isBlocked(message.customer, by: message.number) {
            change(key) { $0.annotate(id, "the business has blocked this customer") }
            return .unreachable("the number has blocked this customer; nothing was posted")
        }
        var update = WebhookUpdate(
            number: message.number, kind: .message, contact: message.contact,
            element: message.element(id: id, time: now))
        update.errors = message.siblingErrors
        update.acknowledged = { await self.acknowledge(id, key: key) }
        let outcome = await courier.deliver(update, faults: faults.delivery)
        if !outcome.isAcknowledged { change(key) { $0.annotate(id, "not delivered to the business yet") } }
        return outcome
    }

    private func acknowledge(_ id: String, key: PhoneThread.Key) {
        change(key) { $0.advance(id, to: .delivered) }
    }

    /// A business marks a customer's message, and all before it, as read; it may show that it is typing.
    func markRead(_ request: JSON, number: SandboxConfiguration.Number) throws(GraphError) -> JSON {
        guard request["messaging_product"]?.text == "whatsapp" else { throw .missing("messaging_product") }
        guard request["status"]?.text == "read" else { throw .invalid("Param status must be one of {READ}") }
        guard let id = request["message_id"]?.text else { throw .missing("message_id") }
        guard let customer = MessageID.party(of: id),
            case let key = PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: customer),
            let unread = threads[key]?.unreadByBusiness(upTo: id),
            threads[key]?.contains(id, fromCustomer: true) == true
        else { throw .badValue("Parameter 'message_id' is not a message that this number received") }
        for id in unread { change(key) { $0.advance(id, to: .read) } }
        if let typing = request["typing_indicator"] {
            guard typing["type"]?.text == "text" else {
                throw .invalid("Param typing_indicator['type'] must be one of {TEXT}")
            }
            feed.publish(["type": "typing"], to: key)
        }
        return ["success": true]
    }
}
