import FoundationEssentials

/// What WhatsApp checks of each type's content before it accepts a message.
enum MessageRules {
    static let types = [
        "AUDIO", "CONTACTS", "DOCUMENT", "IMAGE", "INTERACTIVE", "LOCATION", "REACTION", "STICKER", "TEMPLATE", "TEXT",
        "VIDEO",
    ]
    /// What can be sent to a group.
    static let groupTypes: Set<String> = ["audio", "document", "image", "sticker", "template", "text", "video"]

    /// - Throws: code 100 for what is missing or too long, 131009 for a value that cannot be.
    static func check(type: String, request: JSON) throws(GraphError) {
        guard types.contains(type.uppercased()) else {
            let list = types.joined(separator: ", ")
            throw .invalid("Param type must be one of {\(list)} - got \"\(type.prefix(32))\".")
        }
        guard let content = request[type] else { throw .missing(type) }
        guard type == "contacts" || content.members != nil else {
            throw .invalid("Param \(type) must be a JSON object.")
        }
        switch type {
        case "text":
            try text(content["body"], name: "text['body']", limit: 4096)
            try optionalFlag(content["preview_url"], name: "text['preview_url']")
        case "image", "video": try media(content, name: type, keys: ["id", "link", "caption", "provider"])
        case "document": try media(content, name: type, keys: ["id", "link", "caption", "filename", "provider"])
        case "audio":
            try media(content, name: type, keys: ["id", "link", "voice", "provider"])
            try optionalFlag(content["voice"], name: "audio['voice']")
        case "sticker": try media(content, name: type, keys: ["id", "link", "provider"])
        case "location": try location(content)
        case "contacts": try contacts(content)
        case "reaction": try reaction(content)
        case "interactive": try interactive(content)
        default: break  // A template is checked against the registry.
        }
    }

    /// A text that must be there, must not be empty, and has a longest length in characters.
    static func text(_ value: JSON?, name: String, limit: Int) throws(GraphError) {
        guard let value else { throw .missing(name) }
        guard let text = value.text else { throw .invalid("Param \(name) must be a string.") }
        guard !text.isEmpty else { throw .missing(name) }
        // Unicode scalars, not grapheme clusters: one family emoji counts as several.
        guard text.unicodeScalars.count <= limit else {
            throw .invalid("Param \(name) must be at most \(limit) characters long.")
        }
    }

    static func optionalText(_ value: JSON?, name: String, limit: Int) throws(GraphError) {
        if value != nil { try text(value, name: name, limit: limit) }
    }

    static func optionalFlag(_ value: JSON?, name: String) throws(GraphError) {
        guard value == nil || value?.flag != nil else { throw .invalid("Param \(name) must be a boolean.") }
    }

    static func link(_ value: JSON?, name: String) throws(GraphError) {
        guard let value else { throw .missing(name) }
        guard let url = value.text.flatMap({ URL(string: $0) }), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host()?.isEmpty == false, value.text?.count ?? 0 <= 2000
        else { throw .badValue("\(name) is not a valid URI.") }
    }

    /// A media object: by id or by link, with the members that its kind takes.
    static func media(_ content: JSON, name: String, keys: Set<String>) throws(GraphError) {
        switch (content["id"], content["link"]) {
        case (nil, nil): throw .missing("\(name)['id'] or \(name)['link']")
        case (.some, .some): throw .invalid("Param \(name) must have one of 'id' and 'link', not both.")
        case (let id?, nil):
            guard let id = id.text ?? id.integer.map(String.init), !id.isEmpty else {
                throw .badValue("\(name)['id'] is not a media id")
            }
        case (nil, .some): try link(content["link"], name: "\(name)['link']")
        }
        for member in content.members ?? [] where !keys.contains(member.name) && member.value != .null {
            throw .invalid("Unexpected key \"\(member.name.prefix(32))\" on param \"\(name)\".")
        }
        try optionalText(content["caption"], name: "\(name)['caption']", limit: 1024)
        try optionalText(content["filename"], name: "\(name)['filename']", limit: 240)
    }

    static func location(_ content: JSON) throws(GraphError) {
        guard let latitude = content["latitude"] else { throw .missing("location['latitude']") }
        guard let longitude = content["longitude"] else { throw .missing("location['longitude']") }
        guard let latitude = latitude.coordinate, (-90...90).contains(latitude), let longitude = longitude.coordinate,
            (-180...180).contains(longitude)
        else { throw .badValue("location is not on Earth") }
        try optionalText(content["name"], name: "location['name']", limit: 1000)
        try optionalText(content["address"], name: "location['address']", limit: 1000)
    }

    private static func contacts(_ content: JSON) throws(GraphError) {
        guard let cards = content.elements, !cards.isEmpty else { throw .missing("contacts") }
        guard cards.count <= 257 else { throw .invalid("Param contacts must have at most 257 elements.") }
        let lists = ["phones": "phone", "emails": "email", "urls": "url"]
        for (index, card) in cards.enumerated() {
            let name = "contacts[\(index)]"
            try text(card["name"]?["formatted_name"], name: "\(name)['name']['formatted_name']", limit: 1024)
            for list in lists.keys.sorted() {
                guard let member = lists[list], let entries = card[list] else { continue }
                guard let entries = entries.elements else {
                    throw .invalid("Param \(name)['\(list)'] must be an array.")
                }
                for entry in entries {
                    try text(entry[member], name: "\(name)['\(list)']['\(member)']", limit: 2000)
                }
            }
            if let birthday = card["birthday"]?.text, birthday.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) == nil {
                throw .badValue("\(name)['birthday'] is not of the form YYYY-MM-DD")
            }
        }
    }

    private static func reaction(_ content: JSON) throws(GraphError) {
        guard let id = content["message_id"]?.text else { throw .missing("reaction['message_id']") }
        guard MessageID.isWellFormed(id) else { throw .badValue("reaction['message_id'] is not a message id") }
        // An empty emoji takes the reaction back.
        guard let emoji = content["emoji"]?.text else { throw .missing("reaction['emoji']") }
        let isEmoji = emoji.count == 1 && emoji.unicodeScalars.contains { $0.properties.isEmoji && $0.value > 0x7F }
        // Key caps begin with an ASCII digit.
        guard emoji.isEmpty || isEmoji || emoji.unicodeScalars.contains("\u{20E3}") else {
            throw .badValue("reaction['emoji'] is not one emoji")
        }
    }
}
