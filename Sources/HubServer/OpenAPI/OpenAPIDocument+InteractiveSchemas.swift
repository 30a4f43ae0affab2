extension OpenAPIDocument {
    static let interactiveSchemas = #"""
        {
          "Interactive": {
            "type": "object", "required": ["type", "action"],
            "description": "A message with something to tap, in the form that WhatsApp made common.",
            "properties": {
              "type": {
                "enum": [
                  "button", "list", "cta_url", "location_request_message", "request_contact_info",
                  "call_permission_request", "voice_call", "address_message", "flow", "product", "product_list",
                  "catalog_message", "carousel", "order_details", "order_status"
                ]
              },
              "header": {
                "type": "object", "required": ["type"],
                "description": "`text`, or a picture, film or document.",
                "properties": {
                  "type": {"enum": ["text", "image", "video", "document"]}, "text": {"type": "string"},
                  "image": {"$ref": "#/components/schemas/MediaContent"},
                  "video": {"$ref": "#/components/schemas/MediaContent"},
                  "document": {"$ref": "#/components/schemas/MediaContent"}
                }
              },
              "body": {"$ref": "#/components/schemas/InteractiveText"},
              "footer": {"$ref": "#/components/schemas/InteractiveText"},
              "action": {
                "description": "What the person can do, by `type`.",
                "anyOf": [
                  {"$ref": "#/components/schemas/ButtonAction"}, {"$ref": "#/components/schemas/ListAction"},
                  {"$ref": "#/components/schemas/ProductAction"}, {"$ref": "#/components/schemas/ProductListAction"},
                  {"$ref": "#/components/schemas/CarouselAction"}, {"$ref": "#/components/schemas/NamedAction"}
                ]
              }
            }
          },
          "InteractiveText": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
          "ButtonAction": {
            "type": "object", "required": ["buttons"], "description": "`button`: up to three answers.",
            "properties": {
              "buttons": {
                "type": "array", "minItems": 1,
                "items": {
                  "type": "object", "required": ["type", "reply"],
                  "properties": {"type": {"const": "reply"}, "reply": {"$ref": "#/components/schemas/Choice"}}
                }
              }
            }
          },
          "ListAction": {
            "type": "object", "required": ["button", "sections"],
            "description": "`list`: a button that opens sections of rows.",
            "properties": {
              "button": {"type": "string"},
              "sections": {
                "type": "array", "minItems": 1,
                "items": {
                  "type": "object", "required": ["rows"],
                  "properties": {
                    "title": {"type": "string"},
                    "rows": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Choice"}}
                  }
                }
              }
            }
          },
          "Choice": {
            "type": "object", "required": ["id", "title"],
            "properties": {
              "id": {"type": "string", "description": "Yours; comes back with the answer."}, "title": {"type": "string"},
              "description": {"type": "string", "description": "Of a row."}
            }
          },
          "ProductAction": {
            "type": "object", "required": ["catalog_id", "product_retailer_id"], "description": "`product`.",
            "properties": {"catalog_id": {"type": "string"}, "product_retailer_id": {"type": "string"}}
          },
          "ProductListAction": {
            "type": "object", "required": ["catalog_id", "sections"], "description": "`product_list`.",
            "properties": {
              "catalog_id": {"type": "string"},
              "sections": {
                "type": "array", "minItems": 1,
                "items": {
                  "type": "object", "required": ["product_items"],
                  "properties": {
                    "title": {"type": "string"},
                    "product_items": {
                      "type": "array", "minItems": 1,
                      "items": {
                        "type": "object", "required": ["product_retailer_id"],
                        "properties": {"product_retailer_id": {"type": "string"}}
                      }
                    }
                  }
                }
              }
            }
          },
          "CarouselAction": {
            "type": "object", "required": ["cards"], "description": "`carousel`: each card is a small interactive message.",
            "properties": {"cards": {"type": "array", "items": {"type": "object"}}}
          },
          "NamedAction": {
            "type": "object", "required": ["name"],
            "description": "The other types: a name, and parameters in the provider's form.",
            "properties": {
              "name": {
                "enum": [
                  "cta_url", "send_location", "request_contact_info", "call_permission_request", "voice_call",
                  "address_message", "flow", "catalog_message", "review_and_pay", "review_order"
                ]
              },
              "parameters": {
                "type": "object", "description": "For `cta_url` {\"display_text\", \"url\"}; none for what only asks."
              }
            }
          }
        }
        """#
}
