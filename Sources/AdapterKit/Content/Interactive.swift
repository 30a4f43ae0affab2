extension MessageContent {
    /// A message with something to tap. Its object has the form that WhatsApp made common: `type`, `header`, `body`,
    /// `footer` and `action`.
    public struct Interactive: Sendable, Equatable, Codable {
        public enum Header: Sendable, Equatable, Codable {
            case text(String)
            case media(Media)
        }

        public var header: Header?
        public var body: String?
        public var footer: String?
        public var action: Action

        public init(header: Header? = nil, body: String?, footer: String? = nil, action: Action) {
            self.header = header
            self.body = body
            self.footer = footer
            self.action = action
        }

        init(_ reader: ObjectReader) {
            header = reader.optionalObject("header", Self.header) ?? nil
            body = reader.optionalObject("body") { $0.text("text") }
            footer = reader.optionalObject("footer") { $0.text("text") }
            let kind = reader.choice("type", Action.Kind.self)
            action = reader.object("action") { action in
                kind.map { Action($0, action) } ?? Action.unread(action)
            }
        }

        private static func header(_ reader: ObjectReader) -> Header? {
            let type = reader.text("type")
            if type == "text" { return .text(reader.text("text")) }
            if let kind = Media.Kind(rawValue: type), kind != .audio, kind != .sticker {
                return .media(reader.object(type) { Media(kind, $0) })
            }
            reader.report("type", "unknown_type", "must be one of text, image, video, document")
            return nil
        }

        var json: JSON {
            .object([
                "type": .string(action.kind.rawValue),
                "header": header.map { header in
                    switch header {
                    case .text(let text): .object(["type": "text", "text": .string(text)])
                    case .media(let media):
                        .object([.init("type", .string(media.kind.rawValue)), .init(media.kind.rawValue, media.json)])
                    }
                },
                "body": body.map { .object(["text": .string($0)]) },
                "footer": footer.map { .object(["text": .string($0)]) },
                "action": action.json,
            ])
        }
    }
}
