extension OpenAPIDocument {
    /// What only comes in, and what stands around a message.
    static let inboundSchemas = #"""
        {
          "InteractiveReply": {
            "type": "object", "required": ["type"], "description": "What a person chose or filled in.",
            "properties": {
              "type": {"enum": ["button_reply", "list_reply", "nfm_reply", "call_permission_reply"]},
              "button_reply": {"$ref": "#/components/schemas/Choice"},
              "list_reply": {"$ref": "#/components/schemas/Choice"},
              "nfm_reply": {
                "type": "object", "description": "The answer to a flow or an address message.",
                "properties": {
                  "name": {"type": "string", "examples": ["flow"]}, "body": {"type": "string"},
                  "response": {"description": "What was filled in, as JSON."},
                  "response_json": {"type": "string", "description": "The same, exactly as it came."}
                }
              },
              "call_permission_reply": {
                "type": "object", "required": ["response"],
                "properties": {
                  "response": {"enum": ["accept", "reject"]},
                  "expiration_timestamp": {"type": "integer", "description": "Unix time in seconds."},
                  "response_source": {"type": "string"}
                }
              }
            }
          },
          "ButtonReply": {
            "type": "object", "required": ["text"], "description": "A quick reply of a template that was tapped.",
            "properties": {"payload": {"type": "string"}, "text": {"type": "string"}}
          },
          "Order": {
            "type": "object", "required": ["catalog_id", "product_items"],
            "properties": {
              "catalog_id": {"type": "string"}, "text": {"type": "string"},
              "product_items": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["product_retailer_id", "quantity", "item_price"],
                  "properties": {
                    "product_retailer_id": {"type": "string"},
                    "quantity": {"description": "As the provider spells it."},
                    "item_price": {"description": "Per piece, as the provider spells it."},
                    "currency": {"type": "string", "examples": ["EUR"]}
                  }
                }
              }
            }
          },
          "SystemNotice": {
            "type": "object", "required": ["type"], "description": "What the channel tells of a person, such as a new number.",
            "properties": {
              "type": {"type": "string", "examples": ["user_changed_number"]}, "body": {"type": "string"},
              "identities": {"type": "array", "items": {"$ref": "#/components/schemas/Identity"}}
            }
          },
          "Call": {
            "type": "object", "required": ["event"], "description": "A call, as far as it is told.",
            "properties": {
              "event": {"type": "string", "examples": ["connect", "terminate"]}, "status": {"type": "string"},
              "started_at": {"$ref": "#/components/schemas/Timestamp"},
              "ended_at": {"$ref": "#/components/schemas/Timestamp"},
              "duration_seconds": {"type": "integer", "minimum": 0}
            }
          },
          "Edit": {
            "type": "object", "required": ["original_message_id", "type", "content"],
            "description": "A message that took the place of an earlier one.",
            "properties": {
              "original_message_id": {"type": ["string", "null"]}, "original_provider_message_id": {"type": "string"},
              "type": {"type": "string"}, "content": {"description": "The new content, in its type's form."}
            }
          },
          "Revocation": {
            "type": "object", "required": ["message_id"], "description": "The message that its author took back.",
            "properties": {"message_id": {"type": ["string", "null"]}, "provider_message_id": {"type": "string"}}
          },
          "Unsupported": {
            "type": "object", "description": "What the provider does not hand on, and why.",
            "properties": {
              "original_type": {"type": "string", "examples": ["poll_creation"]},
              "error": {"$ref": "#/components/schemas/Failure"}
            }
          },
          "MessageContext": {
            "type": "object", "description": "What the message answers, and where it comes from.",
            "properties": {
              "message_id": {
                "type": ["string", "null"], "description": "The message that is answered; null for one that the hub does not know."
              },
              "provider_message_id": {"type": "string"},
              "forwarded": {"const": true}, "frequently_forwarded": {"const": true},
              "referred_product": {
                "type": "object", "required": ["catalog_id", "product_retailer_id"],
                "properties": {"catalog_id": {"type": "string"}, "product_retailer_id": {"type": "string"}}
              }
            }
          },
          "Referral": {
            "type": "object", "description": "The advertisement or post that led the person here.",
            "properties": {
              "source_type": {"type": "string", "examples": ["ad"]}, "source_id": {"type": "string"},
              "source_url": {"type": "string"}, "headline": {"type": "string"}, "body": {"type": "string"},
              "media_type": {"type": "string"}, "media_url": {"type": "string"},
              "ctwa_clid": {"type": "string", "description": "The click id that conversions are reported with."},
              "welcome_text": {"type": "string"}
            }
          },
          "Pricing": {
            "type": "object", "required": ["model", "type", "category"], "description": "What the provider charges, in its words.",
            "properties": {
              "model": {"type": ["string", "null"]}, "type": {"type": ["string", "null"]},
              "category": {"type": ["string", "null"]}
            }
          }
        }
        """#
}
