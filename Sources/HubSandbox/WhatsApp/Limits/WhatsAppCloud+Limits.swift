/// What the platform checks of a send beside its form: limits, the window, files, and pacing.
extension WhatsAppCloud {
    /// Seconds after a customer's message in which a business may write what it likes.
    private static let windowTime = 86_400

    /// Checks a send against its form and all rules that hold.
    /// - Throws: 130429 over the messages a second, 131009 for an unknown file, 130403 for a blocked person, 131047 outside
    ///   the window where that is told at once, 131056 over the pair rate, and the code of the messaging limit.
    func admit(
        _ request: JSON, from number: SandboxConfiguration.Number
    ) throws(GraphError) -> OutgoingMessage {
        if let error = limits.admit(number.phoneNumberID, rules: rules, now: clock.milliseconds) { throw error }
        let message = try OutgoingMessage(
            checking: request, number: number, templates: templates, groups: Set(rules.groups.keys))
        for file in message.media {
            guard case .id(let id) = file.source else { continue }
            let owner = mediaItem(id).flatMap { self.number($0.phoneNumberID) }
            guard owner?.businessAccountID == number.businessAccountID else {
                throw .badValue(
                    "Param \(file.kind.rawValue)['id'] is not a valid whatsapp business account media attachment ID")
            }
        }
        if case .group = message.recipient { return message }
        let key = PhoneThread.Key(
            phoneNumberID: number.phoneNumberID, customer: customer(of: message.recipient))
        if isBlocked(key.customer, by: number) { throw .catalogued(130403) }
        let isInWindow = isInWindow(key)
        if rules.window == .sync, message.isFreeForm, !isInWindow { throw .catalogued(131047) }
        if let error = limits.admit(key, isInWindow: isInWindow, rules: rules, now: clock.milliseconds) { throw error }
        return message
    }

    /// Whether the customer wrote to the number within 24 hours.
    func isInWindow(_ key: PhoneThread.Key) -> Bool {
        threads[key]?.lastInbound.map { now - $0 <= Self.windowTime } ?? false
    }

    /// The thread's party behind a recipient.
    func customer(of recipient: Recipient) -> String {
        switch recipient {
        case .phone(let digits): digits
        case .user(let id): customersByUserID[id] ?? id
        case .group(let id): id
        }
    }

    /// Counts a customer's message, and notes an advertisement that brought it.
    func noteInbound(_ message: InboundMessage, key: PhoneThread.Key) {
        limits.noteInbound(message.number.phoneNumberID, rules: rules, now: clock.milliseconds)
        if message.content["referral"] != nil { limits.noteReferral(key, now: now) }
    }

    /// Whether a send of a marketing template is held back: so many went out already that its quality must show first.
    func isHeld(_ message: OutgoingMessage, account: String) -> Bool {
        guard let pacing = rules.pacing, let template = message.template, template.category == "MARKETING" else {
            return false
        }
        let sends = templates.noteSend(of: template.id, account: account)
        return sends > pacing.after
    }

    /// The code with which a message fails because of a file: it cannot be fetched, or is not what it is sent as.
    func mediaFailure(of message: OutgoingMessage) -> Int? {
        for file in message.media {
            switch file.source {
            case .link:
                if let code = faults.takeLinkFailure() { return code }
            case .id(let id):
                if let kind = mediaItem(id)?.kind, kind != file.kind { return 131053 }
            }
        }
        return nil
    }
}
