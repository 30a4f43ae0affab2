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
    /// - Throws: ``GraphError`` when a fault says so or the body does not pass.
    func send(_ request: JSON, from number: SandboxConfiguration.Number) async throws(GraphError) -> SendAnswer {
        if faults.deadTokens.contains(number.phoneNumberID) { throw .deadToken }
        if request["status"] != nil { return .json(try markRead(request, number: number)) }
        if let refusal = faults.takeRefusal() { throw refusal }
        let message = try OutgoingMessage(checking: request, number: number)
        let record = accept(message, number: number)
        let plan = StatusPlan(fate: fate(of: record), delays: configuration.delays, faults: faults)
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
        let customer =
            switch message.recipient {
            case .phone(let digits): digits
            case .user(let id): customersByUserID[id] ?? id
            }
        let record = AcceptedMessage(
            id: MessageID.make(party: customer, author: .business), number: number, message: message,
            customer: customer,
            acceptedAt: Self.now)
        keep(record)
        let key = PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: customer)
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

    private func fate(of record: AcceptedMessage) -> SendFate {
        if faults.closedWindow, record.message.isFreeForm {
            let lastInbound = threads[record.key]?.lastInbound
            if lastInbound.map({ record.acceptedAt - $0 > 86_400 }) ?? true { return .fails(code: 131047) }
        }
        return faults.takeFate()
    }

    /// Tells the statuses of a plan, each once its time has come and its predecessor was posted.
    private func run(_ plan: StatusPlan, of record: AcceptedMessage, from first: Int, generation: Int) async {
        let start = ContinuousClock.now
        for step in plan.steps.dropFirst(first) {
            guard (try? await Task.sleep(until: start + step.offset)) != nil, generation == self.generation else {
                return
            }
            // Who holds the phone decides when to read.
            if step.status == .read, feed.isOpen(record.key) { continue }
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
            number: record.number, kind: .status, contact: step.status == .failed ? nil : contact(of: record),
            element: record.status(step, time: time, webhookVersion: configuration.apiVersion))
        _ = await courier.deliver(update, faults: faults.delivery)
    }

    /// The `contacts` element of a status; a customer who never wrote goes by their number, or by the user id alone.
    private func contact(of record: AcceptedMessage) -> JSON {
        var number: String? = record.customer
        var userID = Recipient.userID(ofCustomer: record.customer, businessAccountID: record.number.businessAccountID)
        if case .user(let id) = record.message.recipient {
            if record.customer == id { number = nil }
            userID = id
        }
        let name = threads[record.key]?.customerName ?? number.map { "+\($0)" } ?? userID
        return ["profile": ["name": JSON(name)], "wa_id": number.map { JSON($0) }, "user_id": JSON(userID)]
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
        case .failed: .failed
        }
    }
}
