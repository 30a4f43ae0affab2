extension OpenAPIDocument {
    static let requestSchemas = #"""
        {
          "NewMessage": {
            "description": "The object named by `type` holds what the message says.",
            "oneOf": [{"$ref": "#/components/schemas/NewText"}, {"$ref": "#/components/schemas/NewTemplate"}],
            "discriminator": {
              "propertyName": "type",
              "mapping": {"text": "#/components/schemas/NewText", "template": "#/components/schemas/NewTemplate"}
            }
          },
          "NewText": {
            "type": "object", "additionalProperties": false, "required": ["channel", "to", "type", "text"],
            "properties": {
              "channel": {"$ref": "#/components/schemas/ChannelName"},
              "to": {"$ref": "#/components/schemas/Recipient"},
              "type": {"const": "text"},
              "text": {
                "type": "object", "additionalProperties": false, "required": ["body"],
                "properties": {
                  "body": {"type": "string", "minLength": 1, "maxLength": 4096},
                  "preview_url": {
                    "type": "boolean", "default": false,
                    "description": "Whether the receiving app may show a preview of the first link."
                  }
                }
              }
            }
          },
          "NewTemplate": {
            "type": "object", "additionalProperties": false, "required": ["channel", "to", "type", "template"],
            "properties": {
              "channel": {"$ref": "#/components/schemas/ChannelName"},
              "to": {"$ref": "#/components/schemas/Recipient"},
              "type": {"const": "template"},
              "template": {
                "type": "object", "additionalProperties": false, "required": ["name", "language"],
                "description": "A message that the provider approved beforehand.",
                "properties": {
                  "name": {"type": "string", "minLength": 1, "maxLength": 512},
                  "language": {"type": "string", "minLength": 2, "maxLength": 15, "examples": ["en_US"]},
                  "components": {
                    "type": "array", "maxItems": 32, "items": {"type": "object"},
                    "description": "The values for the placeholders, in the provider's form."
                  }
                }
              }
            }
          },
          "ChannelName": {
            "type": "string", "minLength": 1, "maxLength": 40, "examples": ["support"],
            "description": "The name of one of the tenant's channels in tenants.yaml."
          },
          "Recipient": {
            "type": "string", "pattern": "^(\\+[1-9][0-9]{6,14}|ctc_[0-9a-hjkmnp-tv-z]{26})$",
            "description": "A phone number as E.164 with its plus, or a contact's id.",
            "examples": ["+16505551234"]
          },
          "Resolution": {
            "type": "object", "additionalProperties": false, "required": ["as"],
            "properties": {"as": {"enum": ["resend", "fail"]}}
          },
          "QueuedMessage": {
            "type": "object", "required": ["id", "status"],
            "properties": {"id": {"$ref": "#/components/schemas/MessageId"}, "status": {"const": "queued"}}
          },
          "QueuedDelivery": {
            "type": "object", "required": ["id", "status"],
            "properties": {"id": {"$ref": "#/components/schemas/DeadLetterId"}, "status": {"const": "queued"}}
          },
          "Problem": {
            "type": "object", "required": ["type", "title", "status", "code", "detail", "request_id"],
            "description": "RFC 9457.",
            "properties": {
              "type": {"const": "about:blank"},
              "title": {"type": "string"},
              "status": {"type": "integer", "minimum": 400, "maximum": 599},
              "code": {"type": "string", "description": "Stable, for programs."},
              "detail": {"type": "string", "description": "For people. Never what was sent."},
              "request_id": {"type": "string", "description": "The same as in the header Request-Id."}
            }
          },
          "InvalidRequestProblem": {
            "allOf": [{"$ref": "#/components/schemas/Problem"}],
            "type": "object", "required": ["errors"],
            "properties": {
              "code": {"const": "invalid_request"},
              "errors": {
                "type": "array", "minItems": 1,
                "items": {
                  "type": "object", "required": ["pointer", "code", "detail"],
                  "properties": {
                    "pointer": {
                      "type": "string",
                      "description": "A JSON Pointer (RFC 6901) into the body; `?name` for a query parameter; empty for the whole."
                    },
                    "code": {
                      "enum": [
                        "missing", "wrong_type", "wrong_length", "wrong_value", "unknown_channel", "unknown_contact",
                        "unknown_type", "unknown_member", "unknown_parameter", "not_e164"
                      ]
                    },
                    "detail": {"type": "string"}
                  }
                }
              }
            }
          }
        }
        """#
}
