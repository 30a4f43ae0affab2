extension OpenAPIDocument {
    static let webhookPaths = #"""
        {
          "/webhooks/apps/{app}": {
            "parameters": [
              {"name": "app", "in": "path", "required": true, "description": "An app of tenants.yaml.",
               "schema": {"type": "string"}, "example": "meta-main"}
            ],
            "get": {
              "operationId": "verifyAppWebhook", "tags": ["webhooks"], "security": [],
              "summary": "Prove the address of a shared provider app",
              "description": "Answers the provider's challenge when its verify token is ours. What the query holds is the provider's: for WhatsApp `hub.mode`, `hub.verify_token` and `hub.challenge`.",
              "responses": {
                "200": {"$ref": "#/components/responses/Challenge"},
                "403": {"$ref": "#/components/responses/HandshakeWrong"},
                "404": {"$ref": "#/components/responses/NotFound"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            },
            "post": {
              "operationId": "receiveAppWebhook", "tags": ["webhooks"], "security": [],
              "summary": "Take a webhook of a shared provider app",
              "description": "The signature is checked over the raw body. 200 means that everything in it is on disk; repeats are recognised. Updates for an account that no channel has are kept for the operator.",
              "requestBody": {"$ref": "#/components/requestBodies/Webhook"},
              "responses": {
                "200": {"description": "Everything is stored. The answer has no body."},
                "401": {"$ref": "#/components/responses/SignatureWrong"},
                "404": {"$ref": "#/components/responses/NotFound"},
                "413": {"$ref": "#/components/responses/TooLarge"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          },
          "/webhooks/{tenant}/{channel}": {
            "parameters": [
              {"name": "tenant", "in": "path", "required": true, "description": "A tenant's id.",
               "schema": {"type": "string"}, "example": "acme"},
              {"name": "channel", "in": "path", "required": true,
               "description": "A channel of the tenant with secrets of its own.",
               "schema": {"type": "string"}, "example": "support"}
            ],
            "get": {
              "operationId": "verifyChannelWebhook", "tags": ["webhooks"], "security": [],
              "summary": "Prove the address of a channel",
              "description": "As for a shared app.",
              "responses": {
                "200": {"$ref": "#/components/responses/Challenge"},
                "403": {"$ref": "#/components/responses/HandshakeWrong"},
                "404": {"$ref": "#/components/responses/NotFound"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            },
            "post": {
              "operationId": "receiveChannelWebhook", "tags": ["webhooks"], "security": [],
              "summary": "Take a webhook of a channel",
              "description": "As for a shared app. Everything in it belongs to this channel or is kept for the operator.",
              "requestBody": {"$ref": "#/components/requestBodies/Webhook"},
              "responses": {
                "200": {"description": "Everything is stored. The answer has no body."},
                "401": {"$ref": "#/components/responses/SignatureWrong"},
                "404": {"$ref": "#/components/responses/NotFound"},
                "413": {"$ref": "#/components/responses/TooLarge"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          },
          "/openapi.json": {
            "get": {
              "operationId": "getDescription", "tags": ["description"], "security": [],
              "summary": "This document",
              "responses": {
                "200": {
                  "description": "OpenAPI 3.1. May be kept for an hour.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {"schema": {
                    "type": "object", "required": ["openapi", "info", "paths", "components"]}}}
                }
              }
            }
          }
        }
        """#
}
