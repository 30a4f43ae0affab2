extension OpenAPIDocument {
    static let eventSchemas = #"""
        {
          "EventList": {
            "type": "object", "required": ["data", "next"],
            "properties": {
              "data": {"type": "array", "items": {"$ref": "#/components/schemas/Event"}},
              "next": {"$ref": "#/components/schemas/Next"}
            }
          },
          "Event": {
            "oneOf": [
              {"$ref": "#/components/schemas/MessageReceivedEvent"},
              {"$ref": "#/components/schemas/MessageEchoedEvent"},
              {"$ref": "#/components/schemas/MessageStatusEvent"},
              {"$ref": "#/components/schemas/MessageFailedEvent"},
              {"$ref": "#/components/schemas/ContactUpdatedEvent"},
              {"$ref": "#/components/schemas/ChannelAlertEvent"},
              {"$ref": "#/components/schemas/SystemAlertEvent"},
              {"$ref": "#/components/schemas/TemplateUpdatedEvent"},
              {"$ref": "#/components/schemas/MediaUpdatedEvent"},
              {"$ref": "#/components/schemas/OrderUpdatedEvent"}
            ],
            "discriminator": {
              "propertyName": "type",
              "mapping": {
                "message.received": "#/components/schemas/MessageReceivedEvent",
                "message.echoed": "#/components/schemas/MessageEchoedEvent",
                "message.status": "#/components/schemas/MessageStatusEvent",
                "message.failed": "#/components/schemas/MessageFailedEvent",
                "contact.updated": "#/components/schemas/ContactUpdatedEvent",
                "channel.alert": "#/components/schemas/ChannelAlertEvent",
                "system.alert": "#/components/schemas/SystemAlertEvent",
                "template.updated": "#/components/schemas/TemplateUpdatedEvent",
                "media.updated": "#/components/schemas/MediaUpdatedEvent",
                "order.updated": "#/components/schemas/OrderUpdatedEvent"
              }
            }
          },
          "EventHead": {
            "type": "object", "required": ["id", "sequence", "type", "tenant", "occurred_at", "data"],
            "properties": {
              "id": {"$ref": "#/components/schemas/EventId"},
              "sequence": {"type": "integer", "format": "int64", "minimum": 1, "description": "Counts up by one in each tenant."},
              "type": {"type": "string"},
              "tenant": {"type": "string", "examples": ["acme"]},
              "occurred_at": {"$ref": "#/components/schemas/Timestamp"},
              "data": {"description": "Null when the person it was about has been erased."}
            }
          },
          "MessageReceivedEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "A person wrote.",
            "properties": {
              "type": {"const": "message.received"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/MessageReceivedData"}, {"type": "null"}]}
            }
          },
          "MessageEchoedEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "The business wrote, with the provider's own app and not by the hub.",
            "properties": {
              "type": {"const": "message.echoed"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/MessageReceivedData"}, {"type": "null"}]}
            }
          },
          "MessageStatusEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "A message that we sent moved forward, in whichever way.",
            "properties": {
              "type": {"const": "message.status"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/MessageStatusData"}, {"type": "null"}]}
            }
          },
          "MessageFailedEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "A message did not arrive. Comes besides the status, with the same data.",
            "properties": {
              "type": {"const": "message.failed"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/MessageFailedData"}, {"type": "null"}]}
            }
          },
          "ContactUpdatedEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "A contact has a new name or identity, or allows or forbids something.",
            "properties": {
              "type": {"const": "contact.updated"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/ContactUpdatedData"}, {"type": "null"}]}
            }
          },
          "ChannelAlertEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "A channel cannot work, or the provider says something about its account.",
            "properties": {
              "type": {"const": "channel.alert"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/ChannelAlertData"}, {"type": "null"}]}
            }
          },
          "SystemAlertEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "A business system was switched off.",
            "properties": {
              "type": {"const": "system.alert"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/SystemAlertData"}, {"type": "null"}]}
            }
          },
          "TemplateUpdatedEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "The provider reviewed a template, or changed its mind about one.",
            "properties": {
              "type": {"const": "template.updated"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/TemplateUpdatedData"}, {"type": "null"}]}
            }
          },
          "MediaUpdatedEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "Media of a message are fetched, or could not be.",
            "properties": {
              "type": {"const": "media.updated"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/MediaUpdatedData"}, {"type": "null"}]}
            }
          },
          "OrderUpdatedEvent": {
            "allOf": [{"$ref": "#/components/schemas/EventHead"}],
            "type": "object", "description": "A business system tells of an order of a contact.",
            "properties": {
              "type": {"const": "order.updated"},
              "data": {"anyOf": [{"$ref": "#/components/schemas/OrderUpdatedData"}, {"type": "null"}]}
            }
          },
          "MessageReceivedData": {
            "type": "object", "required": ["channel", "conversation_id", "contact", "message"],
            "properties": {
              "channel": {"type": "string"},
              "conversation_id": {"$ref": "#/components/schemas/ConversationId"},
              "contact": {"$ref": "#/components/schemas/ContactSummary"},
              "message": {"$ref": "#/components/schemas/Message"}
            }
          },
          "MessageStatusData": {
            "type": "object",
            "required": [
              "message_id", "channel", "conversation_id", "contact_id", "status", "provider_status", "occurred_at", "error"
            ],
            "properties": {
              "message_id": {"$ref": "#/components/schemas/MessageId"},
              "channel": {"type": "string"},
              "conversation_id": {"$ref": "#/components/schemas/ConversationId"},
              "contact_id": {"$ref": "#/components/schemas/ContactId"},
              "status": {"$ref": "#/components/schemas/MessageStatus"},
              "provider_status": {
                "type": ["string", "null"], "description": "The provider's word; null when the hub knows it by itself."
              },
              "occurred_at": {"$ref": "#/components/schemas/Timestamp"},
              "error": {"anyOf": [{"$ref": "#/components/schemas/Failure"}, {"type": "null"}]},
              "pricing": {"$ref": "#/components/schemas/Pricing"}
            }
          },
          "MessageFailedData": {
            "allOf": [{"$ref": "#/components/schemas/MessageStatusData"}],
            "type": "object", "properties": {"status": {"const": "failed"}}
          },
          "ContactUpdatedData": {
            "type": "object", "required": ["contact"],
            "properties": {"contact": {"$ref": "#/components/schemas/Contact"}}
          },
          "ChannelAlertData": {
            "type": "object", "required": ["channel", "code", "title", "severity"],
            "properties": {
              "channel": {"type": "string"}, "code": {"type": "string"}, "title": {"type": "string"},
              "severity": {"$ref": "#/components/schemas/Severity"},
              "effect": {
                "enum": ["none", "clears", "pauses", "resumes"],
                "description": "`none` stays in the channel's list, `clears` ends earlier alerts of the code, `pauses` stops sending until somebody resumes the channel, `resumes` ends that."
              },
              "notice": {"description": "The provider's own object, when it is the provider that says something."}
            }
          },
          "SystemAlertData": {
            "type": "object", "required": ["system", "code", "title"],
            "properties": {"system": {"type": "string"}, "code": {"type": "string"}, "title": {"type": "string"}}
          },
          "TemplateUpdatedData": {
            "type": "object", "required": ["channel", "name", "language", "notice"],
            "description": "What is left out is not what changed.",
            "properties": {
              "channel": {"type": "string"}, "name": {"type": "string"}, "language": {"type": "string"},
              "provider_id": {"type": "string"}, "status": {"$ref": "#/components/schemas/TemplateStatus"},
              "reason": {"type": "string"}, "category": {"type": "string"}, "quality": {"type": "string"},
              "notice": {"description": "The provider's own object."}
            }
          },
          "MediaUpdatedData": {
            "type": "object", "required": ["channel", "conversation_id", "contact_id", "message_id", "media"],
            "properties": {
              "channel": {"type": ["string", "null"]},
              "conversation_id": {"anyOf": [{"$ref": "#/components/schemas/ConversationId"}, {"type": "null"}]},
              "contact_id": {"anyOf": [{"$ref": "#/components/schemas/ContactId"}, {"type": "null"}]},
              "message_id": {"anyOf": [{"$ref": "#/components/schemas/MessageId"}, {"type": "null"}]},
              "media": {"$ref": "#/components/schemas/Media"}
            }
          },
          "OrderUpdatedData": {
            "type": "object", "required": ["system", "channel", "conversation_id", "contact_id", "order"],
            "properties": {
              "system": {"type": "string"},
              "channel": {"type": ["string", "null"], "description": "Null when the contact has no conversation."},
              "conversation_id": {
                "anyOf": [{"$ref": "#/components/schemas/ConversationId"}, {"type": "null"}],
                "description": "The one that the contact wrote in last."
              },
              "contact_id": {"$ref": "#/components/schemas/ContactId"},
              "order": {"description": "As the system's adapter describes it."}
            }
          }
        }
        """#
}
