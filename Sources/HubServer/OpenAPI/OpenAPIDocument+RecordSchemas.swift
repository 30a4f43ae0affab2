extension OpenAPIDocument {
    static let recordSchemas = #"""
        {
          "MessageId": {"type": "string", "pattern": "^msg_[0-9a-hjkmnp-tv-z]{26}$"},
          "ConversationId": {"type": "string", "pattern": "^cnv_[0-9a-hjkmnp-tv-z]{26}$"},
          "ContactId": {"type": "string", "pattern": "^ctc_[0-9a-hjkmnp-tv-z]{26}$"},
          "EventId": {"type": "string", "pattern": "^evt_[0-9a-hjkmnp-tv-z]{26}$"},
          "MediaId": {"type": "string", "pattern": "^med_[0-9a-hjkmnp-tv-z]{26}$"},
          "TemplateId": {"type": "string", "pattern": "^tpl_[0-9a-hjkmnp-tv-z]{26}$"},
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
                "description": "Most types have an object of that name. A type that the hub does not know is the provider's word, with its object under `raw`.",
                "examples": ["text", "image", "interactive", "request_welcome", "unsupported"]
              },
              "status": {"$ref": "#/components/schemas/MessageStatus"},
              "text": {"$ref": "#/components/schemas/TextContent"},
              "image": {"$ref": "#/components/schemas/MediaContent"},
              "video": {"$ref": "#/components/schemas/MediaContent"},
              "audio": {"$ref": "#/components/schemas/MediaContent"},
              "document": {"$ref": "#/components/schemas/MediaContent"},
              "sticker": {"$ref": "#/components/schemas/MediaContent"},
              "location": {"$ref": "#/components/schemas/Location"},
              "contacts": {"$ref": "#/components/schemas/ContactCards"},
              "reaction": {"$ref": "#/components/schemas/Reaction"},
              "template": {"$ref": "#/components/schemas/TemplateContent"},
              "interactive": {
                "description": "Outbound what can be chosen, inbound what was.",
                "anyOf": [{"$ref": "#/components/schemas/InteractiveReply"}, {"$ref": "#/components/schemas/Interactive"}]
              },
              "button": {"$ref": "#/components/schemas/ButtonReply"},
              "order": {"$ref": "#/components/schemas/Order"},
              "system": {"$ref": "#/components/schemas/SystemNotice"},
              "call": {"$ref": "#/components/schemas/Call"},
              "edit": {"$ref": "#/components/schemas/Edit"},
              "revoke": {"$ref": "#/components/schemas/Revocation"},
              "unsupported": {"$ref": "#/components/schemas/Unsupported"},
              "raw": {"description": "The provider's message object, for types without one of ours."},
              "context": {"$ref": "#/components/schemas/MessageContext"},
              "group_id": {
                "type": "string", "description": "The provider's id of the group that it was written in; else absent."
              },
              "referral": {"$ref": "#/components/schemas/Referral"},
              "problems": {
                "type": "array", "items": {"$ref": "#/components/schemas/Failure"},
                "description": "What went wrong with it at the provider, such as media that were too large."
              },
              "error": {"anyOf": [{"$ref": "#/components/schemas/Failure"}, {"type": "null"}]},
              "provider_id": {"type": ["string", "null"], "description": "Null until the provider took it."},
              "created_at": {"$ref": "#/components/schemas/Timestamp"},
              "sent_at": {
                "anyOf": [{"$ref": "#/components/schemas/Timestamp"}, {"type": "null"}],
                "description": "When the person sent it, as the provider says; null for outbound messages."
              },
              "provider_state": {
                "type": "string", "description": "The provider's word for a message that it took and holds back.",
                "examples": ["held_for_quality_assessment"]
              },
              "pricing": {"$ref": "#/components/schemas/Pricing"},
              "edited_at": {"$ref": "#/components/schemas/Timestamp"},
              "revoked_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "Conversation": {
            "type": "object",
            "required": [
              "id", "contact_id", "channel", "state", "window_closes_at", "free_entry_closes_at", "last_message_at",
              "created_at"
            ],
            "properties": {
              "id": {"$ref": "#/components/schemas/ConversationId"},
              "contact_id": {"$ref": "#/components/schemas/ContactId"},
              "channel": {"type": "string"},
              "state": {"enum": ["open", "pending", "snoozed", "resolved"]},
              "window_closes_at": {
                "anyOf": [{"$ref": "#/components/schemas/Timestamp"}, {"type": "null"}],
                "description": "Until then the person can be answered freely, after it only by template. Null when they never wrote, or the channel has no such rule."
              },
              "free_entry_closes_at": {
                "anyOf": [{"$ref": "#/components/schemas/Timestamp"}, {"type": "null"}],
                "description": "Until then all messages are free of charge, because an advertisement led the person here."
              },
              "last_message_at": {"$ref": "#/components/schemas/Timestamp"},
              "created_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "ContactSummary": {
            "type": "object", "required": ["id", "name", "identities"],
            "properties": {
              "id": {"$ref": "#/components/schemas/ContactId"},
              "name": {"type": ["string", "null"], "description": "What the person calls themselves."},
              "username": {"type": "string", "description": "The person's own handle on a channel."},
              "identities": {"type": "array", "items": {"$ref": "#/components/schemas/Identity"}}
            }
          },
          "Identity": {
            "type": "object", "required": ["kind", "value"],
            "properties": {
              "kind": {"enum": ["phone", "whatsapp_user_id", "whatsapp_parent_user_id", "whatsapp_group"]},
              "value": {"type": "string"}
            }
          },
          "Contact": {
            "allOf": [{"$ref": "#/components/schemas/ContactSummary"}],
            "type": "object", "required": ["created_at", "updated_at"],
            "properties": {
              "consents": {
                "type": "array", "description": "What the person allowed or forbade.",
                "items": {
                  "type": "object", "required": ["channel", "purpose", "granted", "changed_at"],
                  "properties": {
                    "channel": {"type": "string"}, "purpose": {"enum": ["marketing"]}, "granted": {"type": "boolean"},
                    "changed_at": {"$ref": "#/components/schemas/Timestamp"}
                  }
                }
              },
              "records": {
                "type": "array",
                "description": "What business systems know of the person, the newest last; with one contact, not in a list.",
                "items": {"$ref": "#/components/schemas/ContactRecord"}
              },
              "created_at": {"$ref": "#/components/schemas/Timestamp"},
              "updated_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "ContactRecord": {
            "type": "object", "required": ["system", "id", "type", "data", "updated_at"],
            "properties": {
              "system": {"type": "string", "description": "The name of the business system in tenants.yaml."},
              "id": {"type": "string", "description": "The system's own id."},
              "type": {"type": "string", "description": "Such as `customer` or `order`."},
              "data": {"description": "What the system's adapter says of it; see its README."},
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
