extension MessageContent {
    /// A picture, a film, a sound, a file or a sticker.
    public struct Media: Sendable, Equatable, Codable {
        public enum Kind: String, Sendable, Codable, CaseIterable {
            case image, video, audio, document, sticker
        }

        public var kind: Kind
        /// The hub's id, `med_…`, of what is kept with the tenant's media. Nil for a link, and for what came in until the
        /// store gives it one.
        public var id: String?
        /// An address that the provider fetches it from itself; outbound only.
        public var link: String?
        /// Such as `audio/ogg; codecs=opus`, as the provider says.
        public var mimeType: String?
        public var caption: String?
        /// What the sender called it: somebody else's text, never a path.
        public var filename: String?
        /// A sound that was recorded in the chat.
        public var isVoice: Bool
        /// A sticker that moves.
        public var isAnimated: Bool

        public init(
            _ kind: Kind, id: String? = nil, link: String? = nil, mimeType: String? = nil, caption: String? = nil,
            filename: String? = nil, isVoice: Bool = false, isAnimated: Bool = false
        ) {
            self.kind = kind
            self.id = id
            self.link = link
            self.mimeType = mimeType
            self.caption = caption
            self.filename = filename
            self.isVoice = isVoice
            self.isAnimated = isAnimated
        }

        init(_ kind: Kind, _ reader: ObjectReader) {
            self.init(
                kind, id: reader.optionalText("id", 1...64), link: reader.optionalText("link", 1...2048),
                mimeType: reader.optionalText("mime_type"), caption: reader.optionalText("caption"),
                filename: reader.optionalText("filename"), isVoice: reader.flag("voice"),
                isAnimated: reader.flag("animated"))
            if (id == nil) == (link == nil) {
                reader.report("", "id_or_link", "must have either id, of media that was uploaded, or link")
            }
        }

        var json: JSON {
            .object([
                "id": id.map { .string($0) }, "link": link.map { .string($0) },
                "mime_type": mimeType.map { .string($0) }, "caption": caption.map { .string($0) },
                "filename": filename.map { .string($0) }, "voice": isVoice ? true : nil,
                "animated": isAnimated ? true : nil,
            ])
        }
    }

    /// Names the hub's id of the media that came with it; content without media stays as it is.
    public mutating func attach(media id: String) {
        switch self {
        case .media(var media):
            media.id = id
            self = .media(media)
        case .edit(var edit):
            guard let content = edit.content, Media.Kind(rawValue: edit.type) != nil else { return }
            edit.content = .object([.init("id", .string(id))] + content.members.filter { $0.name != "id" })
            self = .edit(edit)
        default: break
        }
    }

    /// The kind of media that came with it.
    public var mediaKind: Media.Kind? {
        switch self {
        case .media(let media): media.kind
        case .edit(let edit): Media.Kind(rawValue: edit.type)
        default: nil
        }
    }

    /// The hub's ids of all media in it, also in headers, cards and template parameters, each once.
    public var mediaIDs: [String] {
        guard let json else { return [] }
        var found: [String] = []
        if case .media(let media) = self {
            if let id = media.id { found.append(id) }
        } else {
            Self.collectMedia(in: json, &found)
        }
        return found
    }

    private static func collectMedia(in json: JSON, _ found: inout [String]) {
        switch json {
        case .array(let elements):
            for element in elements { collectMedia(in: element, &found) }
        case .object(let members):
            // What a flow gets is the caller's own, whatever it looks like.
            for member in members where !["flow_action_payload", "flow_action_data"].contains(member.name) {
                let isMedia = Media.Kind(rawValue: member.name) != nil || member.name == "gif"
                if isMedia, let id = member.value["id"]?.string, !found.contains(id) {
                    found.append(id)
                }
                collectMedia(in: member.value, &found)
            }
        default: break
        }
    }
}
