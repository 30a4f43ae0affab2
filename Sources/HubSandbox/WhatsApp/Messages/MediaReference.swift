/// A file that a message carries, by id or by link.
struct MediaReference: Hashable, Sendable {
    enum Source: Hashable, Sendable {
        case id(String)
        case link(String)
    }

    let kind: MediaKind
    let source: Source

    /// The files of a message: its own, that of its header, and those of its cards.
    static func all(of type: String, content: JSON) -> [MediaReference] {
        switch type {
        case "interactive":
            let cards = content["action"]?["cards"]?.elements ?? []
            return ([content] + cards).compactMap { inObject($0["header"]) }
        case "template": return inComponents(content["components"]?.elements ?? [])
        default:
            return MediaKind(rawValue: type).flatMap { MediaReference(kind: $0, content: content) }.map { [$0] } ?? []
        }
    }

    private init?(kind: MediaKind, content: JSON?) {
        self.kind = kind
        if let id = content?["id"] {
            source = .id(id.text ?? id.integer.map(String.init) ?? "")
        } else if let link = content?["link"]?.text {
            source = .link(link)
        } else {
            return nil
        }
    }

    /// The file of a header or a header's parameter: `{"type": "image", "image": {…}}`.
    private static func inObject(_ object: JSON?) -> MediaReference? {
        guard let type = object?["type"]?.text?.lowercased(), let kind = MediaKind(rawValue: type) else { return nil }
        return MediaReference(kind: kind, content: object?[type])
    }

    private static func inComponents(_ components: [JSON]) -> [MediaReference] {
        components.flatMap { component -> [MediaReference] in
            let own = (component["parameters"]?.elements ?? []).compactMap { inObject($0) }
            let cards = component["cards"]?.elements ?? []
            return own + cards.flatMap { inComponents($0["components"]?.elements ?? []) }
        }
    }
}
