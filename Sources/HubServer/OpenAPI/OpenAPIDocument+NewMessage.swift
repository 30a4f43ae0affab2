extension OpenAPIDocument {
    /// The types that can be sent, each with the schema of its object.
    static let sendable: KeyValuePairs<String, String> = [
        "text": "TextContent", "image": "MediaContent", "video": "MediaContent", "audio": "MediaContent",
        "document": "MediaContent", "sticker": "MediaContent", "location": "Location", "contacts": "ContactCards",
        "reaction": "Reaction", "interactive": "Interactive", "template": "TemplateContent",
    ]

    private static func name(_ type: String) -> String { "New\(type.prefix(1).uppercased())\(type.dropFirst())" }

    /// One schema for each type, as a discriminator needs.
    static let newMessageSchemas: String = {
        let variants = sendable.map { type, schema in
            #"""
            "\#(name(type))": {
              "type": "object", "additionalProperties": false, "required": ["channel", "to", "type", "\#(type)"],
              "properties": {
                "channel": {"$ref": "#/components/schemas/ChannelName"},
                "to": {"$ref": "#/components/schemas/Recipient"},
                "type": {"const": "\#(type)"},
                "\#(type)": {"$ref": "#/components/schemas/\#(schema)", "unevaluatedProperties": false},
                "reply_to": {"$ref": "#/components/schemas/ReplyTo"}
              }
            }
            """#
        }
        let references = sendable.map { type, _ in ##"{"$ref": "#/components/schemas/\##(name(type))"}"## }
        let mapping = sendable.map { type, _ in ##""\##(type)": "#/components/schemas/\##(name(type))""## }
        return #"""
            {
              "NewMessage": {
                "description": "The object named by `type` holds what the message says. A channel may have limits beyond these; all that is wrong is told at once.",
                "oneOf": [\#(references.joined(separator: ", "))],
                "discriminator": {"propertyName": "type", "mapping": {\#(mapping.joined(separator: ", "))}}
              },
              \#(variants.joined(separator: ",\n"))
            }
            """#
    }()
}
