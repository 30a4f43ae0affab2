extension OpenAPIDocument {
    static let problemSchemas = #"""
        {
          "Problem": {
            "type": "object", "required": ["type", "title", "status", "code", "detail", "request_id"],
            "description": "RFC 9457.",
            "properties": {
              "type": {"const": "about:blank"},
              "title": {"type": "string"},
              "status": {"type": "integer", "minimum": 400, "maximum": 599},
              "code": {"type": "string", "description": "Stable, for programs."},
              "detail": {"type": "string", "description": "For people. Never what was sent."},
              "request_id": {"type": "string", "description": "The same as in the header Request-Id."},
              "provider": {
                "$ref": "#/components/schemas/Failure",
                "description": "What the provider said, where it was asked and did not do it."
              }
            }
          },
          "MediaProblem": {
            "allOf": [{"$ref": "#/components/schemas/Problem"}],
            "type": "object",
            "properties": {
              "reason": {
                "anyOf": [{"$ref": "#/components/schemas/Failure"}, {"type": "null"}],
                "description": "With `media_failed`: why they could not be fetched."
              }
            }
          },
          "WindowClosedProblem": {
            "allOf": [{"$ref": "#/components/schemas/Problem"}],
            "type": "object", "required": ["window_closed_at", "templates"],
            "description": "The person has not written lately: only a template can be sent.",
            "properties": {
              "code": {"const": "window_closed"},
              "window_closed_at": {
                "anyOf": [{"$ref": "#/components/schemas/Timestamp"}, {"type": "null"}],
                "description": "Null when the person never wrote."
              },
              "templates": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["name", "language"],
                  "properties": {"name": {"type": "string"}, "language": {"type": "string"}}
                },
                "description": "Approved templates of the channel; up to 20.",
                "examples": [[{"name": "order_shipped", "language": "en_US"}]]
              }
            }
          },
          "MarketingStoppedProblem": {
            "allOf": [{"$ref": "#/components/schemas/Problem"}],
            "type": "object", "required": ["stopped_at"],
            "description": "The person stopped messages that advertise, and the template is one.",
            "properties": {
              "code": {"const": "marketing_stopped"}, "stopped_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "InvalidRequestProblem": {
            "allOf": [{"$ref": "#/components/schemas/Problem"}],
            "type": "object", "required": ["errors"],
            "properties": {
              "code": {"const": "invalid_request"},
              "errors": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/RequestError"}}
            }
          },
          "RequestError": {
            "type": "object", "required": ["pointer", "code", "detail"],
            "properties": {
              "pointer": {
                "type": "string",
                "description": "A JSON Pointer (RFC 6901) into the body; `?name` for a query parameter; empty for the whole."
              },
              "code": {
                "type": "string", "description": "Stable, for programs. A channel may have more than these.",
                "examples": [
                  "missing", "wrong_type", "wrong_length", "wrong_count", "wrong_value", "out_of_range", "duplicate",
                  "not_allowed", "id_or_link", "unknown_member", "unknown_parameter", "unknown_type", "unknown_channel",
                  "unknown_contact", "unknown_message", "not_sent_yet", "unknown_media", "media_not_stored",
                  "wrong_media_type", "media_too_large", "unknown_template", "unknown_language", "template_pending",
                  "template_rejected", "template_paused", "template_disabled", "not_e164"
                ]
              },
              "detail": {"type": "string"}
            }
          }
        }
        """#
}
