extension OpenAPIDocument {
    static let securitySchemes = #"""
        {
          "bearer": {
            "type": "http", "scheme": "bearer",
            "description": "An API key of tenants.yaml as `Authorization: Bearer KEY`, never in the address. A key has scopes: `messages.send`, `messages.read`, `contacts.read`, `events.read`, `deliveries.manage`, `channels.read`, `channels.manage`; each operation says which one it needs."
          },
          "sessionToken": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "A session token that a business system gave a page of the hub's app, such as App Bridge's."
          }
        }
        """#

    static let parameters = #"""
        {
          "MessageId": {
            "name": "id", "in": "path", "required": true,
            "description": "A message's id. Anything else is answered with 404.",
            "schema": {"type": "string"}, "example": "msg_0dq5vkm8w00000h2k9c4n7pyxz"
          },
          "ConversationId": {
            "name": "id", "in": "path", "required": true,
            "description": "A conversation's id. Anything else is answered with 404.",
            "schema": {"type": "string"}, "example": "cnv_0dq5vkm8w00000h2k9c4n7pyxz"
          },
          "ContactId": {
            "name": "id", "in": "path", "required": true,
            "description": "A contact's id. Anything else is answered with 404.",
            "schema": {"type": "string"}, "example": "ctc_0dq5vkm8w00000h2k9c4n7pyxz"
          },
          "MediaId": {
            "name": "id", "in": "path", "required": true,
            "description": "A file's id. Anything else is answered with 404.",
            "schema": {"type": "string"}, "example": "med_0dq5vkm8w00000h2k9c4n7pyxz"
          },
          "TemplateId": {
            "name": "id", "in": "path", "required": true,
            "description": "A template's id. Anything else is answered with 404.",
            "schema": {"type": "string"}, "example": "tpl_0dq5vkm8w00000h2k9c4n7pyxz"
          },
          "ChannelName": {
            "name": "name", "in": "path", "required": true,
            "description": "A channel of tenants.yaml. Anything else is answered with 404.",
            "schema": {"type": "string"}, "example": "support"
          },
          "Operation": {
            "name": "operation", "in": "path", "required": true,
            "description": "The name of one of the channel's operations. Anything else is answered with 404.",
            "schema": {"type": "string"}, "example": "health"
          },
          "MediaKind": {
            "name": "kind", "in": "query", "required": true,
            "description": "As what it is to be sent. A sticker is a WebP picture; a document may be of any type.",
            "schema": {"enum": ["image", "video", "audio", "document", "sticker"]}, "example": "image"
          },
          "Filename": {
            "name": "filename", "in": "query", "required": false,
            "description": "What the person gets to see of a document. Without slashes and control characters.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255}, "example": "invoice.pdf"
          },
          "ContentDisposition": {
            "name": "Content-Disposition", "in": "header", "required": false,
            "description": "Another place for the file name (RFC 6266); the parameter comes before it.",
            "schema": {"type": "string"}, "example": "attachment; filename*=UTF-8''invoice.pdf"
          },
          "Range": {
            "name": "Range", "in": "header", "required": false,
            "description": "One range of bytes (RFC 9110, 14). Another form is ignored.",
            "schema": {"type": "string"}, "example": "bytes=0-1023"
          },
          "IfRange": {
            "name": "If-Range", "in": "header", "required": false,
            "description": "The `ETag` of an earlier answer: another one gets the whole file.",
            "schema": {"type": "string"}
          },
          "DeadLetterId": {
            "name": "id", "in": "path", "required": true,
            "description": "A dead letter's id. Anything else is answered with 404.",
            "schema": {"type": "string"}, "example": "dlv_0dq5vkm8w00000h2k9c4n7pyxz"
          },
          "IdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "Your name for this request, such as a UUID. It is remembered for ever: a repeat with the same bytes gets the same answer, one with other bytes 409.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255}, "example": "5f6c6f0e-7d55-4f0c-9d0b-1f0f5b2c8a11"
          },
          "After": {
            "name": "after", "in": "query", "required": false,
            "description": "The `next` of the page before. Left out: the first page.",
            "schema": {"type": "string"}
          },
          "Limit": {
            "name": "limit", "in": "query", "required": false,
            "description": "How many, at most.",
            "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
          },
          "AfterSequence": {
            "name": "after", "in": "query", "required": false,
            "description": "A sequence number: what follows it is shown.",
            "schema": {"type": "integer", "format": "int64", "minimum": 0, "maximum": 9223372036854775807}, "example": 0
          },
          "EventLimit": {
            "name": "limit", "in": "query", "required": false,
            "description": "How many, at most.",
            "schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 50}
          },
          "LastEventId": {
            "name": "Last-Event-ID", "in": "header", "required": false,
            "description": "The sequence number of the last event that was seen; browsers send it by themselves when they connect again. Comes before `after`.",
            "schema": {"type": "integer", "format": "int64", "minimum": 0, "maximum": 9223372036854775807}, "example": 7
          }
        }
        """#

    static let headers = #"""
        {
          "RequestId": {
            "description": "Finds this request in the hub's log.",
            "required": true,
            "schema": {"type": "string", "minLength": 1}
          },
          "RetryAfter": {
            "description": "Seconds after which to come back.",
            "required": true,
            "schema": {"type": "integer", "minimum": 1}
          },
          "Location": {
            "description": "Where it is.",
            "required": true,
            "schema": {"type": "string"}
          },
          "ContentDisposition": {
            "description": "`inline` or `attachment`, and the file's name (RFC 6266, RFC 8187).",
            "required": true,
            "schema": {"type": "string"}
          },
          "ContentRange": {
            "description": "The part, and the size of the whole.",
            "required": true,
            "schema": {"type": "string"}
          },
          "AcceptRanges": {
            "description": "`bytes`.",
            "required": true,
            "schema": {"const": "bytes"}
          },
          "ETag": {
            "description": "Names the bytes, for If-Range.",
            "required": true,
            "schema": {"type": "string"}
          },
          "WWWAuthenticate": {
            "description": "How to prove who calls.",
            "required": true,
            "schema": {"type": "string"}
          }
        }
        """#

    static let requestBodies = #"""
        {
          "Webhook": {
            "required": true,
            "description": "The provider's own JSON, up to 4 MiB, with its signature in the header that it uses.",
            "content": {"application/json": {
              "schema": {"type": "object"},
              "example": {"object": "whatsapp_business_account", "entry": []}
            }}
          },
          "Block": {
            "required": true,
            "description": "Up to 4 KiB.",
            "content": {"application/json": {
              "schema": {"$ref": "#/components/schemas/BlockRequest"}, "example": {"channel": "support"}
            }}
          },
          "Template": {
            "required": true,
            "description": "The template, or what changes, in the provider's form; up to 256 KiB.",
            "content": {"application/json": {
              "schema": {"type": "object"},
              "example": {
                "name": "order_shipped", "language": "en_US", "category": "UTILITY",
                "components": [{"type": "BODY", "text": "Your order is on its way."}]
              }
            }}
          }
        }
        """#
}
