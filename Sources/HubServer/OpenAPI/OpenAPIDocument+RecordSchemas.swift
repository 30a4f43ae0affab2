extension OpenAPIDocument {
    static let recordSchemas = #"""
        {
          "MessageId": {"type": "string", "pattern": "^msg_[0-9a-hjkmnp-tv-z]{26}$"},
          "ConversationId": {"type": "string", "pattern": "^cnv_[0-9a-hjkmnp-tv-z]{26}$"},
          "ContactId": {"type": "string", "pattern": "^ctc_[0-9a-hjkmnp-tv-z]{26}$"},
          "EventId": {"type": "string", "pattern": "^evt_[0-9a-hjkmnp-tv-z]{26}$"},
          "DeadLetterId": {"type": "string", "pattern": "^dlv_[0-9a-hjkmnp-tv-z]{26}$"},
          "Timestamp": {
            "type": "string", "format": "date-time", "description": "RFC 3339 in UTC with milliseconds.",
            "examples": ["2026-11-23T08:15:30.250Z"]
          },
          "MessageStatus": {
            "enum": [
              "received", "queued", "sending", "uncertain", "accepted", "sent", "failed", "delivered", "read"
            ],
            "description": "Inbound messages are `received` for ever. The others only move forward, in this order; a person may put `uncertain` back to `queued`."
          },
          "Failure": {
            "type": "object", "required": ["code", "title"],
            "properties": {
              "code": {"type": "string", "description": "The provider's number or the hub's word.", "examples": ["131026"]},
              "title": {"type": "string"},
              "detail": {"type": "string", "description": "The provider's own words, where it had some."}
            }
          },
          "Message": {
            "type": "object",
            "required": [
              "id", "channel", "conversation_id", "contact_id", "direction", "type", "status", "error", "provider_id",
              "created_at", "sent_at"
            ],
            "properties": {
              "id": {"$ref": "#/components/schemas/MessageId"},
              "channel": {"type": "string"},
              "conversation_id": {"$ref": "#/components/schemas/ConversationId"},
              "contact_id": {"$ref": "#/components/schemas/ContactId"},
              "direction": {"enum": ["inbound", "outbound"]},
              "type": {
                "type": "string",
                "description": "`text` and `template` have an object of that name; any other is the provider's word, with its object under `raw`."
              },
              "status": {"$ref": "#/components/schemas/MessageStatus"},
              "text": {
                "type": "object", "required": ["body"],
                "properties": {"body": {"type": "string"}, "preview_url": {"const": true}}
              },
              "template": {
                "type": "object", "required": ["name", "language"],
                "properties": {
                  "name": {"type": "string"}, "language": {"type": "string"},
                  "components": {"type": "array", "minItems": 1, "items": {"type": "object"}}
                }
              },
              "raw": {"description": "The provider's message object, for types without one of ours."},
              "error": {"anyOf": [{"$ref": "#/components/schemas/Failure"}, {"type": "null"}]},
              "provider_id": {"type": ["string", "null"], "description": "Null until the provider took it."},
              "created_at": {"$ref": "#/components/schemas/Timestamp"},
              "sent_at": {
                "anyOf": [{"$ref": "#/components/schemas/Timestamp"}, {"type": "null"}],
                "description": "When the person sent it, as the provider says; null for outbound messages."
              }
            }
          },
          "Conversation": {
            "type": "object", "required": ["id", "contact_id", "channel", "state", "last_message_at", "created_at"],
            "properties": {
              "id": {"$ref": "#/components/schemas/ConversationId"},
              "contact_id": {"$ref": "#/components/schemas/ContactId"},
              "channel": {"type": "string"},
              "state": {"enum": ["open", "pending", "snoozed", "resolved"]},
              "last_message_at": {"$ref": "#/components/schemas/Timestamp"},
              "created_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "ContactSummary": {
            "type": "object", "required": ["id", "name", "identities"],
            "properties": {
              "id": {"$ref": "#/components/schemas/ContactId"},
              "name": {"type": ["string", "null"], "description": "What the person calls themselves."},
              "identities": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["kind", "value"],
                  "properties": {"kind": {"enum": ["phone", "whatsapp_user_id"]}, "value": {"type": "string"}}
                }
              }
            }
          },
          "Contact": {
            "allOf": [{"$ref": "#/components/schemas/ContactSummary"}],
            "type": "object", "required": ["created_at", "updated_at"],
            "properties": {
              "created_at": {"$ref": "#/components/schemas/Timestamp"},
              "updated_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "DeadLetter": {
            "type": "object", "required": ["id", "system", "attempts", "error", "dead_at", "event"],
            "properties": {
              "id": {"$ref": "#/components/schemas/DeadLetterId"},
              "system": {"type": "string", "description": "The name of the business system in tenants.yaml."},
              "attempts": {"type": "integer", "minimum": 0},
              "error": {"$ref": "#/components/schemas/Failure"},
              "dead_at": {"$ref": "#/components/schemas/Timestamp"},
              "event": {"$ref": "#/components/schemas/Event"}
            }
          },
          "Next": {
            "type": ["string", "null"],
            "description": "The `after` of the next page; null on the last."
          },
          "MessageList": {
            "type": "object", "required": ["data", "next"],
            "properties": {
              "data": {"type": "array", "items": {"$ref": "#/components/schemas/Message"}},
              "next": {"$ref": "#/components/schemas/Next"}
            }
          },
          "ConversationList": {
            "type": "object", "required": ["data", "next"],
            "properties": {
              "data": {"type": "array", "items": {"$ref": "#/components/schemas/Conversation"}},
              "next": {"$ref": "#/components/schemas/Next"}
            }
          },
          "ContactList": {
            "type": "object", "required": ["data", "next"],
            "properties": {
              "data": {"type": "array", "items": {"$ref": "#/components/schemas/Contact"}},
              "next": {"$ref": "#/components/schemas/Next"}
            }
          },
          "DeadLetterList": {
            "type": "object", "required": ["data", "next"],
            "properties": {
              "data": {"type": "array", "items": {"$ref": "#/components/schemas/DeadLetter"}},
              "next": {"$ref": "#/components/schemas/Next"}
            }
          }
        }
        """#
}
