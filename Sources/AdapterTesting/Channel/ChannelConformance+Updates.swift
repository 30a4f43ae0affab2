import AdapterKit

extension ChannelConformance {
    /// The form of what a genuine webhook gave.
    func checkUpdates(of receipt: WebhookReceipt, _ name: String, _ report: inout ConformanceReport) {
        for update in receipt.batches.flatMap(\.updates) {
            for identity in update.identities {
                report.expect(
                    Self.isWellFormed(identity), .identities, "'\(name)' gives a malformed \(identity.kind.rawValue)")
            }
            guard case .message(let message) = update, let media = message.media else { continue }
            report.expect(
                message.content.isMedia, .mediaReferences, "'\(name)' has media to fetch for a \(message.content.type)")
            report.expect(!media.providerID.isEmpty, .mediaReferences, "'\(name)' has media without an id")
            report.expect(
                media.expiresAt > FixedClock().now, .mediaReferences, "'\(name)' has media that nobody has any more")
            report.expect(
                media.sha256.map { $0.count == 32 } ?? true, .mediaReferences, "'\(name)' has a hash of another length")
        }
        checkTimes(of: receipt, name, &report)
    }

    /// Also what means nothing has to be of a moment that can be shown and stored.
    func checkTimes(of receipt: WebhookReceipt, _ name: String, _ report: inout ConformanceReport) {
        let range = Timestamp(seconds: 0)...Timestamp(seconds: .max)
        for update in receipt.batches.flatMap(\.updates) {
            report.expect(
                update.time.map(range.contains) ?? true, .times, "'\(name)' gives a moment that no calendar shows")
        }
    }

    private static func isWellFormed(_ identity: ContactIdentity) -> Bool {
        let value = identity.value
        switch identity.kind {
        case .phone:
            return value.hasPrefix("+") && (1...15).contains(value.utf8.count - 1)
                && value.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
        case .whatsappUserID, .whatsappParentUserID, .whatsappGroup:
            return (1...256).contains(value.utf8.count) && !value.contains { $0.isWhitespace || $0.isNewline }
        }
    }
}

extension InboundUpdate {
    fileprivate var identities: [ContactIdentity] {
        switch self {
        case .message(let message): message.sender + [message.group].compactMap(\.self)
        case .status(let status): status.recipient
        case .contact(let contact): contact.identities + contact.added + contact.retired
        case .consent(let consent): consent.person
        case .template, .alert, .limits, .notice: []
        }
    }

    /// Nil for what has none.
    fileprivate var time: Timestamp? {
        switch self {
        case .message(let message): message.sentAt
        case .status(let status): status.occurredAt
        case .contact(let contact): contact.occurredAt
        case .consent(let consent): consent.occurredAt
        case .template(let template): template.occurredAt
        case .alert(let alert): alert.occurredAt
        case .limits: nil
        case .notice(let notice): notice.occurredAt
        }
    }
}

extension MessageContent {
    /// Whether it is media, also when it takes the place of another message.
    fileprivate var isMedia: Bool {
        switch self {
        case .media: true
        case .edit(let edit): Media.Kind(rawValue: edit.type) != nil
        default: false
        }
    }
}
