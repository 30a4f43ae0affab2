extension OpenAPIDocument {
    static let securitySchemes = #"""
        {
          "bearer": {
            "type": "http", "scheme": "bearer",
            "description": "An API key of tenants.yaml as `Authorization: Bearer KEY`, never in the address. A key has scopes: `messages.send`, `messages.read`, `contacts.read`, `events.read`, `deliveries.manage`; each operation says which one it needs."
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
          "WWWAuthenticate": {
            "description": "How to prove who calls.",
            "required": true,
            "schema": {"type": "string"}
          }
        }
        """#
}
