import FoundationEssentials

/// What customers see of a business: `/{phone_number_id}/whatsapp_business_profile`.
struct BusinessProfile: Hashable, Sendable {
    static let verticals: Set<String> = [
        "UNDEFINED", "OTHER", "AUTO", "BEAUTY", "APPAREL", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GROCERY",
        "GOVT", "HOTEL", "HEALTH", "NONPROFIT", "PROF_SERVICES", "RETAIL", "TRAVEL", "RESTAURANT", "ALCOHOL",
        "ONLINE_GAMBLING", "PHYSICAL_GAMBLING", "OTC_DRUGS", "MATRIMONY_SERVICE",
    ]
    /// The texts with their longest lengths in characters; Meta's pages give 512 and 256 for `description`.
    static let limits = [("about", 139), ("address", 256), ("description", 512), ("email", 128)]

    var texts: [String: String] = ["about": "Hey there! I am using WhatsApp."]
    var websites: [String] = []
    var vertical = "OTHER"
    /// The handle of the picture that was set last.
    var pictureHandle: String?

    /// Changes what a call names; an empty text takes one away, except `about`.
    mutating func update(_ body: JSON) throws(GraphError) {
        let known = Set(Self.limits.map(\.0)).union([
            "messaging_product", "websites", "vertical", "profile_picture_handle", "access_token", "appsecret_proof",
        ])
        for member in body.members ?? [] where !known.contains(member.name) {
            throw .invalid("Unexpected key \"\(member.name.prefix(40))\".")
        }
        var changed = self
        for (name, limit) in Self.limits {
            guard let value = body[name] else { continue }
            guard let text = value.text else { throw .invalid("Param \(name) must be a string.") }
            try changed.set(name, text, limit: limit)
        }
        if let value = body["websites"] { changed.websites = try Self.websites(value) }
        if let value = body["vertical"] {
            guard let text = value.text?.uppercased(), Self.verticals.contains(text) else {
                throw .invalid("Param vertical must be one of {\(Self.verticals.sorted().joined(separator: ", "))}.")
            }
            changed.vertical = text
        }
        if let value = body["profile_picture_handle"] {
            guard let handle = value.text, !handle.isEmpty else {
                throw .invalid("Param profile_picture_handle must be the handle of an upload.")
            }
            changed.pictureHandle = handle
        }
        self = changed
    }

    private mutating func set(_ name: String, _ text: String, limit: Int) throws(GraphError) {
        guard text.unicodeScalars.count <= limit else {
            throw .invalid("Param \(name) must be at most \(limit) characters long.")
        }
        if name == "about", text.isEmpty { throw .invalid("Param about must not be empty.") }
        if name == "email", !text.isEmpty, text.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s]+/) == nil {
            throw .invalid("Param email must be an e-mail address.")
        }
        texts[name] = text.isEmpty ? nil : text
    }

    private static func websites(_ value: JSON) throws(GraphError) -> [String] {
        guard let items = value.elements, items.count <= 2 else {
            throw .invalid("Param websites must be a list of at most 2 addresses.")
        }
        var websites: [String] = []
        for item in items {
            guard let text = item.text, text.unicodeScalars.count <= 256,
                let url = URL(string: text), ["http", "https"].contains(url.scheme?.lowercased()),
                url.host()?.isEmpty == false
            else { throw .invalid("Param websites must hold http or https addresses of at most 256 characters.") }
            websites.append(text)
        }
        return websites
    }

    /// The profile as it is read.
    func json(pictureURL: String) -> JSON {
        [
            "about": texts["about"].map { JSON($0) }, "address": texts["address"].map { JSON($0) },
            "description": texts["description"].map { JSON($0) }, "email": texts["email"].map { JSON($0) },
            "profile_picture_url": pictureHandle.map { _ in JSON(pictureURL) },
            "websites": websites.isEmpty ? nil : .array(websites.map { JSON($0) }),
            "vertical": JSON(vertical), "messaging_product": "whatsapp",
        ]
    }
}
