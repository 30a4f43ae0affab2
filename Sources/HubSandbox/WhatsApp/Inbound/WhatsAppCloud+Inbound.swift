/// What a customer is about to write, put together.
extension WhatsAppCloud {
    /// Reads a customer's message; its file is stored then, and what it quotes is looked up.
    ///
    /// Outside of the actor, as hashing a long file takes its time.
    /// - Throws: ``ControlError`` that says what is wrong with the call.
    nonisolated func inbound(_ json: JSON, number: SandboxConfiguration.Number) async throws(ControlError)
        -> InboundMessage
    {
        let mode = await rules.userIDs
        var example: InboundExample.Made?
        if let name = json["example"] {
            guard let name = name.text else { throw ControlError("'example' must be a name") }
            let sender = try Sender(json, number: number, mode: mode)
            example = try InboundExample.named(name).made(
                await place(number: number, customer: sender.digits, userID: sender.ids.userID))
        }
        let message = try InboundMessage(json, number: number, mode: mode, example: example)
        let file = try await file(message.attachment, number: number)
        var quotesCustomer = false
        if let quoted = message.context.replyTo {
            let key = PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: message.customer)
            quotesCustomer = await isOwn(quoted, key: key)
        }
        return message.completed(file: file.members, isAnimated: file.isAnimated, quotesCustomer: quotesCustomer)
    }

    /// What examples of this customer can refer to.
    func place(number: SandboxConfiguration.Number, customer: String, userID: String) -> InboundExample.Place {
        let thread = threads[PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: customer)]
        return InboundExample.Place(
            number: number, customer: customer, userID: userID,
            businessMessage: thread?.newest(fromCustomer: false) ?? MessageID.make(party: customer, author: .business),
            customerMessage: thread?.newest(fromCustomer: true) ?? MessageID.make(party: customer, author: .customer))
    }

    private func isOwn(_ id: String, key: PhoneThread.Key) -> Bool {
        threads[key]?.contains(id, fromCustomer: true) ?? false
    }

    /// The members of a media object, with the file behind them stored.
    private nonisolated func file(
        _ attachment: Attachment?, number: SandboxConfiguration.Number
    ) async throws(ControlError) -> (members: [JSON.Member], isAnimated: Bool) {
        guard let attachment else { return ([], false) }
        let item: MediaItem
        switch attachment.source {
        case .bytes(let bytes, let mimeType):
            item = await storeInbound(bytes, mimeType: mimeType, filename: attachment.filename, number: number)
        case .sample(let sample):
            item = await storeInbound(
                sample.bytes, mimeType: sample.mimeType, filename: attachment.filename, number: number)
        case .stored(let id):
            guard let stored = await mediaItem(id) else { throw ControlError("'media_id' is unknown", http: 404) }
            if stored.direction == .inbound, stored.phoneNumberID == number.phoneNumberID {
                item = stored
            } else {
                // Forwarded: the same file gets an id of its own.
                item = await storeInbound(
                    stored.bytes, mimeType: stored.mimeType, filename: stored.filename, number: number)
            }
        }
        let address = await mediaAddress(of: item.id)
        return (item.webhookMembers(address: address), MediaKind.isAnimatedWebP(item.bytes))
    }
}
