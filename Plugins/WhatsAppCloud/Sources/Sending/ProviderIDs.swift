import AdapterKit

/// Puts Meta's ids in the place of the hub's. An id of the hub means nothing to Meta, so one that has no counterpart stops
/// the message.
struct ProviderIDs {
    private let known: [String: String]

    init(_ known: [String: String]) { self.known = known }

    func message(_ id: String) throws(Unsendable) -> String {
        guard let found = known[id], !found.isEmpty else { throw .unknownMessage }
        return found
    }

    /// A message that the hub knows goes by its own id's counterpart, whatever else the caller wrote.
    func message(_ reference: MessageReference) throws(Unsendable) -> String {
        if let id = reference.id { return try message(id) }
        guard let id = reference.providerID, !id.isEmpty else { throw .unknownMessage }
        return id
    }

    func media(_ id: String) throws(Unsendable) -> String {
        guard let found = known[id], !found.isEmpty else { throw .unknownMedia }
        return found
    }

    /// The object of a picture, film, sound, file or sticker in Meta's form, without what only the hub knows of it.
    /// - Parameter isHeader: it stands over an interactive message, where it has no caption.
    func media(_ media: MessageContent.Media, isHeader: Bool = false) throws(Unsendable) -> JSON {
        var members: [JSON.Member] = []
        if let id = media.id {
            members.append(.init("id", .string(try self.media(id))))
        } else if let link = media.link {
            members.append(.init("link", .string(link)))
        } else {
            throw .unknownMedia
        }
        let hasCaption = !isHeader && media.kind != .audio && media.kind != .sticker
        if hasCaption, let caption = media.caption, !caption.isEmpty {
            members.append(.init("caption", .string(caption)))
        }
        if media.kind == .document, let filename = media.filename, !filename.isEmpty {
            members.append(.init("filename", .string(filename)))
        }
        if media.kind == .audio, media.isVoice { members.append(.init("voice", true)) }
        return .object(members)
    }

    /// Members that hold a caller's own data: what looks like media in them is none.
    private static let foreign: Set<String> = ["flow_action_payload", "flow_action_data"]

    /// The same in a provider's own objects: cards, template parameters, payment messages.
    func inside(_ json: JSON) throws(Unsendable) -> JSON {
        switch json {
        case .array(let elements):
            var replaced: [JSON] = []
            for element in elements { replaced.append(try inside(element)) }
            return .array(replaced)
        case .object(let members):
            var replaced: [JSON.Member] = []
            for member in members { replaced.append(.init(member.name, try value(of: member))) }
            return .object(replaced)
        default: return json
        }
    }

    private func value(of member: JSON.Member) throws(Unsendable) -> JSON {
        guard !Self.foreign.contains(member.name) else { return member.value }
        // A template's GIF is a film that is named otherwise.
        let kind = MessageContent.Media.Kind(rawValue: member.name == "gif" ? "video" : member.name)
        guard let kind, case .object = member.value,
            member.value["id"]?.identifier != nil || member.value["link"]?.string != nil
        else { return try inside(member.value) }
        return try media(
            MessageContent.Media(
                kind, id: member.value["id"]?.identifier, link: member.value["link"]?.string,
                filename: member.value["filename"]?.string), isHeader: true)
    }
}
