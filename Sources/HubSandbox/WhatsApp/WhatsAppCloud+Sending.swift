import Logging

/// A business sends.
extension WhatsAppCloud {
    /// What the client that sent a message gets.
    enum SendAnswer: Sendable {
        case json(JSON)
        /// The connection closes without an answer, though the message was taken.
        case connectionClosed
    }

    /// Does what a checked token asks of `POST /{phone_number_id}/messages`.
    /// - Throws: ``GraphError`` when a fault or a rule says so or the body does not pass.
    func send(_ request: JSON, from number: SandboxConfiguration.Number) async throws(GraphError) -> SendAnswer {
        if request["status"] != nil { return .json(try markRead(request, number: number)) }
        if let refusal = faults.takeRefusal() { throw refusal }
        let record = accept(try admit(request, from: number), number: number)
        let plan = plan(of: record)
        let isDropped = faults.takeDrop()
        let generation = generation
        var told = 0
        if faults.statusBeforeAnswer, let first = plan.steps.first {
            await tell(first, of: record)
            told = 1
        }
        let started = background.start { [told] in await self.run(plan, of: record, from: told, generation: generation)
        }
        if !started { logger.warning("no statuses for a message: too many are on their way") }
        return isDropped ? .connectionClosed : .json(record.answer)
    }

    private func accept(_ message: OutgoingMessage, number: SandboxConfiguration.Number) -> AcceptedMessage {
        let customer = customer(of: message.recipient)
        let key = PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: customer)
        let price = MessagePrice(
            template: message.template, isInWindow: isInWindow(key), pricing: rules.pricing,
            entryPointEnd: limits.freeEntryPoint(key, now: now))
        var record = AcceptedMessage(
            id: MessageID.make(party: customer, author: .business), number: number, message: message,
            customer: customer, acceptedAt: now, price: price)
        record.isHeld = isHeld(message, account: number.businessAccountID)
        keep(record)
        if message.type == "reaction" {
            let target = message.content["message_id"]?.text ?? ""
            change(key) { $0.react(target, with: message.content["emoji"]?.text ?? "") }
        } else {
            let shown = PhoneThread.Message(
                id: record.id, isFromCustomer: false, preview: MessagePreview(message), time: record.acceptedAt,
                progress: .pending)
            change(key) { thread in
                thread.append(shown)
                return shown
            }
        }
        return record
    }

    /// What will become of a message: by faults, by rules, by what it carries.
    private func plan(of record: AcceptedMessage) -> StatusPlan {
        var participants: [String] = []
        if case .group(let id) = record.message.recipient { participants = rules.groups[id] ?? [] }
        let plan = StatusPlan(
            fate: fate(of: record), delays: configuration.delays, faults: faults,
            isVoiceNote: record.message.isVoiceNote, participants: participants)
        return record.isHeld ? plan.delayed(by: rules.pacing?.hold ?? .zero) : plan
    }

    private func fate(of record: AcceptedMessage) -> SendFate {
        if faults.closedWindow || rules.window == .async, record.message.isFreeForm, !isInWindow(record.key) {
            return .fails(code: 131047)
        }
        if record.isHeld, rules.pacing?.releases == false { return .fails(code: 132015) }
        if let code = mediaFailure(of: record.message) { return .fails(code: code) }
        return faults.takeFate()
    }

    /// Tells the statuses of a plan, each once its time has come and its predecessor was posted.
    private func run(_ plan: StatusPlan, of record: AcceptedMessage, from first: Int, generation: Int) async {
        let start = ContinuousClock.now
        for step in plan.steps.dropFirst(first) {
            guard (try? await Task.sleep(until: start + step.offset)) != nil, generation == self.generation else {
                return
            }
            // Who holds the phone decides when to read and to listen.
            if step.status == .read || step.status == .played, feed.isOpen(record.key) { continue }
            await tell(step, of: record)
        }
    }

    /// Shows a status on the phone and tells the business.
    /// - Parameter time: Unix seconds of the event; by the plan's offset unless given.
    func tell(_ step: StatusPlan.Step, of record: AcceptedMessage, time: Int? = nil) async {
        let note = step.errorCode.map { "Failed: \(GraphError.catalogued($0).title) (\($0))" }
        change(record.key) { $0.advance(record.id, to: step.status.progress, note: note) }
        let time = time ?? record.acceptedAt + Int(step.offset.components.seconds)
        let update = WebhookUpdate(
            number: record.number, kind: .status,
            contact: step.status == .failed ? nil : contact(of: record, step: step),
            element: record.status(
                step, time: time, webhookVersion: rules.webhookVersion ?? configuration.apiVersion, mode: rules.userIDs)
        )
        _ = await courier.deliver(update, faults: faults.delivery)
    }

    /// The customer listens to a voice note: the business is told, once.
    func play(_ id: String) {
        guard let record = acceptedMessage(id), record.message.isVoiceNote else { return }
        let step = StatusPlan.Step(status: .played, offset: .zero, hasPricing: false)
        let time = now
        background.start { await self.tell(step, of: record, time: time) }
    }

    /// The `contacts` element of a status; a customer who never wrote goes by their number, or by the user id alone.
    private func contact(of record: AcceptedMessage, step: StatusPlan.Step) -> JSON? {
        if case .group = record.message.recipient, step.participant == nil { return nil }
        let ids = record.ids(step, mode: rules.userIDs)
        let key = PhoneThread.Key(
            phoneNumberID: record.number.phoneNumberID, customer: step.participant ?? record.customer)
        return ids.contact(name: threads[key]?.customerName ?? ids.phone.map { "+\($0)" } ?? ids.userID)
    }
}

extension AcceptedMessage {
    var key: PhoneThread.Key { PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: customer) }
}

extension StatusPlan.Status {
    /// What the phone shows. Failing is final there, as on a real phone nothing arrives.
    var progress: PhoneThread.Progress {
        switch self {
        case .sent: .sent
        case .delivered: .delivered
        case .read: .read
        case .played: .played
        case .failed: .failed
        }
    }
}
