extension OpenAPIDocument {
    /// What both sides write.
    static let contentSchemas = #"""
        {
          "TextContent": {
            "type": "object", "required": ["body"],
            "properties": {
              "body": {"type": "string"},
              "preview_url": {
                "type": "boolean", "default": false,
                "description": "Whether the receiving app may show a preview of the first link."
              }
            }
          },
          "MediaContent": {
            "type": "object",
            "description": "Outbound: either `id`, of media that were uploaded, or `link`, which the provider fetches itself.",
            "properties": {
              "id": {"$ref": "#/components/schemas/MediaId"},
              "link": {"type": "string", "maxLength": 2048, "examples": ["https://acme.example/catalogue.pdf"]},
              "mime_type": {"type": "string", "description": "As the sender's side says.", "examples": ["audio/ogg; codecs=opus"]},
              "caption": {"type": "string"},
              "filename": {"type": "string", "description": "Of a document. Somebody else's text, never a path."},
              "voice": {"type": "boolean", "default": false, "description": "A sound that was recorded in the chat."},
              "animated": {"type": "boolean", "default": false, "description": "A sticker that moves."}
            }
          },
          "Location": {
            "type": "object", "required": ["latitude", "longitude"],
            "properties": {
              "latitude": {"type": "number", "minimum": -90, "maximum": 90},
              "longitude": {"type": "number", "minimum": -180, "maximum": 180},
              "name": {"type": "string"}, "address": {"type": "string"},
              "url": {"type": "string", "description": "Of a place that has a page; inbound only."}
            }
          },
          "ContactCards": {
            "type": "array", "items": {"$ref": "#/components/schemas/ContactCard"},
            "description": "People, as one person gives them to another."
          },
          "ContactCard": {
            "type": "object",
            "properties": {
              "name": {
                "type": "object", "required": ["formatted_name"],
                "properties": {
                  "formatted_name": {"type": "string"}, "first_name": {"type": "string"}, "last_name": {"type": "string"},
                  "middle_name": {"type": "string"}, "prefix": {"type": "string"}, "suffix": {"type": "string"}
                }
              },
              "phones": {
                "type": "array",
                "items": {
                  "type": "object",
                  "properties": {
                    "phone": {"type": "string"}, "type": {"type": "string", "examples": ["WORK"]},
                    "wa_id": {"type": "string", "description": "WhatsApp's own id of the person."}
                  }
                }
              },
              "emails": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["email"],
                  "properties": {"email": {"type": "string"}, "type": {"type": "string"}}
                }
              },
              "urls": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "type": {"type": "string"}}
                }
              },
              "addresses": {
                "type": "array",
                "items": {
                  "type": "object",
                  "properties": {
                    "street": {"type": "string"}, "city": {"type": "string"}, "state": {"type": "string"},
                    "zip": {"type": "string"}, "country": {"type": "string"}, "country_code": {"type": "string"},
                    "type": {"type": "string"}
                  }
                }
              },
              "org": {
                "type": "object",
                "properties": {
                  "company": {"type": "string"}, "department": {"type": "string"}, "title": {"type": "string"}
                }
              },
              "birthday": {"type": "string", "examples": ["1815-12-10"]},
              "origin": {"type": "string", "description": "`contact_request` when it answers a request for it. Inbound only."},
              "vcard": {"type": "string", "description": "The card in vCard's own form, where the provider gives it."}
            }
          },
          "Reaction": {
            "type": "object",
            "properties": {
              "message_id": {
                "type": ["string", "null"], "description": "The message that is reacted to; null for one that the hub does not know."
              },
              "provider_message_id": {"type": "string", "description": "The provider's id of it."},
              "emoji": {"type": ["string", "null"], "description": "Null, or left out, takes the reaction back."}
            }
          },
          "TemplateContent": {
            "type": "object", "required": ["name", "language"],
            "description": "A message that the provider approved beforehand.",
            "properties": {
              "name": {"type": "string", "minLength": 1, "maxLength": 512},
              "language": {"type": "string", "minLength": 2, "maxLength": 15, "examples": ["en_US"]},
              "components": {
                "type": "array", "maxItems": 32, "items": {"type": "object"},
                "description": "The values for the placeholders, in the provider's form. Media in it have the hub's ids."
              }
            }
          }
        }
        """#
}
