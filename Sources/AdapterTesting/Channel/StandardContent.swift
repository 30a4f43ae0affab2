import AdapterKit

/// One message of each type that a business sends, right by every provider's rules that we know.
enum StandardContent {
    /// The hub's ids in the contents, and the provider's.
    static let providerIDs = ["med_conformance": "7342001", "msg_conformance": "provider-message-7342"]

    static func json(of type: String) -> JSON? {
        switch type {
        case "text": ["body": "Your parcel 7342 is on its way"]
        case "image", "video", "audio", "document", "sticker": ["id": "med_conformance"]
        case "location": ["latitude": .number("48.4011"), "longitude": .number("9.9876"), "name": "The shop in Ulm"]
        case "contacts":
            [
                [
                    "name": ["formatted_name": "Wilhelmina Sample", "first_name": "Wilhelmina"],
                    "phones": [["phone": "+16505557342", "type": "WORK"]],
                ]
            ]
        case "reaction": ["message_id": "msg_conformance", "emoji": "👍"]
        case "interactive":
            [
                "type": "button", "body": ["text": "Shall we send parcel 7342 today?"],
                "action": [
                    "buttons": [
                        ["type": "reply", "reply": ["id": "yes", "title": "Yes"]],
                        ["type": "reply", "reply": ["id": "no", "title": "No"]],
                    ]
                ],
            ]
        case "template": ["name": "parcel_sent", "language": "en_US"]
        default: nil
        }
    }

    static func content(of type: String) -> MessageContent? {
        json(of: type).map { MessageContent(type: type, json: $0) }
    }

    /// The standard message with one value after the other replaced by something else, as far as the hub itself reads it.
    static func strangers(of type: String) -> [MessageContent] {
        guard let json = json(of: type) else { return [] }
        return HostileBody.variants(of: json.encoded).compactMap { variant in
            guard let changed = try? JSON.parse(variant.bytes) else { return nil }
            let whole = JSON.object([.init(type, changed)])
            return ObjectReader.read(whole) { MessageContent.sendable(type: type, from: $0) }.value
        } + oversized(type)
    }

    /// Texts and lists that no provider takes.
    private static func oversized(_ type: String) -> [MessageContent] {
        guard let json = json(of: type) else { return [] }
        let long = String(repeating: "\(HostileBody.marker) ", count: 6000)
        return [
            json.changed(strings: { _ in long }),
            json.changed(lists: { Array(repeating: $0, count: 300).flatMap(\.self) }),
        ]
        .map { MessageContent(type: type, json: $0) }
    }
}

extension JSON {
    fileprivate func changed(
        strings: (String) -> String = { $0 }, lists: ([JSON]) -> [JSON] = { $0 }
    ) -> JSON {
        switch self {
        case .string(let text): .string(strings(text))
        case .array(let elements): .array(lists(elements.map { $0.changed(strings: strings, lists: lists) }))
        case .object(let members):
            .object(members.map { Member($0.name, $0.value.changed(strings: strings, lists: lists)) })
        default: self
        }
    }
}
