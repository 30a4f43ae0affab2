/// What a bubble on the phone page holds, as data that the page only has to draw.
///
/// A card has any of `header` (`text`, `media` or `location`), `media`, `location`, `contacts`, `text`, `footer`,
/// `facts` (name and value), `buttons` (each with its `kind`), `cards` (a carousel), `notice` (a line without a bubble).
enum MessageCard {
    /// - Parameters:
    ///   - content: the member named after the type.
    ///   - message: the whole `messages` element, of a customer's message.
    static func make(type: String, content: JSON, message: JSON = .null) -> JSON {
        if let errors = message["errors"]?.elements, !errors.isEmpty { return refused(type, message, errors) }
        switch type {
        case "text": return ["text": content["body"] ?? ""]
        case "image", "video", "audio", "document", "sticker":
            return ["media": media(content, kind: type), "text": content["caption"]]
        case "location": return ["location": location(content)]
        case "contacts": return ["contacts": .array((content.elements ?? []).map { contact($0) })]
        case "interactive": return interactive(content)
        case "button": return ["text": content["text"] ?? ""]
        case "order": return order(content)
        case "system": return ["notice": content["body"] ?? "Something changed"]
        case "request_welcome": return ["notice": "Opened the chat for the first time"]
        default: return ["text": JSON("(\(type))")]
        }
    }

    /// A media object: its file by the sandbox's own address, or the link that it was sent by.
    static func media(_ content: JSON, kind: String) -> JSON {
        let id = content["id"]?.text ?? content["id"]?.integer.map(String.init)
        return [
            "kind": JSON(kind), "url": id.flatMap { address(ofFile: $0) }, "link": content["link"],
            "filename": content["filename"], "voice": content["voice"],
        ]
    }

    static func location(_ content: JSON) -> JSON {
        [
            "latitude": content["latitude"], "longitude": content["longitude"], "name": content["name"],
            "address": content["address"],
        ]
    }

    /// The parts of a contact card that a person reads.
    static func contact(_ content: JSON) -> JSON {
        let phones = (content["phones"]?.elements ?? []).compactMap { $0["phone"] ?? $0["wa_id"] }
        let emails = (content["emails"]?.elements ?? []).compactMap { $0["email"] }
        let work = [content["org"]?["title"]?.text, content["org"]?["company"]?.text].compactMap { $0 }
        return [
            "name": content["name"]?["formatted_name"] ?? phones.first ?? "Contact", "phones": .array(phones),
            "emails": .array(emails), "work": work.isEmpty ? nil : JSON(work.joined(separator: ", ")),
        ]
    }

    static func fact(_ name: String, _ value: JSON) -> JSON {
        ["name": JSON(name), "value": JSON(value.text ?? String(decoding: value.bytes, as: UTF8.self))]
    }

    /// Where the page gets a file; nil for an id that no file can have.
    private static func address(ofFile id: String) -> JSON? {
        guard id.utf8.count <= 100, id.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil else { return nil }
        return JSON("/phone/media/\(id)")
    }

    private static func order(_ content: JSON) -> JSON {
        let items = (content["product_items"]?.elements ?? []).map { item -> JSON in
            let count = item["quantity"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? "1"
            let price = item["item_price"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
            return fact(
                "\(count) × \(item["product_retailer_id"]?.text ?? "?")",
                JSON("\(price) \(item["currency"]?.text ?? "")"))
        }
        let text = content["text"]?.text
        return ["text": text?.isEmpty == false ? content["text"] : nil, "facts": .array(items)]
    }

    private static func refused(_ type: String, _ message: JSON, _ errors: [JSON]) -> JSON {
        let kind = message["unsupported"]?["type"]?.text ?? type
        let reason = errors.first?["title"]?.text ?? "not passed on"
        return ["text": JSON("(\(kind))"), "footer": JSON("WhatsApp does not pass this on: \(reason)")]
    }
}
