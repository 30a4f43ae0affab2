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
        let shown = PhoneThread.Message(
            id: id, isFromCustomer: true, preview: message.preview, time: Self.now, progress: .pending)
        change(key) { thread in
            thread.customerName = message.name ?? thread.customerName
            thread.append(shown)
            return shown
        }
        return (id, key)
    }

    private func post(_ message: InboundMessage, id: String, key: PhoneThread.Key) async -> WebhookPost.Outcome {
        var update = WebhookUpdate(
            number: message.number, kind: .message, contact: message.contact,
            element: message.element(id: id, time: Self.now))
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
