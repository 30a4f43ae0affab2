public import AdapterKit
public import HubStore

/// Everything that is wrong with a request.
public struct RequestProblems: Error, Sendable, Equatable {
    public var problems: [RequestProblem]
}

/// `POST /api/v1/messages`: `{channel, to, type, <type>: {...}, reply_to?}`.
public enum SendRequest {
    /// Checks a request, with the rules of the channel that it names.
    /// - Throws: All that is wrong with it at once.
    public static func read(
        _ body: JSON, idempotencyKey: String, raw: [UInt8], tenant: Tenant
    ) throws(RequestProblems) -> NewMessage {
        var content: MessageContent?
        var (message, problems) = ObjectReader.read(body) { reader in
            let channel = reader.text("channel", 1...40)
            let desk = tenant.desk(channel)
            if !channel.isEmpty, desk == nil {
                reader.report("channel", "unknown_channel", "is no channel of this tenant")
            }
            let recipient = recipient(reader)
            content = self.content(reader, sends: desk?.manifest.sends ?? MessageContent.sendableTypes)
            let repliesTo = reader.optionalText("reply_to", 1...64)
            return NewMessage(
                channel: channel, recipient: recipient, content: content ?? .text(.init(body: "")),
                repliesTo: repliesTo, idempotencyKey: idempotencyKey, request: raw)
        }
        // Rules are for what has a form: an object that is wrong already would only break them again.
        if let content, !problems.contains(where: { $0.pointer.hasPrefix("/\(content.type)") }),
            let rules = tenant.desk(message.channel)?.adapter as? any ContentRules
        {
            problems += rules.problems(of: content)
        }
        guard problems.isEmpty else { throw RequestProblems(problems: problems) }
        return message
    }

    private static func recipient(_ reader: ObjectReader) -> NewMessage.Recipient {
        let text = reader.text("to", 1...200)
        if text.hasPrefix("ctc_") { return .contact(text) }
        let digits = text.utf8.dropFirst()
        let isE164 =
            text.hasPrefix("+") && (7...15).contains(digits.count) && digits.first != UInt8(ascii: "0")
            && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        if !isE164, reader.has("to"), !text.isEmpty {
            reader.report(
                "to", "not_e164", "must be a phone number as +E164, such as +16505551234, or a contact's id")
        }
        return .phone(text)
    }

    private static func content(_ reader: ObjectReader, sends: [String]) -> MessageContent? {
        let type = reader.text("type", 1...40)
        guard sends.contains(type) else {
            _ = reader.json(type)
            if !type.isEmpty {
                reader.report("type", "unknown_type", "must be one of \(sends.joined(separator: ", "))")
            }
            return nil
        }
        return MessageContent.sendable(type: type, from: reader)
    }
}
