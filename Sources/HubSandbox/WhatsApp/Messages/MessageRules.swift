import FoundationEssentials

/// What WhatsApp checks of each type's content before it accepts a message.
enum MessageRules {
    static let types = [
        "AUDIO", "CONTACTS", "DOCUMENT", "IMAGE", "INTERACTIVE", "LOCATION", "REACTION", "STICKER", "TEMPLATE", "TEXT",
        "VIDEO",
    ]

    /// - Throws: code 100 for what is missing or too long, 131009 for a value that cannot be.
    static func check(type: String, request: JSON) throws(GraphError) {
        guard types.contains(type.uppercased()) else {
            let list = types.joined(separator: ", ")
            throw .invalid("Param type must be one of {\(list)} - got \"\(type.prefix(32))\".")
        }
        guard let content = request[type] else { throw .missing(type) }
        switch type {
        case "text": try text(content["body"], name: "text['body']", limit: 4096)
        case "image", "video", "document": try media(content, type: type, takesCaption: true)
        case "audio", "sticker": try media(content, type: type, takesCaption: false)
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

    private static func media(_ content: JSON, type: String, takesCaption: Bool) throws(GraphError) {
        switch (content["id"], content["link"]) {
        case (nil, nil): throw .missing("\(type)['id'] or \(type)['link']")
        case (.some, .some): throw .invalid("Param \(type) must have one of 'id' and 'link', not both.")
        case (let id?, nil):
            guard let id = id.text ?? id.integer.map(String.init), !id.isEmpty else {
                throw .badValue("\(type)['id'] is not a media id")
            }
        case (nil, let link?):
            guard let url = link.text.flatMap({ URL(string: $0) }),
                ["http", "https"].contains(url.scheme?.lowercased()),
                url.host()?.isEmpty == false
            else { throw .badValue("\(type)['link'] is not a valid URI.") }
        }
        if content["caption"] != nil, !takesCaption {
            throw .invalid("Unexpected key \"caption\" on param \"\(type)\".")
        }
        try optionalText(content["caption"], name: "\(type)['caption']", limit: 1024)
    }

    private static func location(_ content: JSON) throws(GraphError) {
        guard let latitude = content["latitude"] else { throw .missing("location['latitude']") }
        guard let longitude = content["longitude"] else { throw .missing("location['longitude']") }
        guard let latitude = latitude.coordinate, (-90...90).contains(latitude), let longitude = longitude.coordinate,
            (-180...180).contains(longitude)
        else { throw .badValue("location is not on Earth") }
    }

    private static func contacts(_ content: JSON) throws(GraphError) {
        guard let cards = content.elements, !cards.isEmpty else { throw .missing("contacts") }
        guard cards.count <= 257 else { throw .invalid("Param contacts must have at most 257 elements.") }
        for (index, card) in cards.enumerated() {
            try text(card["name"]?["formatted_name"], name: "contacts[\(index)]['name']['formatted_name']", limit: 1024)
        }
    }

    private static func reaction(_ content: JSON) throws(GraphError) {
        guard let id = content["message_id"]?.text else { throw .missing("reaction['message_id']") }
        guard MessageID.isWellFormed(id) else { throw .badValue("reaction['message_id'] is not a message id") }
        // An empty emoji takes the reaction back.
        guard content["emoji"]?.text != nil else { throw .missing("reaction['emoji']") }
    }
}
