/// Somebody holds the customer's phone: the page at `/phone`.
extension WhatsAppCloud {
    /// Opens a page on a thread; its first event is the whole thread.
    /// - Returns: nil when too many pages are open.
    func openPhone(_ key: PhoneThread.Key) -> (id: Int, events: AsyncStream<PhoneFeed.Event>)? {
        guard let page = feed.open(key) else { return nil }
        let messages = threads[key]?.messages.map(\.json) ?? []
        feed.publish(["type": "thread", "messages": .array(messages)], to: key)
        return page
    }

    func closePhone(_ id: Int) { feed.close(id) }

    /// The customer's chats, one per business number, for the list of the page.
    func chats(of customer: String) -> JSON {
        let chats = configuration.numbers.map { number -> JSON in
            let thread = threads[PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: customer)]
            let last = thread?.messages.last
            return [
                "phone_number_id": JSON(number.phoneNumberID), "name": JSON(number.name),
                "display_phone_number": JSON(number.displayPhoneNumber), "unread": JSON(thread?.unreadCount ?? 0),
                "last": last.map(\.json),
            ]
        }
        return .array(chats)
    }

    /// Keeps the connections of open pages alive until the task is cancelled.
    func beat() async {
        while (try? await Task.sleep(for: .seconds(15))) != nil { feed.publishHeartbeat() }
    }

    /// The customer has listened to a voice message: the business is told once, unless receipts are off.
    func listen(to id: String, key: PhoneThread.Key) {
        guard let message = threads[key]?.messages.last(where: { $0.id == id && !$0.isFromCustomer }),
            message.progress < .played
        else { return }
        // Moved on before the webhook starts, so that playing it again does not tell it twice.
        change(key) { $0.advance(id, to: .played) }
        if !faults.readOff { play(id) }
    }

    /// The customer looks at the thread: what has arrived is read, and the business is told unless receipts are off.
    func read(_ key: PhoneThread.Key) {
        // Without `delivered`, a message that was sent is as far as it gets before it is read.
        let unread = threads[key]?.unreadByCustomer(from: faults.skipDelivered ? .sent : .delivered) ?? []
        for id in unread {
            if faults.readOff {
                change(key) { $0.advance(id, to: .read) }
            } else if let record = acceptedMessage(id) {
                // Moved on before the webhook starts, so that a second look does not tell it twice.
                change(key) { $0.advance(id, to: .read) }
                let step = StatusPlan.Step(status: .read, offset: .zero, hasPricing: faults.skipDelivered)
                let time = now
                background.start { await self.tell(step, of: record, time: time) }
            }
        }
    }
}
