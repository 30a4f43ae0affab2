/// A message that a customer writes, by a control call or on the phone page.
struct InboundMessage: Sendable {
    let number: SandboxConfiguration.Number
    let sender: Sender
    /// The `messages` element without author, id and timestamp; a media object in it may still lack its file.
    var content: JSON
    /// The file that belongs into the media object.
    let attachment: Attachment?
    let context: InboundContext
    /// Members to leave out: `from`, `wa_id`, `from_user_id`, `user_id`, `name`, and `url` of a file.
    let omitted: Set<String>

    /// Reads one of `text`, `message` (any object with a `type`), `type` (with a file), or an example.
    /// - Parameters:
    ///   - mode: how customers are shown unless the call says otherwise.
    ///   - example: what `example` names.
    /// - Throws: ``ControlError`` when the sender is no number or there is nothing to say.
    init(
        _ json: JSON, number: SandboxConfiguration.Number, mode: CustomerIDs.Mode = .noUsername,
        example: InboundExample.Made? = nil
    ) throws(ControlError) {
        sender = try Sender(json, number: number, mode: mode)
        context = try InboundContext(json)
        (content, attachment) = try Self.content(json, example: example)
        self.number = number
        omitted = Set((json["omit"]?.elements ?? []).compactMap(\.text))
    }

    /// The customer's digits.
    var customer: String { sender.digits }
    var name: String? { sender.name }
    var userID: String { sender.ids.userID }
    var type: String { content["type"]?.text ?? "text" }

    /// The digits that a customer says they have from now on.
    var newNumber: String? {
        guard type == "system", let system = content["system"], let new = system["wa_id"] ?? system["new_wa_id"],
            case .phone(let digits)? = Recipient.phone(from: "+" + (new.text ?? ""), businessDigits: "")
        else { return nil }
        return digits
    }

    /// What the phone page shows.
    var preview: MessagePreview { MessagePreview(inbound: content) }

    /// The element of `contacts`; system messages come without.
    var contact: JSON? {
        guard type != "system" else { return nil }
        let contact = sender.contact.without(omitted)
        return omitted.contains("name") ? contact.without(["profile"]) : contact
    }

    /// Errors that stand beside the message in `value.errors`: of an interactive answer whose body Meta could not read.
    var siblingErrors: [JSON] {
        type == "interactive" && content["interactive"] == nil ? content["errors"]?.elements ?? [] : []
    }

    /// The `messages` element; members of the given content win over made ones.
    func element(id: String, time: Int) -> JSON {
        let made = sender.members.members ?? []
        let stamp: JSON = ["id": JSON(id), "timestamp": JSON(String(time))]
        let given = (siblingErrors.isEmpty ? content : content.without(["errors"])).members ?? []
        let kept = JSON.object(made + (stamp.members ?? [])).without(Set(given.map(\.name))).without(omitted)
        return .object((kept.members ?? []) + given)
    }

    /// The message with its file and what it quotes put in.
    /// - Parameters:
    ///   - file: the members of the stored file.
    ///   - quotesCustomer: whether the quoted message is the customer's own.
    func completed(file: [JSON.Member], isAnimated: Bool, quotesCustomer: Bool) -> InboundMessage {
        var message = self
        if let attachment {
            var members = file.filter { !omitted.contains($0.name) }
            let given = content[attachment.type]?.members ?? []
            members += given.filter { member in !members.contains { $0.name == member.name } }
            if attachment.type == "sticker", content["sticker"]?["animated"] == nil {
                members.append(.init(name: "animated", value: .bool(isAnimated)))
            }
            message.content = content.with([.init(name: attachment.type, value: .object(members))])
        }
        let author = quotesCustomer ? sender.ids.phone : number.digits
        let around = context.members(author: author).members ?? []
        message.content = message.content.with(around)
        return message
    }

    private static func content(
        _ json: JSON, example: InboundExample.Made?
    ) throws(ControlError) -> (JSON, Attachment?) {
        if let example { return (example.content, example.sample.map { Attachment($0) }) }
        if let message = json["message"] {
            guard message.members != nil, message["type"]?.text != nil else {
                throw ControlError("'message' must be an object with a 'type'")
            }
            return (message, nil)
        }
        if let type = json["type"]?.text, type != "text" {
            let isVoice = type == "voice"
            let kind = isVoice ? "audio" : type
            guard Attachment.types.contains(kind) else {
                throw ControlError("'type' takes image, video, audio, voice, document or sticker; else give 'message'")
            }
            let attachment = try Attachment(json, type: kind)
            let voice: JSON? = kind == "audio" ? .bool(isVoice || json["voice"]?.flag == true) : nil
            let media: JSON = [
                "caption": kind == "audio" || kind == "sticker" ? nil : json["caption"],
                "filename": kind == "document" ? JSON(filename(attachment)) : nil, "voice": voice,
            ]
            return (.object([.init(name: "type", value: JSON(kind)), .init(name: kind, value: media)]), attachment)
        }
        guard let text = json["text"]?.text, !text.isEmpty else {
            throw ControlError("'text' or 'message' is missing")
        }
        guard text.utf8.count <= 65_536 else { throw ControlError("'text' is longer than 65,536 bytes") }
        return (["type": "text", "text": ["body": JSON(text)]], nil)
    }

    private static func filename(_ attachment: Attachment) -> String {
        if let name = attachment.filename { return name }
        if case .sample(let sample) = attachment.source, let name = sample.filename { return name }
        return "document"
    }
}

extension JSON {
    /// The object with these members in place of those of the same names.
    func with(_ added: [Member]) -> JSON {
        .object((without(Set(added.map(\.name))).members ?? []) + added)
    }
}
