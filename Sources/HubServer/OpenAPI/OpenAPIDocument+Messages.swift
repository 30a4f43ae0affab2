extension OpenAPIDocument {
    static let messagePaths = #"""
        {
          "/api/v1/messages": {
            "post": {
              "operationId": "sendMessage", "tags": ["messages"], "security": [{"bearer": []}],
              "summary": "Send a message",
              "description": "Needs the scope `messages.send`. Takes the message into the outbox and returns at once; what becomes of it is told by events. The same `Idempotency-Key` with the same bytes gives the same answer and sends nothing again.",
              "parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}],
              "requestBody": {
                "required": true,
                "description": "Up to 256 KiB.",
                "content": {"application/json": {
                  "schema": {"$ref": "#/components/schemas/NewMessage"},
                  "examples": {
                    "text": {
                      "summary": "A text",
                      "value": {
                        "channel": "support", "to": "+16505551234", "type": "text",
                        "text": {"body": "Your order is on its way."}
                      }
                    },
                    "picture": {
                      "summary": "A picture that was uploaded before, as an answer",
                      "value": {
                        "channel": "support", "to": "+16505551234", "type": "image",
                        "image": {"id": "med_0dq5vkm8w00000h2k9c4n7pyxz", "caption": "This one?"},
                        "reply_to": "msg_0dq5vkm8w00000h2k9c4n7pyxz"
                      }
                    },
                    "buttons": {
                      "summary": "Something to choose",
                      "value": {
                        "channel": "support", "to": "+16505551234", "type": "interactive",
                        "interactive": {
                          "type": "button", "body": {"text": "Shall we send it again?"},
                          "action": {"buttons": [
                            {"type": "reply", "reply": {"id": "again", "title": "Yes"}},
                            {"type": "reply", "reply": {"id": "refund", "title": "No, refund"}}
                          ]}
                        }
                      }
                    },
                    "template": {
                      "summary": "A template, for a person who has not written in the last 24 hours",
                      "value": {
                        "channel": "support", "to": "+16505551234", "type": "template",
                        "template": {
                          "name": "order_shipped", "language": "en_US",
                          "components": [{"type": "body", "parameters": [{"type": "text", "text": "A-1001"}]}]
                        }
                      }
                    }
                  }
                }}
              },
              "responses": {
                "202": {
                  "description": "The message is stored and will be sent.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/QueuedMessage"},
                    "example": {"id": "msg_0dq5vkm8w00000h2k9c4n7pyxz", "status": "queued"}
                  }}
                },
                "400": {"$ref": "#/components/responses/BadRequest"},
                "401": {"$ref": "#/components/responses/Unauthenticated"},
                "403": {"$ref": "#/components/responses/Forbidden"},
                "409": {"$ref": "#/components/responses/Conflict"},
                "413": {"$ref": "#/components/responses/TooLarge"},
                "422": {"$ref": "#/components/responses/NotSendable"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          },
          "/api/v1/messages/{id}": {
            "parameters": [{"$ref": "#/components/parameters/MessageId"}],
            "get": {
              "operationId": "getMessage", "tags": ["messages"], "security": [{"bearer": []}],
              "summary": "Read a message and its status",
              "description": "Needs the scope `messages.read`.",
              "responses": {
                "200": {
                  "description": "The message.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
                },
                "401": {"$ref": "#/components/responses/Unauthenticated"},
                "403": {"$ref": "#/components/responses/Forbidden"},
                "404": {"$ref": "#/components/responses/NotFound"},
                "422": {"$ref": "#/components/responses/Invalid"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          },
          "/api/v1/messages/{id}/resolve": {
            "parameters": [{"$ref": "#/components/parameters/MessageId"}],
            "post": {
              "operationId": "resolveMessage", "tags": ["messages"], "security": [{"bearer": []}],
              "summary": "Decide about an uncertain message",
              "description": "Needs the scope `messages.send`. When the provider's answer to a send is lost, the message is `uncertain` and is never sent again by itself. `resend` sends it again, `fail` gives it up.",
              "requestBody": {
                "required": true,
                "description": "Up to 4 KiB.",
                "content": {"application/json": {
                  "schema": {"$ref": "#/components/schemas/Resolution"}, "example": {"as": "resend"}}}
              },
              "responses": {
                "200": {
                  "description": "The message as it is now.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Message"}}}
                },
                "400": {"$ref": "#/components/responses/BadRequest"},
                "401": {"$ref": "#/components/responses/Unauthenticated"},
                "403": {"$ref": "#/components/responses/Forbidden"},
                "404": {"$ref": "#/components/responses/NotFound"},
                "409": {"$ref": "#/components/responses/Conflict"},
                "413": {"$ref": "#/components/responses/TooLarge"},
                "422": {"$ref": "#/components/responses/Invalid"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          },
          "/api/v1/messages/{id}/read": {
            "parameters": [{"$ref": "#/components/parameters/MessageId"}],
            "post": {
              "operationId": "markMessageRead", "tags": ["messages"], "security": [{"bearer": []}],
              "summary": "Show the person that a message was read",
              "description": "Needs the scope `messages.send`. Only for what a person wrote. On WhatsApp all before it count as read, too.",
              "requestBody": {
                "description": "May be left out. Up to 4 KiB.",
                "content": {"application/json": {
                  "schema": {"$ref": "#/components/schemas/ReadMark"}, "example": {"typing": true}}}
              },
              "responses": {\#(answer(200, "It is marked.", "MarkedMessage")), \#(providerBodyErrors)}
            }
          }
        }
        """#
}
