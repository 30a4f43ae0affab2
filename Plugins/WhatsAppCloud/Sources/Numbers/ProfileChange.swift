import AdapterKit

/// What may be changed of a business profile, and how long it may be.
enum ProfileChange {
    static let texts: [(name: String, length: Int, summary: String)] = [
        ("about", 139, "The line under the name."), ("address", 256, "Postal address."),
        ("description", 512, "What the business does."), ("email", 128, "For people to write to."),
        ("vertical", 64, "Meta's word for the trade, such as RETAIL."),
        ("profile_picture_handle", 4096, "Of a picture that was handed in by Meta's Resumable Upload API."),
    ]

    static let websites = (count: 2, length: 256)

    static let parameters =
        texts.map { SettingsField($0.name, .text, summary: "\($0.summary) At most \($0.length) characters.") } + [
            SettingsField("websites", .list, summary: "Two addresses at most, of 256 characters at most.")
        ]

    /// The members that are given. An empty text empties the member.
    static func json(_ parameters: AdapterSettings) throws(ProviderFailure) -> JSON {
        var members: [JSON.Member] = []
        for (name, length, _) in texts {
            guard let text = parameters.text(name) else { continue }
            guard text.unicodeScalars.count <= length else {
                throw NumberDesk.refusal("too_long", "\(name) must have \(length) characters at most")
            }
            members.append(JSON.Member(name, .string(text)))
        }
        if parameters["websites"] != nil {
            let list = parameters.list("websites")
            guard list.count <= websites.count, list.allSatisfy({ $0.unicodeScalars.count <= websites.length }) else {
                throw NumberDesk.refusal("too_long", "websites must be 2 addresses of 256 characters at most")
            }
            members.append(JSON.Member("websites", .array(list.map { .string($0) })))
        }
        guard !members.isEmpty else {
            throw NumberDesk.refusal("nothing_to_change", "Name at least one member of the profile")
        }
        return .object([JSON.Member("messaging_product", "whatsapp")] + members)
    }
}
