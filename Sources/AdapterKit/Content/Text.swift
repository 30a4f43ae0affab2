extension MessageContent {
    public struct Text: Sendable, Equatable, Codable {
        public var body: String
        /// Whether the receiving app may show a preview of the first link.
        public var previewURL: Bool

        public init(body: String, previewURL: Bool = false) {
            self.body = body
            self.previewURL = previewURL
        }

        init(_ reader: ObjectReader) {
            self.init(body: reader.text("body"), previewURL: reader.flag("preview_url"))
        }

        var json: JSON { .object(["body": .string(body), "preview_url": previewURL ? true : nil]) }
    }

    /// A message text that the provider approved beforehand.
    public struct Template: Sendable, Equatable, Codable {
        public var name: String
        /// Such as `en_US`.
        public var language: String
        /// The values for the template's placeholders, in the provider's form: a list of objects. Media in it have the
        /// hub's ids, as ``Media`` has.
        public var components: [JSON]

        public init(name: String, language: String, components: [JSON] = []) {
            self.name = name
            self.language = language
            self.components = components
        }

        init(_ reader: ObjectReader) {
            name = reader.text("name", 1...512)
            language = reader.text("language", 2...15)
            let given = reader.json("components")
            components = given?.elements ?? []
            if given != nil, given != .array(components) || components.count > 32 {
                reader.report("components", "wrong_type", "must be a list of at most 32 objects")
            }
            for (index, element) in components.enumerated() where element.isNoObject {
                reader.report("components", at: index, "wrong_type", "must be an object")
            }
        }

        var json: JSON {
            .object([
                "name": .string(name), "language": .string(language),
                "components": components.isEmpty ? nil : .array(components),
            ])
        }
    }
}

extension JSON {
    fileprivate var isNoObject: Bool {
        if case .object = self { false } else { true }
    }
}
