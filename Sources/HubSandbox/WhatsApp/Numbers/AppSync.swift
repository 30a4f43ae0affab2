/// Coexistence: a number from the WhatsApp Business app hands over its contacts and its history, once each, on request.
enum AppSync: String, Sendable, CaseIterable {
    case contacts = "smb_app_state_sync"
    case history

    /// The element of `state_sync` for one contact of the app.
    static func contact(name: String?, phone: String, action: String, at time: Int) -> JSON {
        [
            "type": "contact",
            "contact": [
                "full_name": name.map { JSON($0) },
                "first_name": name.flatMap { $0.split(separator: " ").first.map { JSON(String($0)) } },
                "phone_number": JSON(phone),
            ],
            "action": JSON(action), "metadata": ["timestamp": JSON(String(time))],
        ]
    }
}

extension WhatsAppCloud {
    /// `POST /{phone_number_id}/smb_app_data`: starts a sync, whose webhooks follow.
    /// - Throws: 2593107 for a second time, 2593108 later than a day after the number came.
    func startSync(_ sync: AppSync, of number: SandboxConfiguration.Number) throws(GraphError) -> JSON {
        let now = clock.milliseconds
        try changeState(of: number) { (state) throws(GraphError) in
            guard state.isOnBusinessApp else {
                throw .invalid("This number is not used in the WhatsApp Business app.")
            }
            guard !state.syncs.contains(sync.rawValue) else { throw .catalogued(2_593_107) }
            guard now - state.onboardedAt <= NumberState.syncWindow else { throw .catalogued(2_593_108) }
            state.syncs.insert(sync.rawValue)
        }
        let values: [JSON]
        let state = state(of: number)
        switch sync {
        case .contacts: values = [["state_sync": .array(state.appHistory.contacts(now: self.now))]]
        case .history:
            values =
                state.sharesHistory
                ? state.appHistory.chunks(of: number, now: self.now)
                    + [HistoryPlan.mediaFollowUp(of: number, now: self.now)]
                : [HistoryPlan.declined]
        }
        let updates = values.map {
            WebhookUpdate(number: number, field: sync.rawValue, value: $0, now: self.now)
        }
        let faults = faults.delivery
        background.start {
            // Chunks come as posts of their own, one after the other.
            for update in updates { _ = await self.courier.deliver(update, faults: faults) }
        }
        return ["messaging_product": "whatsapp", "request_id": JSON(GraphError.makeTraceID())]
    }
}
